"""Views of imprints: the lines that an office adds to a sheet, in the languages of the sheet."""

from collections.abc import Iterator
from dataclasses import dataclass

from cardguide.imprint import Imprint, Words
from cardguide.views.presenting import Presenter, dialled


@dataclass(frozen=True, kw_only=True, slots=True)
class ImprintLine:
    """A text of the imprint in its language; one that does not start a row goes on beside the text before it."""

    lang: str
    text: str
    is_name: bool = False
    starts_row: bool = True
    address: str = ""
    label: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ImprintCode:
    """The address behind the code of an office, and what is read aloud of it."""

    lang: str
    address: str
    label: str


def create_lines(imprint: Imprint, speakers: tuple[Presenter, ...]) -> tuple[ImprintLine, ...]:
    """Return the lines of an office; what is not known has none."""
    return (
        *_names(imprint, speakers),
        *_spoken(imprint.address, speakers),
        *_phone(imprint, speakers),
        *_spoken(imprint.hours, speakers, starts_row=not imprint.phone),
        *_url(imprint, speakers),
    )


def create_code(imprint: Imprint, speakers: tuple[Presenter, ...]) -> ImprintCode | None:
    """Return the code of the address of an office, if it has one."""
    if not imprint.url:
        return None
    speaker = speakers[0]
    return ImprintCode(lang=_tag(imprint.name, speaker), address=imprint.url, label=_name(imprint, speaker))


def _names(imprint: Imprint, speakers: tuple[Presenter, ...]) -> Iterator[ImprintLine]:
    """Yield the name in each language, and after those of other languages the one above the door."""
    original = speakers[0].dataset.site.default_locale
    said: set[str] = set()
    for speaker in speakers:
        name = _name(imprint, speaker)
        if name in said:
            continue
        said.add(name)
        yield ImprintLine(lang=_tag(imprint.name, speaker), text=name, is_name=True)
        if imprint.record:
            day = speaker.day(speaker.dataset.offices[imprint.code].verified_on)
            mark = str(speaker.rich_label("reported-short", date=day))
            yield ImprintLine(lang=speaker.locale.tag, text=mark, starts_row=False)
    door = f"{imprint.place.get(original, '')}{imprint.name[original]}"
    if not any(_tag(imprint.name, speaker) == original for speaker in speakers):
        yield ImprintLine(lang=original, text=door, starts_row=False)


def _name(imprint: Imprint, speaker: Presenter) -> str:
    """Return the name of an office with its place, in the order of the language."""
    tag = _tag(imprint.name, speaker)
    place = imprint.place.get(tag, "")
    if not place:
        return imprint.name[tag]
    return speaker.label("flyer-imprint-name", name=imprint.name[tag], place=place)


def _tag(words: Words, speaker: Presenter) -> str:
    """Return the language in which a text is there: the one of the speaker, else that of the data."""
    tag = speaker.locale.tag
    return tag if words.get(tag) else str(speaker.dataset.site.default_locale)


def _spoken(
    words: Words, speakers: tuple[Presenter, ...], *, starts_row: bool = True
) -> Iterator[ImprintLine]:
    tags = dict.fromkeys(_tag(words, speaker) for speaker in speakers)
    texts = [(tag, words[tag]) for tag in tags if words.get(tag)]
    for number, (tag, text) in enumerate(texts):
        yield ImprintLine(lang=tag, text=text, starts_row=starts_row or number > 0)


def _phone(imprint: Imprint, speakers: tuple[Presenter, ...]) -> Iterator[ImprintLine]:
    if imprint.phone:
        yield ImprintLine(
            lang=speakers[0].locale.tag,
            text=imprint.phone,
            address=f"tel:{dialled(imprint.phone)}",
            label=imprint.phone,
        )


def _url(imprint: Imprint, speakers: tuple[Presenter, ...]) -> Iterator[ImprintLine]:
    if imprint.url:
        yield ImprintLine(
            lang=speakers[0].locale.tag,
            text=imprint.url,
            address=imprint.url,
            label=_name(imprint, speakers[0]),
        )
