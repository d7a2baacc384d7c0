"""The view of "My dates": what may be filled in, and the rule behind each day.

The days themselves are computed in the reader's browser (``templates/scripts/dates.js``) and never come here.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit

from cardguide.guidemodel import Condition, DateInput, DateRule
from cardguide.richtext import RichText
from cardguide.validity import period_on
from cardguide.views.countercard import CounterCardView, create_counter_card
from cardguide.views.counters import ProcedureRow, create_procedure_row
from cardguide.views.presenting import Presenter, StatementView, UnknownView

_TO_ASK = "procedures"  # the page that lists what is unknown for every procedure


@dataclass(frozen=True, kw_only=True, slots=True)
class ChoiceView:
    """A choice of an input."""

    id: str
    text: RichText


@dataclass(frozen=True, kw_only=True, slots=True)
class InputView:
    """A day or a choice that the reader may fill in."""

    id: str
    record: str
    kind: str
    text: RichText
    hint: StatementView | None
    choices: tuple[ChoiceView, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class RuleView:
    """A rule in words, and what the browser needs to apply it.

    ``condition`` lists the choices to be made, ``stay-length:long card-holder:permanent,child``; ``months``
    are counted back; ``caution`` says in one line how sure the rule is.
    """

    id: str
    record: str
    role: str
    input: str
    condition: str
    months: int
    about: bool
    title: str
    caution: str
    statements: tuple[StatementView, ...]
    unknown: tuple[UnknownView, ...]
    procedure: ProcedureRow | None
    card: CounterCardView | None


@dataclass(frozen=True, kw_only=True, slots=True)
class DatesView:
    """Inputs, rules, and what to ask at the counter; ``host`` makes the ids of calendar entries our own."""

    host: str
    stamp: str
    inputs: tuple[InputView, ...]
    rules: tuple[RuleView, ...]
    to_ask: tuple[UnknownView, ...]
    to_ask_note: RichText


def create_dates(presenter: Presenter) -> DatesView:
    """Return the page of dates in one locale."""
    data = presenter.dataset
    asking = data.pages[_TO_ASK]
    rules = data.date_rules.values()
    return DatesView(
        host=urlsplit(data.site.url).netloc,
        stamp=max(rule.verified_on for rule in rules).strftime("%Y%m%dT000000Z"),
        inputs=tuple(_input(presenter, given) for given in data.date_inputs.values()),
        rules=tuple(_rule(presenter, rule) for rule in rules),
        to_ask=presenter.unknowns(fact for section in asking.sections for fact in section.unknown),
        to_ask_note=presenter.rich_label("unknown-list-note", date=presenter.day(asking.verified_on)),
    )


def _input(presenter: Presenter, given: DateInput) -> InputView:
    record = f"date_inputs.{given.id}"
    return InputView(
        id=given.id,
        record=record,
        kind=given.kind,
        text=presenter.text(given.text),
        hint=presenter.statement(given.hint, f"{record}.hint", given.verified_on) if given.hint else None,
        choices=tuple(
            ChoiceView(id=choice.id, text=presenter.text(choice.text)) for choice in given.choices.values()
        ),
    )


def _rule(presenter: Presenter, rule: DateRule) -> RuleView:
    record = f"date_rules.{rule.id}"
    statements = presenter.statements(rule.statements, f"{record}.statements", rule.verified_on)
    procedure = presenter.dataset.procedures[rule.procedure] if rule.procedure else None
    return RuleView(
        id=f"rule-{rule.id}",
        record=record,
        role=rule.role,
        input=rule.input,
        condition=_written(rule.when),
        months=_months(presenter, rule.sooner) if rule.sooner else 0,
        about=rule.about,
        title=presenter.words(rule.title),
        caution=_caution(statements[0]),
        statements=statements,
        unknown=presenter.unknowns(rule.unknown),
        procedure=create_procedure_row(presenter, procedure) if procedure else None,
        card=create_counter_card(presenter, procedure) if procedure else None,
    )


def _written(condition: Condition) -> str:
    return " ".join(f"{question}:{','.join(answers)}" for question, answers in condition.items())


def _months(presenter: Presenter, fact_id: str) -> int:
    """Return a duration in months; other durations are never counted for the reader."""
    period = period_on(presenter.dataset.facts[fact_id], presenter.as_of)
    if period is None or period.value.months is None:
        raise LookupError(f"{fact_id} is no number of months on {presenter.as_of.isoformat()}")
    return int(period.value.months)


def _caution(statement: StatementView) -> str:
    """Return how sure a statement is, in one line; nothing where it is simply confirmed."""
    if statement.note is not None:
        return str(statement.note)
    return next(iter(statement.provenance.caveats), "")
