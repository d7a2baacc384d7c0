"""The pages of editions, and the ledger of the editions that were given out."""

import datetime
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from jinja2 import Environment

from cardguide.artifacts import Artifact, text_artifact
from cardguide.dataset import Dataset
from cardguide.freshness import Freshness
from cardguide.templating import render
from cardguide.views.addressing import page_path, site_address
from cardguide.views.editions import EditionView, RecordedEdition, create_editions
from cardguide.views.flyerfiles import FlyerFile
from cardguide.views.presenting import Presenter
from cardguide.views.provenances import create_review_notice
from cardguide.views.sheetview import SheetView

LEDGER = "editions.json"


def read_ledger(files: Mapping[str, str]) -> tuple[RecordedEdition, ...]:
    """Return the recorded editions; without a ledger there are none."""
    return tuple(RecordedEdition.model_validate(row) for row in json.loads(files.get(LEDGER, "[]")))


def render_ledger(recorded: Iterable[RecordedEdition], current: Iterable[RecordedEdition]) -> str:
    """Return the ledger with the present editions added; a recorded edition is never changed."""
    editions = {edition.id: edition for edition in (*current, *recorded)}
    rows = [editions[identifier].model_dump(mode="json") for identifier in sorted(editions)]
    return json.dumps(rows, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def create_edition_pages(
    dataset: Dataset,
    environment: Environment,
    *,
    twins: Mapping[str, SheetView],
    current: Sequence[RecordedEdition],
    recorded: Iterable[RecordedEdition],
    files: Sequence[FlyerFile],
    as_of: datetime.date,
) -> Iterator[Artifact]:
    """Yield the page of every edition in every locale."""
    views = create_editions(twins, current, recorded, files)
    until = Freshness(dataset=dataset).review_by
    for locale in dataset.locales:
        presenter = Presenter(dataset=dataset, locale=locale, as_of=as_of, address=site_address)
        for view in views:
            yield _page(presenter, environment, view, create_review_notice(presenter, until))


def _page(
    presenter: Presenter, environment: Environment, view: EditionView, fresh: Mapping[str, str]
) -> Artifact:
    state = "edition-current" if view.is_current else "edition-outdated"
    matter = {
        "title": presenter.label("edition-title", edition=view.id),
        "description": presenter.label("edition-description", edition=view.id),
        "summary": presenter.label(state, date=str(presenter.day(presenter.as_of))),
        "fresh": fresh,
        "noindex": True,
    }
    body = render(environment, "pages/edition.md.jinja", label=presenter.label, view=view)
    front = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in matter.items())
    path = page_path("edition", f"{view.flyer}-{view.id}")
    return text_artifact(f"{presenter.locale.tag}/{path}", f"---\n{front}---\n\n{body.strip()}\n")
