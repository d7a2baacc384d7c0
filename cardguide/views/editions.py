"""Views of the editions of sheets: whether a paper is still right and, if not, what changed since."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cardguide.model import Record
from cardguide.views.flyerfiles import FlyerFile
from cardguide.views.sheetview import SheetView


class RecordedEdition(Record):
    """An edition that was given out: the sheet, its languages, and what it said of each record in each language."""

    id: str
    flyer: str
    locales: tuple[str, ...]
    words: dict[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangeView:
    """What a sheet says of one record, and what is said now; either may be missing."""

    record: str
    lang: str
    before: str | None
    now: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class EditionView:
    """The page behind the code on a sheet; ``sheets`` are those to take now, ``twin`` is what they say."""

    id: str
    flyer: str
    is_current: bool
    changes: tuple[ChangeView, ...]
    sheets: tuple[FlyerFile, ...]
    twin: SheetView | None


def create_editions(
    twins: Mapping[str, SheetView],
    current: Sequence[RecordedEdition],
    recorded: Iterable[RecordedEdition],
    files: Sequence[FlyerFile],
) -> tuple[EditionView, ...]:
    """Return the page of every edition, present and past; ``twins`` are the present sheets by edition."""
    present = {edition.id: edition for edition in current}
    past = {edition.id: edition for edition in recorded if edition.id not in present}
    newest = {(edition.flyer, edition.locales): edition for edition in current}
    return tuple(
        _edition(edition, newest.get((edition.flyer, edition.locales)), files, twins)
        for edition in (*present.values(), *past.values())
    )


def _edition(
    edition: RecordedEdition,
    newest: RecordedEdition | None,
    files: Sequence[FlyerFile],
    twins: Mapping[str, SheetView],
) -> EditionView:
    sheets = tuple(file for file in files if newest is not None and file.edition == newest.id)
    return EditionView(
        id=edition.id,
        flyer=edition.flyer,
        is_current=newest is not None and newest.id == edition.id,
        changes=tuple(find_changes(edition.words, newest.words if newest else {})),
        sheets=sheets,
        twin=twins[newest.id] if newest else None,
    )


def find_changes(before: Mapping[str, str], now: Mapping[str, str]) -> Iterable[ChangeView]:
    """Yield each record of which something else is said now."""
    for key in dict.fromkeys((*before, *now)):
        if before.get(key) != now.get(key):
            record, _, lang = key.rpartition(" ")
            yield ChangeView(record=record, lang=lang, before=before.get(key), now=now.get(key))
