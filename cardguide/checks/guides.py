"""Rules about the guide and the dates: answers lead to one outcome, and days follow from days."""

from collections.abc import Iterator, Mapping
from typing import Any

from cardguide.checks.references import nearest
from cardguide.checks.survey import Survey
from cardguide.dataset import Path
from cardguide.guidemodel import Condition
from cardguide.guidetree import list_combinations, list_rules
from cardguide.problems import Problem


def check_answers(survey: Survey) -> Iterator[Problem]:
    """A condition names answers of its question, each once."""
    questions = {key: question.answers for key, question in survey.dataset.guide_questions.items()}
    choices = {key: given.choices for key, given in survey.dataset.date_inputs.items()}
    for path, outcome in survey.records("guide_outcomes"):
        for index, condition in enumerate(outcome.when):
            yield from _check_condition(survey, (*path, "when", index), condition, questions)
    for path, rule in survey.records("date_rules"):
        yield from _check_condition(survey, (*path, "when"), rule.when, choices)


def _check_condition(
    survey: Survey, path: Path, condition: Condition, known: Mapping[str, Mapping[str, Any]]
) -> Iterator[Problem]:
    for question, answers in condition.items():
        for index, answer in enumerate(answers):
            where = (*path, question, index)
            if question in known and answer not in known[question]:
                near = nearest(answer, known[question])
                yield survey.problem(where, "answer-unknown", value=answer, question=question, near=near)
            if answer in answers[:index]:
                yield survey.problem(where, "list-repeats", value=answer)


def check_coverage(survey: Survey) -> Iterator[Problem]:
    """Every set of answers to the guide leads to exactly one outcome."""
    rules = list_rules(survey.dataset.guide_outcomes)
    dead_ends = 0
    told: set[tuple[str, ...]] = set()
    for answers in list_combinations(survey.dataset.guide_questions):
        outcomes = tuple(dict.fromkeys(rule.outcome for rule in rules if rule.allows(answers)))
        shown = ", ".join(f"{question}: {answer}" for question, answer in answers.items())
        if not outcomes:
            dead_ends += 1
            if dead_ends == 1:
                yield survey.problem(("guide_outcomes",), "guide-dead-end", at_key=True, answers=shown)
        elif len(outcomes) > 1 and outcomes not in told:
            told.add(outcomes)
            for outcome in outcomes:
                others = ", ".join(other for other in outcomes if other != outcome)
                yield survey.problem(
                    ("guide_outcomes", outcome, "when"),
                    "guide-overlap",
                    at_key=True,
                    answers=shown,
                    others=others,
                )


def check_reached(survey: Survey) -> Iterator[Problem]:
    """Every procedure is the outcome of some answers."""
    reached = {outcome.procedure for outcome in survey.dataset.guide_outcomes.values()}
    for path, _ in survey.records("procedures"):
        if reached and path[-1] not in reached:
            yield survey.problem(path, "procedure-unreached", at_key=True)


def check_outcomes(survey: Survey) -> Iterator[Problem]:
    """An outcome leads somewhere: to a procedure, a statement or an open question."""
    for path, outcome in survey.records("guide_outcomes"):
        if not (outcome.procedure or outcome.statements or outcome.unknown):
            yield survey.problem((*path, "title"), "outcome-empty", at_key=True)
        if not outcome.when:
            yield survey.problem((*path, "when"), "outcome-never", at_key=True)


def check_inputs(survey: Survey) -> Iterator[Problem]:
    """A choice has choices and a day has none; a day is computed from a day."""
    for path, given in survey.records("date_inputs"):
        if (given.kind == "choice") != bool(given.choices):
            yield survey.problem((*path, "kind"), "choices-wrong", kind=given.kind)
    for path, rule in survey.records("date_rules"):
        given = survey.dataset.date_inputs.get(rule.input)
        if given is not None and given.kind != "day":
            yield survey.problem((*path, "input"), "input-not-day", input=rule.input)
        if (rule.role == "opens") != (rule.sooner is not None):
            yield survey.problem((*path, "role"), "role-wrong", role=rule.role)
