"""The view of the guide: its steps, its outcomes, its chart and the same in words."""

from dataclasses import dataclass

from cardguide.guidemodel import GuideOutcome
from cardguide.guidetree import Branch, Step, create_steps, list_ways
from cardguide.views.countercard import CounterCardView, create_counter_card
from cardguide.views.counters import ProcedureRow, SignView, create_procedure_row, create_sign
from cardguide.views.guidechart import ChartQuestion, ChartSign, ChartStop, GuideChart, draw_chart
from cardguide.views.presenting import Presenter, StatementView, UnknownView


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswerView:
    """An answer and the anchor to which it leads; ``code`` stands for it in the address of the page."""

    code: str
    text: str
    hint: str | None
    href: str


@dataclass(frozen=True, kw_only=True, slots=True)
class StepView:
    """A question with its answers."""

    id: str
    record: str
    question: str
    hint: str | None
    answers: tuple[AnswerView, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class DestinationView:
    """The procedure to which an outcome leads, and what goes with it."""

    row: ProcedureRow
    place: str
    condition: StatementView | None
    card: CounterCardView


@dataclass(frozen=True, kw_only=True, slots=True)
class OutcomeView:
    """Where the guide leads, on what that rests, and what is not known."""

    id: str
    record: str
    title: str
    destination: DestinationView | None
    statements: tuple[StatementView, ...]
    unknown: tuple[UnknownView, ...]
    related: tuple[tuple[str, str | None], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class WayView:
    """The answers that lead to an outcome, in words; ``record`` is what the outcome rests on."""

    record: str
    answers: tuple[str, ...]
    href: str
    outcome: str
    sign: SignView | None


@dataclass(frozen=True, kw_only=True, slots=True)
class GuideView:
    """The whole guide; ``has_readings`` is of a locale whose words have readings, which a drawing cannot have."""

    steps: tuple[StepView, ...]
    outcomes: tuple[OutcomeView, ...]
    ways: tuple[WayView, ...]
    chart: GuideChart
    has_readings: bool


def create_guide(presenter: Presenter) -> GuideView:
    """Return the guide in one locale."""
    data = presenter.dataset
    steps = create_steps(data.guide_questions, data.guide_outcomes)
    return GuideView(
        steps=tuple(_step(presenter, step) for step in steps),
        outcomes=tuple(_outcome(presenter, outcome) for outcome in data.guide_outcomes.values()),
        ways=_ways(presenter, steps),
        chart=draw_chart(_nest(presenter, {step.id: step for step in steps}, steps[0].id)),
        has_readings=presenter.locale.has_furigana,
    )


def _step(presenter: Presenter, step: Step) -> StepView:
    question = presenter.dataset.guide_questions[step.question]
    return StepView(
        id=f"q-{step.id}",
        record=f"guide_questions.{question.id}",
        question=presenter.words(question.question),
        hint=presenter.words(question.hint) if question.hint else None,
        answers=tuple(_answer(presenter, step, branch) for branch in step.branches),
    )


def _answer(presenter: Presenter, step: Step, branch: Branch) -> AnswerView:
    answer = presenter.dataset.guide_questions[step.question].answers[branch.answer]
    return AnswerView(
        code=f"{step.question}.{answer.id}",
        text=presenter.words(answer.text),
        hint=presenter.words(answer.hint) if answer.hint else None,
        href=f"#o-{branch.outcome}" if branch.outcome else f"#q-{branch.step}",
    )


def _outcome(presenter: Presenter, outcome: GuideOutcome) -> OutcomeView:
    record = f"guide_outcomes.{outcome.id}"
    return OutcomeView(
        id=f"o-{outcome.id}",
        record=record,
        title=presenter.words(outcome.title),
        destination=_destination(presenter, outcome.procedure) if outcome.procedure else None,
        statements=presenter.statements(outcome.statements, f"{record}.statements", outcome.verified_on),
        unknown=presenter.unknowns(outcome.unknown),
        related=tuple(presenter.reference(reference) for reference in outcome.related),
    )


def _destination(presenter: Presenter, procedure_id: str) -> DestinationView:
    procedure = presenter.dataset.procedures[procedure_id]
    kind = presenter.dataset.kinds[procedure.office]
    return DestinationView(
        row=create_procedure_row(presenter, procedure),
        place=presenter.words(kind.place_phrase),
        condition=presenter.fact(kind.condition) if kind.condition else None,
        card=create_counter_card(presenter, procedure),
    )


def _ways(presenter: Presenter, steps: tuple[Step, ...]) -> tuple[WayView, ...]:
    return tuple(
        WayView(
            record=_ground(presenter, outcome),
            answers=tuple(_answer_words(presenter, question, answer) for question, answer in answers),
            href=f"#o-{outcome}",
            outcome=_outcome_words(presenter, outcome),
            sign=_sign(presenter, outcome),
        )
        for outcome, answers in list_ways(steps)
    )


def _ground(presenter: Presenter, outcome_id: str) -> str:
    outcome = presenter.dataset.guide_outcomes[outcome_id]
    if outcome.procedure is not None:
        return f"procedures.{outcome.procedure}"
    record = f"guide_outcomes.{outcome_id}.statements"
    return presenter.statements(outcome.statements, record, outcome.verified_on)[0].provenance.record


def _answer_words(presenter: Presenter, question: str, answer: str) -> str:
    return presenter.words(presenter.dataset.guide_questions[question].answers[answer].text)


def _outcome_words(presenter: Presenter, outcome_id: str) -> str:
    """Return the official name of the procedure, or the words that say why there is none."""
    outcome = presenter.dataset.guide_outcomes[outcome_id]
    if outcome.procedure is None:
        return presenter.words(outcome.title)
    return presenter.words(presenter.dataset.procedures[outcome.procedure].name)


def _sign(presenter: Presenter, outcome_id: str) -> SignView | None:
    procedure = presenter.dataset.guide_outcomes[outcome_id].procedure
    return create_sign(presenter, presenter.dataset.procedures[procedure]) if procedure else None


def _nest(presenter: Presenter, steps: dict[str, Step], first: str) -> ChartQuestion:
    """Return the questions of the chart one inside the other."""
    step = steps[first]

    def target(branch: Branch) -> ChartQuestion | ChartStop:
        return _nest(presenter, steps, branch.step) if branch.step else _stop(presenter, str(branch.outcome))

    return ChartQuestion(
        words=presenter.words(presenter.dataset.guide_questions[step.question].question),
        answers=tuple(
            (_answer_words(presenter, step.question, branch.answer), target(branch))
            for branch in step.branches
        ),
    )


def _stop(presenter: Presenter, outcome: str) -> ChartStop:
    sign = _sign(presenter, outcome)
    return ChartStop(
        sign=ChartSign(counter=sign.counter, letter=sign.letter, number=sign.number) if sign else None,
        words=_outcome_words(presenter, outcome),
    )
