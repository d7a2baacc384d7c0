"""The shape of the guide and of the dates: questions, answers, outcomes with conditions, days with a rule."""

from typing import Literal

from pydantic import Field

from cardguide.model import Day, Flag, Id, Keyed, Record, Records, Statement, Text, Words

Condition = dict[Id, tuple[Id, ...]]
"""The answers that fit, by question; a question that is not named may be answered in any way."""


class GuideAnswer(Keyed):
    """An answer that the reader may choose."""

    text: Text
    hint: Text | None = None


class GuideQuestion(Keyed):
    """A question of the guide, asked only where the outcome still depends on it."""

    question: Text
    hint: Text | None = None
    answers: Records[GuideAnswer]


class GuideOutcome(Keyed):
    """Where the guide leads: to a procedure, or with a reason that this way is not open.

    ``when`` lists conditions of which one must hold; the outcomes cover every set of answers exactly once.
    """

    when: tuple[Condition, ...]
    title: Text
    procedure: Id | None = None
    statements: tuple[Statement, ...] = ()
    unknown: tuple[Id, ...] = ()
    related: tuple[Words, ...] = ()
    verified_on: Day


class GuideFile(Record):
    """``data/guide.yaml``."""

    guide_questions: Records[GuideQuestion]
    guide_outcomes: Records[GuideOutcome]


class DateChoice(Keyed):
    """An answer to a choice on the page of dates."""

    text: Text


class DateInput(Keyed):
    """What the reader may fill in: a day, or one of several choices; ``hint`` says where the day stands."""

    kind: Literal["day", "choice"]
    text: Text
    hint: Statement | None = None
    choices: Records[DateChoice] = Field(default_factory=dict)
    verified_on: Day


class DateRule(Keyed):
    """A day that follows from a day of the reader, or the words of the law where none may be computed.

    ``role`` tells a day on which something opens from a last day and from words only; ``sooner`` names the
    duration fact that is counted back from the day of ``input``; ``about`` says that the day is approximate.
    """

    role: Literal["opens", "last", "words"]
    input: Id
    when: Condition = Field(default_factory=dict)
    sooner: Id | None = None
    about: Flag = False
    title: Text
    procedure: Id | None = None
    statements: tuple[Statement, ...]
    unknown: tuple[Id, ...] = ()
    verified_on: Day


class DatesFile(Record):
    """``data/dates.yaml``."""

    date_inputs: Records[DateInput]
    date_rules: Records[DateRule]
