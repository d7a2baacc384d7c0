"""One note for several records that rest on the same: rows of a table, items of a list."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from cardguide.views.presenting import Presenter, ProvenanceView


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
