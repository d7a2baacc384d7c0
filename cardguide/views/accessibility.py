"""The view of the accessibility statement."""

from dataclasses import dataclass

from cardguide.richtext import RichText
from cardguide.views.presenting import Presenter


@dataclass(frozen=True, kw_only=True, slots=True)
class AccessTestView:
    """A test with its numbers, each with its name."""

    id: str
    what: str
    how: str
    numbers: tuple[str, ...]
    checked: RichText


@dataclass(frozen=True, kw_only=True, slots=True)
class AccessibilityView:
    """What was tested, and what was not."""

    tests: tuple[AccessTestView, ...]
    gaps: tuple[tuple[str, str], ...]


def create_accessibility(presenter: Presenter) -> AccessibilityView:
    """Return the statement."""
    data = presenter.dataset
    return AccessibilityView(
        tests=tuple(
            AccessTestView(
                id=test.id,
                what=presenter.words(test.what),
                how=presenter.words(test.how),
                numbers=tuple(
                    presenter.label(f"access-{name}", count=presenter.formatter.number(number))
                    for name, number in test.covers.items()
                ),
                checked=presenter.rich_label("checked-on", date=presenter.day(test.verified_on)),
            )
            for test in data.access_tests.values()
        ),
        gaps=tuple((gap.id, presenter.words(gap.text)) for gap in data.access_gaps.values()),
    )
