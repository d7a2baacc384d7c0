"""Views of imprints: an office on a sheet, in the languages of the sheet."""

from dataclasses import dataclass

from cardguide.imprint import Imprint, Words
from cardguide.richtext import plain
from cardguide.views.flyers import Said, SheetView, Spoken
from cardguide.views.presenting import Presenter, dialled

ORIGINAL = "ja"
"""The language of the name above the door, which stands on every sheet."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ImprintView:
    """An office on a sheet; what is not known is empty."""

    has_details: bool
    place: Spoken
    name: Spoken
    original: Spoken
    address: Spoken
    phone: str
    phone_address: str
    hours: Spoken
    url: str


def create_imprint_view(imprint: Imprint, sheet: SheetView) -> ImprintView:
    """Return the view of an office on a sheet."""
    tags = [speaker.locale.tag for speaker in sheet.speakers]
    original = (imprint.place.get(ORIGINAL, ""), imprint.name[ORIGINAL])
    return ImprintView(
        has_details=imprint.has_details,
        place=_spoken(sheet, imprint.place),
        name=tuple(_name(speaker, imprint) for speaker in sheet.speakers),
        original=()
        if ORIGINAL in tags
        else tuple(Said(lang=ORIGINAL, text=plain(words)) for words in original if words),
        address=_spoken(sheet, imprint.address),
        phone=imprint.phone,
        phone_address=f"tel:{dialled(imprint.phone)}",
        hours=_spoken(sheet, imprint.hours),
        url=imprint.url,
    )


def _spoken(sheet: SheetView, words: Words) -> Spoken:
    tags = [speaker.locale.tag for speaker in sheet.speakers]
    return tuple(Said(lang=tag, text=plain(words[tag])) for tag in tags if words.get(tag))


def _name(speaker: Presenter, imprint: Imprint) -> Said:
    """Return the name of the office, with the day on which it was reported where nothing official was seen."""
    tag = speaker.locale.tag
    if not imprint.record:
        return Said(lang=tag, text=plain(imprint.name[tag]))
    day = speaker.dataset.offices[imprint.code].verified_on
    mark = speaker.rich_label("reported-short", date=speaker.day(day))
    return Said(lang=tag, text=plain(imprint.name[tag]), mark=mark, record=imprint.record)
