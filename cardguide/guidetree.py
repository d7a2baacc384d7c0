"""The guide as a decision table, and the order of questions that follows from it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from cardguide.guidemodel import Condition, GuideOutcome, GuideQuestion

Answers = Mapping[str, str]
Way = tuple[str, tuple[tuple[str, str], ...]]
"""An outcome, and the questions with the answers that lead to it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """One condition of an outcome; ``index`` is its place in the list of that outcome."""

    outcome: str
    index: int
    when: Condition

    def allows(self, answers: Answers) -> bool:
        """Say whether the answers so far leave this rule open."""
        return all(answer in self.when.get(question, (answer,)) for question, answer in answers.items())


@dataclass(frozen=True, kw_only=True, slots=True)
class Branch:
    """An answer and where it leads: to a further step, or to an outcome."""

    answer: str
    step: str | None = None
    outcome: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """A question at one place of the guide."""

    id: str
    question: str
    branches: tuple[Branch, ...]


def list_rules(outcomes: Mapping[str, GuideOutcome]) -> tuple[Rule, ...]:
    """Return every condition of every outcome."""
    return tuple(
        Rule(outcome=outcome.id, index=index, when=when)
        for outcome in outcomes.values()
        for index, when in enumerate(outcome.when)
    )


def list_combinations(questions: Mapping[str, GuideQuestion]) -> Iterator[dict[str, str]]:
    """Yield every set of answers, one answer to each question."""
    for answers in product(*(question.answers for question in questions.values())):
        yield dict(zip(questions, answers, strict=True))


def next_question(
    questions: Mapping[str, GuideQuestion], rules: Sequence[Rule], answers: Answers
) -> str | None:
    """Return the first question on which the open rules still depend; none when one outcome is left."""
    if len({rule.outcome for rule in rules}) <= 1:
        return None
    named = {question for rule in rules for question in rule.when}
    return next((question for question in questions if question in named and question not in answers), None)


def create_steps(
    questions: Mapping[str, GuideQuestion], outcomes: Mapping[str, GuideOutcome]
) -> tuple[Step, ...]:
    """Return the steps of a guide whose table is complete, each after the one that leads to it.

    A question that is asked with different ways ahead of it gets a step for each: ``card``, ``card-2``.
    """
    return tuple(_Builder(questions, list_rules(outcomes)).steps.values())


class _Builder:
    """Walks the answers and keeps the steps that it meets, so that ways that meet share what follows."""

    def __init__(self, questions: Mapping[str, GuideQuestion], rules: Sequence[Rule]) -> None:
        self.questions = questions
        self.steps: dict[tuple[str, frozenset[tuple[str, int]]], Step] = {}
        self._visit(rules, {})

    def _visit(self, rules: Sequence[Rule], answers: Answers) -> Step | None:
        asked = next_question(self.questions, rules, answers)
        if asked is None:
            return None
        key = asked, frozenset((rule.outcome, rule.index) for rule in rules)
        if key not in self.steps:
            number = 1 + sum(step.question == asked for step in self.steps.values())
            step_id = asked if number == 1 else f"{asked}-{number}"
            # Holds the place of the step before those that follow from it.
            self.steps[key] = Step(id=step_id, question=asked, branches=())
            branches = tuple(
                self._branch(rules, {**answers, asked: answer}, answer)
                for answer in self.questions[asked].answers
            )
            self.steps[key] = Step(id=step_id, question=asked, branches=branches)
        return self.steps[key]

    def _branch(self, rules: Sequence[Rule], answers: Answers, answer: str) -> Branch:
        left = [rule for rule in rules if rule.allows(answers)]
        step = self._visit(left, answers)
        if step is not None:
            return Branch(answer=answer, step=step.id)
        return Branch(answer=answer, outcome=left[0].outcome)


def list_ways(steps: Sequence[Step]) -> Iterator[Way]:
    """Yield every way through the guide."""
    by_id = {step.id: step for step in steps}

    def follow(step: Step, taken: tuple[tuple[str, str], ...]) -> Iterator[Way]:
        for branch in step.branches:
            way = (*taken, (step.question, branch.answer))
            if branch.outcome is not None:
                yield branch.outcome, way
            elif branch.step is not None:
                yield from follow(by_id[branch.step], way)

    yield from follow(steps[0], ())
