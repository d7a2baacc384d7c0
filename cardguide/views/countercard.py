"""The card that a reader shows at a counter: Japanese for the clerk, the reader's own language beside it."""

from dataclasses import dataclass, replace

from cardguide.recordmodel import Procedure
from cardguide.views.counters import SignView, create_sign
from cardguide.views.presenting import Presenter

CLERK_LOCALE = "ja"
QUESTIONS = ("accept", "papers", "fee", "receive", "write")


@dataclass(frozen=True, kw_only=True, slots=True)
class PhraseView:
    """A sentence for the clerk, and what it means where the reader does not read Japanese."""

    clerk: str
    reader: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class CounterCardView:
    """What is asked for, then questions."""

    sign: SignView
    clerk_locale: str
    request: PhraseView
    questions: tuple[PhraseView, ...]


def create_counter_card(presenter: Presenter, procedure: Procedure) -> CounterCardView:
    """Return the card for a procedure."""
    clerk = replace(
        presenter, locale=next(each for each in presenter.dataset.locales if each.tag == CLERK_LOCALE)
    )

    def phrase(label: str) -> PhraseView:
        def words(speaker: Presenter) -> str:
            return speaker.label(f"counter-card-{label}", name=speaker.words(procedure.name))

        is_shared = presenter.locale.tag == CLERK_LOCALE
        return PhraseView(clerk=words(clerk), reader=None if is_shared else words(presenter))

    return CounterCardView(
        sign=create_sign(presenter, procedure),
        clerk_locale=CLERK_LOCALE,
        request=phrase("request"),
        questions=tuple(phrase(question) for question in QUESTIONS),
    )
