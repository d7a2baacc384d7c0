"""The command ``editions``: which editions of the sheets are printed now, and the ledger of those given out."""

import datetime
from collections.abc import Iterator, Mapping

from cardguide.dataset import read_dataset
from cardguide.outputs.editions import LEDGER, read_ledger, render_ledger
from cardguide.outputs.flyers import create_orders, current_editions
from cardguide.problems import Language
from cardguide.project import Project
from cardguide.views.editions import RecordedEdition

_STATES: Mapping[Language, Mapping[bool, str]] = {
    "ja": {True: "記録済み", False: "未記録"},
    "en": {True: "recorded", False: "not recorded"},
}


def describe_editions(project: Project, as_of: datetime.date, language: Language) -> Iterator[str]:
    """Yield a line for each edition that is printed now."""
    recorded = {edition.id for edition in read_ledger(Project(root=project.root).flyer_files)}
    for edition in _current(project, as_of):
        state = _STATES[language][edition.id in recorded]
        yield f"{edition.flyer}  {'-'.join(edition.locales)}  {edition.id}  {state}"


def write_editions(project: Project, as_of: datetime.date) -> None:
    """Add the present editions to the ledger, from which the pages of old editions are made; nothing leaves it."""
    text = render_ledger(read_ledger(project.flyer_files), _current(project, as_of))
    (project.root / "flyers" / LEDGER).write_text(text, "utf-8")


def _current(project: Project, as_of: datetime.date) -> tuple[RecordedEdition, ...]:
    return current_editions(
        create_orders(read_dataset(project.read_data()), files=project.paper_files, as_of=as_of)
    )
