"""The items of the card face, before and since the change of format."""

from dataclasses import dataclass

from cardguide.richtext import RichText
from cardguide.views.carddrawing import CardDrawing, draw_card
from cardguide.views.presenting import Presenter, ProvenanceView
from cardguide.views.provenances import SharedProvenance, create_fact_provenance, share_provenance


@dataclass(frozen=True, kw_only=True, slots=True)
class CardItemView:
    """An item of the card face, before and since the change of format."""

    id: str
    name: str
    before: str
    after: str
    after_label: str
    provenance: ProvenanceView


@dataclass(frozen=True, kw_only=True, slots=True)
class CardFaceView:
    """The card face before and since the change of format."""

    before_heading: RichText
    after_heading: RichText
    before_short: RichText
    after_short: RichText
    change: ProvenanceView
    items: tuple[CardItemView, ...]

    @property
    def removed(self) -> tuple[CardItemView, ...]:
        """Return the items that left the face."""
        return tuple(item for item in self.items if item.after == "chip-only")

    @property
    def removed_provenance(self) -> tuple[SharedProvenance, ...]:
        """Return what the items that left the face rest on."""
        return share_provenance((item.name, item.provenance) for item in self.removed)

    @property
    def remaining_provenance(self) -> tuple[SharedProvenance, ...]:
        """Return what the items that are still printed rest on."""
        return share_provenance((item.name, item.provenance) for item in self.remaining)

    @property
    def remaining(self) -> tuple[CardItemView, ...]:
        """Return the items that are still printed."""
        return tuple(item for item in self.items if item.after == "printed")

    @property
    def drawing(self) -> CardDrawing:
        """Return the places of the items in the drawing of the face."""
        return draw_card([item.name for item in self.remaining], [item.name for item in self.removed])


def create_card_face(presenter: Presenter) -> CardFaceView:
    """Return the items of the card face before and since the change of format."""
    change = presenter.value("format-change")
    return CardFaceView(
        before_heading=presenter.rich_label("face-before", date=change),
        after_heading=presenter.rich_label("face-after", date=change),
        before_short=presenter.rich_label("face-before-short", date=change),
        after_short=presenter.rich_label("face-after-short", date=change),
        change=create_fact_provenance(presenter, "format-change"),
        items=tuple(
            CardItemView(
                id=item.id,
                name=presenter.words(item.name),
                before=item.before,
                after=item.after,
                after_label=presenter.label(f"face-{item.after}"),
                provenance=presenter.provenance(
                    f"items.{item.id}", item.state, item.caveats, item.sources, item.verified_on
                ),
            )
            for item in presenter.dataset.items.values()
        ),
    )
