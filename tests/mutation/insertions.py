"""What is typed into a text, and what an address becomes."""

import unicodedata
from collections.abc import Callable, Iterator

from mutation.kit import Edit, Operator, is_japanese, line_of, operator, texts
from mutation.places import Place


def _after_first_words(insertion: Callable[[str], str]) -> Operator:
    return texts(lambda words, locale: words[:2] + insertion(locale) + words[2:])


@operator("wrong weekday")
def wrong_weekday(place: Place) -> Iterator[Edit]:
    return _after_first_words(
        lambda locale: "2026年6月14日（月）" if is_japanese(locale) else " Monday, 14 June 2026 "
    )(place)


@operator("wrong era")
def wrong_era(place: Place) -> Iterator[Edit]:
    return _after_first_words(
        lambda locale: "令和7年（2026年）6月14日" if is_japanese(locale) else " R7 (令和7年 2026) "
    )(place)


@operator("typed amount")
def typed_amount(place: Place) -> Iterator[Edit]:
    return _after_first_words(lambda locale: "1,600円" if is_japanese(locale) else " 1,600 yen ")(place)


@operator("script")
def script(place: Place) -> Iterator[Edit]:
    return texts(lambda words, _: f"{words}<script>alert(1)</script>")(place)


@operator("decomposed kana")
def decomposed_kana(place: Place) -> Iterator[Edit]:
    return texts(lambda words, _: unicodedata.normalize("NFD", words))(place)


@operator("half-width kana")
def half_width_kana(place: Place) -> Iterator[Edit]:
    return texts(lambda words, _: words.replace("カード", "ｶｰﾄﾞ", 1))(place)


@operator("look-alike letter")
def look_alike_letter(place: Place) -> Iterator[Edit]:
    return texts(
        lambda words, locale: words.replace("a", "а", 1) if locale == "en" else words.replace("ー", "一", 1)
    )(place)


@operator("invisible character")
def invisible_character(place: Place) -> Iterator[Edit]:
    return _after_first_words(lambda _: "\u200b")(place)


@operator("three times as long")
def three_times_as_long(place: Place) -> Iterator[Edit]:
    return texts(lambda words, _: f"{words} {words} {words}")(place)


def _addresses(change: Callable[[str], str]) -> Operator:
    def apply(place: Place) -> Iterator[Edit]:
        if place.value.startswith("https://"):
            yield line_of(place, change(place.value))

    return apply


@operator("https to http")
def https_to_http(place: Place) -> Iterator[Edit]:
    return _addresses(lambda url: url.replace("https:", "http:"))(place)


@operator("misspell host")
def misspell_host(place: Place) -> Iterator[Edit]:
    return _addresses(lambda url: url.replace(".jp", ".jpn").replace(".example", ".exmaple"))(place)


@operator("misspell path")
def misspell_path(place: Place) -> Iterator[Edit]:
    return _addresses(lambda url: f"{url.rstrip('/')}x")(place)
