"""The operators: each turns a place of the data into wrong edits. Their names follow the catalogue of faults."""

import datetime
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from cardguide.confirming import FREE
from mutation.places import Place, Sheet


@dataclass(frozen=True, kw_only=True)
class Mutant:
    """One wrong edit of a data file; ``lines`` are those on which it stands or leaves its gap."""

    operator: str
    name: str
    where: str
    lines: tuple[int, ...]
    new: tuple[str, ...]
    shown: str
    make: Callable[[], bytes]

    @property
    def new_keys(self) -> tuple[str, ...]:
        """The keys that the mutated lines have now."""
        found = (re.match(r"[ -]*([\w-]+):", text) for text in self.new)
        return tuple(match[1] for match in found if match)


Edit = str | tuple[str, ...] | None
"""The lines that replace the one of a place; none where the operator does not fit."""
Operator = Callable[[Place], Iterator[Edit]]

OPERATORS: dict[str, Operator] = {}


def operator(name: str) -> Callable[[Operator], Operator]:
    """Enter an operator under its name."""

    def enter(function: Operator) -> Operator:
        OPERATORS[name] = function
        return function

    return enter


def create_mutants(sheet: Sheet, name: str) -> Iterator[Mutant]:
    """Yield every mutant of a file by one operator."""
    for place in sheet.places:
        if place.path[:2] in FREE and name not in FORM:
            continue
        for edit in OPERATORS[name](place):
            new = (edit,) if isinstance(edit, str) else edit
            old = sheet.lines[place.line - 1].rstrip("\n")
            if new is not None and new != (old,):
                words = " | ".join(text.strip()[:60] for text in new) or "(nothing)"
                yield Mutant(
                    operator=name,
                    name=sheet.name,
                    where=place.where,
                    lines=tuple(range(place.line, place.line + max(1, len(new)))),
                    new=new,
                    shown=f"{old.strip()[:60]} -> {words}",
                    make=partial(sheet.with_line, place.line, *new),
                )


def _line(place: Place, value: str, key: str | None = None) -> str:
    return f"{place.lead}{key or place.key}: {value}"


def _bare(place: Place) -> str:
    """Return a text value without its quotes."""
    value = place.value
    return value[1:-1] if value[:1] == value[-1:] == '"' else value


def _text(place: Place, words: str) -> str:
    """Return a line with other words, in quotes where they were or are needed."""
    if place.value.startswith('"') or not re.match(r"[\w（]", words) or ": " in words or " #" in words:
        words = '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return _line(place, words)


def _texts(change: Callable[[str, str], str | None]) -> Operator:
    """Return an operator that changes the words of a text in its locale."""

    def apply(place: Place) -> Iterator[Edit]:
        if place.is_text:
            words = change(_bare(place), place.locale or "")
            if words is not None and words != _bare(place):
                yield _text(place, words)

    return apply


# The form of a line


@operator("delete field")
def delete_field(place: Place) -> Iterator[Edit]:
    yield None if place.is_item else ()


@operator("blank value")
def blank_value(place: Place) -> Iterator[Edit]:
    yield f"{place.lead}{place.key}:"


@operator("empty quotes")
def empty_quotes(place: Place) -> Iterator[Edit]:
    yield None if place.is_list else _line(place, '""')


@operator("duplicate key")
def duplicate_key(place: Place) -> Iterator[Edit]:
    line = _line(place, place.value)
    yield (line, line.replace("- ", "  ", 1) if place.is_item else line)


@operator("misspell key")
def misspell_key(place: Place) -> Iterator[Edit]:
    key = place.key
    if len(key) > 2 and not key.startswith('"'):
        yield _line(place, place.value, key[0] + key[2] + key[1] + key[3:] if key[1] != key[2] else key[:-1])


@operator("key in capitals")
def key_in_capitals(place: Place) -> Iterator[Edit]:
    yield _line(place, place.value, key=place.key.title()) if place.key.islower() else None


@operator("shift indent")
def shift_indent(place: Place) -> Iterator[Edit]:
    yield " " + _line(place, place.value)


@operator("tab indent")
def tab_indent(place: Place) -> Iterator[Edit]:
    yield "\t" + _line(place, place.value).lstrip() if place.lead else None


@operator("wide indent")
def wide_indent(place: Place) -> Iterator[Edit]:
    yield "\u3000" + _line(place, place.value).lstrip() if place.lead else None


@operator("wide colon")
def wide_colon(place: Place) -> Iterator[Edit]:
    yield f"{place.lead}{place.key}：{place.value}"


@operator("no space after colon")
def no_space_after_colon(place: Place) -> Iterator[Edit]:
    yield f"{place.lead}{place.key}:{place.value}"


@operator("take quotes away")
def take_quotes_away(place: Place) -> Iterator[Edit]:
    bare = _bare(place)
    if bare != place.value and (bare[0] in "{[@%*!&" or ": " in bare or bare in {"no", "yes", "1"}):
        yield _line(place, bare)


@operator("open quote")
def open_quote(place: Place) -> Iterator[Edit]:
    yield _line(place, '"' + _bare(place)) if not place.is_list else None


@operator("smart quotes")
def smart_quotes(place: Place) -> Iterator[Edit]:
    yield _line(place, f"“{_bare(place)}”") if not place.is_list else None


@operator("word for true")
def word_for_true(place: Place) -> Iterator[Edit]:
    yield _line(place, "yes")


@operator("null")
def null(place: Place) -> Iterator[Edit]:
    yield _line(place, "~")


@operator("list instead of value")
def list_instead_of_value(place: Place) -> Iterator[Edit]:
    yield None if place.is_list else _line(place, f"[{place.value}]")


@operator("anchor")
def anchor(place: Place) -> Iterator[Edit]:
    yield _line(place, f"&same {place.value}")


@operator("comment cuts value")
def comment_cuts_value(place: Place) -> Iterator[Edit]:
    if place.is_text and not place.value.startswith('"') and len(place.value) > 6:
        yield _line(place, f"{place.value[:4]} #{place.value[4:]}")


@operator("conflict marker")
def conflict_marker(place: Place) -> Iterator[Edit]:
    yield ("<<<<<<< ours", _line(place, place.value))


# What the publisher sets freely (cardguide.confirming.FREE) is known to nobody else: it is asked for its form alone.
FORM = frozenset(OPERATORS)

# Facts


@operator("day before or after")
def day_before_or_after(place: Place) -> Iterator[Edit]:
    if _is_day(place):
        day = datetime.date.fromisoformat(place.value)
        for step in (-1, 1):
            yield _line(place, (day + datetime.timedelta(days=step)).isoformat())


@operator("other month or year")
def other_month_or_year(place: Place) -> Iterator[Edit]:
    if _is_day(place):
        day = datetime.date.fromisoformat(place.value)
        yield _line(place, day.replace(month=day.month % 12 + 1, day=min(day.day, 28)).isoformat())
        yield _line(place, day.replace(year=day.year - 1).isoformat())
        yield _line(place, day.replace(year=day.year + 1).isoformat())


@operator("impossible day")
def impossible_day(place: Place) -> Iterator[Edit]:
    yield _line(place, f"{place.value[:8]}32") if _is_day(place) else None


@operator("day in another form")
def day_in_another_form(place: Place) -> Iterator[Edit]:
    if _is_day(place):
        yield _line(place, place.value.replace("-", "/"))
        yield _line(place, f"{place.value} 00:00:00")


def _is_day(place: Place) -> bool:
    return re.fullmatch(r"\d{4}-\d\d-\d\d", place.value) is not None


@operator("other digit")
def other_digit(place: Place) -> Iterator[Edit]:
    if not _is_day(place) and (match := re.search(r"\d", _without_names(place))):
        index = match.start()
        yield _line(place, place.value[:index] + str((int(match[0]) + 1) % 10) + place.value[index + 1 :])


@operator("swap or drop digit")
def swap_or_drop_digit(place: Place) -> Iterator[Edit]:
    if not _is_day(place) and (match := re.search(r"(\d)(?!\1)(\d)", _without_names(place))):
        start, end = match.span()
        yield _line(place, place.value[:start] + match[2] + match[1] + place.value[end:])
        yield _line(place, place.value[:start] + match[2] + place.value[end:])


def _without_names(place: Place) -> str:
    """Return a value with placeholders and addresses blanked out, so that only its own digits are left."""
    return re.sub(r"\{[^}]*\}|https?:\S+", lambda found: "x" * len(found[0]), place.value)


@operator("amount with sign or comma")
def amount_with_sign(place: Place) -> Iterator[Edit]:
    if re.fullmatch(r"\d{3,}", place.value):
        yield _line(place, f"¥{place.value}")
        yield _line(place, f"{int(place.value):,}")
        yield _line(place, place.value.translate({48 + digit: 0xFF10 + digit for digit in range(10)}))


_CHOICES = (
    ("confirmed", "reported", "unknown", "conflict"),
    ("calendar", "accepted", "issued", "granted", "event"),
    ("high", "medium"),
    ("true", "false"),
    ("municipal", "bureau"),
    ("printed", "absent", "chip-only"),
    ("full", "part", "not-seen"),
    ("isa", "mynumber", "municipal"),
    ("date", "yen", "duration", "count", "phone", "url", "text"),
    ("flyer", "page", "statute", "copy", "record", "third-party"),
    ('"yes"', '"no"', "open", "partly", "unknown"),
    ("bureau", "district", "airport-district"),
    ("opens", "last", "words"),
)


@operator("other choice")
def other_choice(place: Place) -> Iterator[Edit]:
    if place.locale is None:
        for choices in _CHOICES:
            if place.value in choices:
                yield _line(place, choices[(choices.index(place.value) + 1) % len(choices)])


@operator("misspell choice")
def misspell_choice(place: Place) -> Iterator[Edit]:
    if place.locale is None and any(place.value in choices for choices in _CHOICES):
        yield _line(place, place.value[:-1] + "x")


_REFERENCE = re.compile(r"(?<=[\[ :{])(?:[a-z]+\.)?[a-z]+(?:-[a-z0-9]+)+(?=[\],}]|$)")


def _references(place: Place) -> Iterator[re.Match[str]]:
    if (
        place.locale is None
        and place.key not in {"cldr", "url", "urls"}
        and not place.value.startswith(('"', "http"))
    ):
        yield from _REFERENCE.finditer(f" {place.value}")


@operator("misspell id")
def misspell_id(place: Place) -> Iterator[Edit]:
    for match in _references(place):
        start, end = match.start() - 1, match.end() - 1
        written = place.value[start:end]
        yield _line(place, place.value[:start] + written[:-2] + written[-1] + written[-2] + place.value[end:]
                    if written[-1] != written[-2] else place.value[:end] + "s" + place.value[end:])  # fmt: skip


@operator("dangling id")
def dangling_id(place: Place) -> Iterator[Edit]:
    for match in _references(place):
        start, end = match.start() - 1, match.end() - 1
        yield _line(place, place.value[:start] + "no-such-record" + place.value[end:])


@operator("swap in list")
def swap_in_list(place: Place) -> Iterator[Edit]:
    items = re.findall(r"\{[^}]*\}|[^,\[\]{} ][^,\[\]{}]*", place.value) if place.is_list else []
    if len(items) > 1:
        yield _line(place, f"[{', '.join((items[1], items[0], *items[2:]))}]")


@operator("drop from list")
def drop_from_list(place: Place) -> Iterator[Edit]:
    items = re.findall(r"\{[^}]*\}|[^,\[\]{} ][^,\[\]{}]*", place.value) if place.is_list else []
    if items:
        yield _line(place, f"[{', '.join(items[1:])}]")


# Languages


@operator("alter one language")
def alter_one_language(place: Place) -> Iterator[Edit]:
    return _texts(lambda words, locale: f"新しい{words}" if locale == "ja" else f"{words} now")(place)


@operator("same in both languages")
def same_in_both(place: Place) -> Iterator[Edit]:
    return _texts(lambda _, locale: "日本語のまま" if locale == "en" else "Left in English as it was")(place)


@operator("flip polarity")
def flip_polarity(place: Place) -> Iterator[Edit]:
    return _texts(_flip)(place)


_FLIPS = {
    "ja": (
        *(("できません", "できます"), ("ありません", "あります"), ("いいえ", "はい"), ("はい", "いいえ")),
        *(("できます", "できません"), ("必要です", "必要ではありません"), ("ません", "ます")),
    ),
    "en": (
        *(("cannot", "can"), ("No.", "Yes."), ("Yes.", "No."), (" not ", " "), ("can ", "cannot ")),
        *(("need to", "need not"), ("must", "must not"), (" is ", " is not ")),
    ),
}


def _flip(words: str, locale: str) -> str | None:
    return next((words.replace(old, new, 1) for old, new in _FLIPS[locale] if old in words), None)


@operator("drop placeholder")
def drop_placeholder(place: Place) -> Iterator[Edit]:
    return _texts(lambda words, _: re.sub(r"\{[^}]*\}", "", words, count=1).strip())(place)


@operator("rename placeholder")
def rename_placeholder(place: Place) -> Iterator[Edit]:
    return _texts(lambda words, _: re.sub(r"(\{[^}]*)\}", r"\1x}", words, count=1))(place)


@operator("wide braces")
def wide_braces(place: Place) -> Iterator[Edit]:
    return _texts(lambda words, _: re.sub(r"\{([^}]*)\}", r"｛\1｝", words, count=1))(place)


_NEAR_TERMS = (
    ("特定在留カード", "特別在留カード"), ("マイナンバーカード", "個人番号カード"), ("特別永住者", "永住者"),
    ("在留期間", "在留資格"), ("市区町村", "市役所"), ("地方入管", "入国管理局"), ("許可年月日", "交付年月日"),
    ("specified residence card", "special residence card"), ("My Number card", "My Number Card"),
    ("special permanent resident", "permanent resident"), ("period of stay", "status of residence"),
    ("municipal office", "city hall"), ("regional immigration services bureau", "immigration bureau"),
    ("date of permit", "date of issue"),
)  # fmt: skip


@operator("near term")
def near_term(place: Place) -> Iterator[Edit]:
    return _texts(
        lambda words, _: next((words.replace(old, new, 1) for old, new in _NEAR_TERMS if old in words), None)
    )(place)


@operator("swap languages")
def swap_languages(place: Place) -> Iterator[Edit]:
    if place.locale:
        yield _line(place, place.value, key={"ja": "en", "en": "ja"}[place.locale])


# What is typed into a text


def _after_first_words(insertion: Callable[[str], str]) -> Operator:
    return _texts(lambda words, locale: words[:2] + insertion(locale) + words[2:])


@operator("wrong weekday")
def wrong_weekday(place: Place) -> Iterator[Edit]:
    return _after_first_words(
        lambda locale: "2026年6月14日（月）" if locale == "ja" else " Monday, 14 June 2026 "
    )(place)


@operator("wrong era")
def wrong_era(place: Place) -> Iterator[Edit]:
    return _after_first_words(
        lambda locale: "令和7年（2026年）6月14日" if locale == "ja" else " R7 (令和7年 2026) "
    )(place)


@operator("typed amount")
def typed_amount(place: Place) -> Iterator[Edit]:
    return _after_first_words(lambda locale: "1,600円" if locale == "ja" else " 1,600 yen ")(place)


@operator("script")
def script(place: Place) -> Iterator[Edit]:
    return _texts(lambda words, _: f"{words}<script>alert(1)</script>")(place)


@operator("decomposed kana")
def decomposed_kana(place: Place) -> Iterator[Edit]:
    return _texts(lambda words, _: unicodedata.normalize("NFD", words))(place)


@operator("half-width kana")
def half_width_kana(place: Place) -> Iterator[Edit]:
    return _texts(lambda words, _: words.replace("カード", "ｶｰﾄﾞ", 1))(place)


@operator("look-alike letter")
def look_alike_letter(place: Place) -> Iterator[Edit]:
    return _texts(
        lambda words, locale: words.replace("a", "а", 1) if locale == "en" else words.replace("ー", "一", 1)
    )(place)


@operator("invisible character")
def invisible_character(place: Place) -> Iterator[Edit]:
    return _after_first_words(lambda _: "\u200b")(place)


@operator("three times as long")
def three_times_as_long(place: Place) -> Iterator[Edit]:
    return _texts(lambda words, _: f"{words} {words} {words}")(place)


# Addresses


def _addresses(change: Callable[[str], str]) -> Operator:
    def apply(place: Place) -> Iterator[Edit]:
        if place.value.startswith("https://"):
            yield _line(place, change(place.value))

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
