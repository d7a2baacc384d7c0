"""What several records rest on together, and what a reader is told when nobody looked again in time."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import TypeVar

from cardguide.views.presenting import Presenter, ProvenanceView, weakest

ItemT = TypeVar("ItemT")


@dataclass(frozen=True, kw_only=True, slots=True)
class SharedProvenance:
    """What the named rows rest on; without names it holds for all of them."""

    names: tuple[str, ...]
    provenance: ProvenanceView


def create_fact_provenance(presenter: Presenter, fact_id: str) -> ProvenanceView:
    """Return what a value rests on, for words around it that are no statement of their own."""
    fact = presenter.dataset.facts[fact_id]
    return presenter.provenance(
        f"facts.{fact_id}", fact.state, fact.caveats, presenter.all_sources(fact), fact.verified_on
    )


def create_review_notice(presenter: Presenter, until: datetime.date) -> Mapping[str, str]:
    """Return the last day on which a page counts as fresh, and what its reader is told afterwards."""
    words = presenter.rich_label("page-stale", date=presenter.day(until))
    return {"until": until.isoformat(), "text": str(words)}


def join_provenance(record: str, views: Sequence[ProvenanceView]) -> ProvenanceView:
    """Return one note for what rests on all of these: as sure as the weakest, as fresh as the oldest."""
    return replace(
        min(views, key=lambda view: view.checked_on),
        record=record,
        state=weakest(view.state for view in views),
        caveats=_once(view.caveats for view in views),
        caveat_codes=_once(view.caveat_codes for view in views),
        citations=_once(view.citations for view in views),
    )


def _once(groups: Iterable[tuple[ItemT, ...]]) -> tuple[ItemT, ...]:
    return tuple(dict.fromkeys(chain.from_iterable(groups)))


def share_provenance(rows: Iterable[tuple[str, ProvenanceView]]) -> tuple[SharedProvenance, ...]:
    """Return one note for all rows that rest on the same; ``record`` lists their records."""
    groups: dict[ProvenanceView, list[tuple[str, str]]] = {}
    for name, view in rows:
        groups.setdefault(replace(view, record=""), []).append((name, view.record))
    return tuple(
        SharedProvenance(
            names=tuple(name for name, _ in members) if len(groups) > 1 else (),
            provenance=replace(view, record=" ".join(record for _, record in members)),
        )
        for view, members in groups.items()
    )
