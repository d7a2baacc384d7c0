"""Neighbouring statements that are equally sure: one mark for all of them, one note of their sources."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from cardguide.richtext import RichText
from cardguide.views.presenting import ProvenanceView, StatementView
from cardguide.views.provenances import SharedProvenance, join_provenance, share_provenance


@dataclass(frozen=True, kw_only=True, slots=True)
class StatementGroup:
    """Statements with the same mark of certainty; ``shared`` tells the sources apart by the places in the group."""

    statements: tuple[StatementView, ...]
    note: RichText | None
    provenance: ProvenanceView
    shared: tuple[SharedProvenance, ...]


def in_groups(statements: Iterable[StatementView]) -> tuple[StatementGroup, ...]:
    """Return the statements in their order, neighbours that are equally sure together."""
    return tuple(_group(tuple(group)) for _, group in groupby(statements, key=lambda view: view.note))


def _group(statements: tuple[StatementView, ...]) -> StatementGroup:
    views = [statement.provenance for statement in statements]
    return StatementGroup(
        statements=statements,
        note=statements[0].note,
        provenance=join_provenance(" ".join(view.record for view in views), views),
        shared=share_provenance((str(place), view) for place, view in enumerate(views, 1)),
    )
