"""The judge: reads a mutated file among the good ones, and says whether and how it was refused."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from miniatures import TODAY, read_quickly

from cardguide.checks import check_dataset
from cardguide.confirming import Lock, create_lock, read_lock, unconfirmed
from cardguide.problems import DataError, Problem
from mutation.operators import Mutant

# How well a mutant was refused, best first.
AT_THE_LINE, AT_THE_RECORD, ELSEWHERE, SURVIVED = "at the line", "at the record", "elsewhere", "survived"


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """How a mutant was refused: with everything, and by the rules alone, without what was confirmed."""

    mutant: Mutant
    whole: str
    rules_alone: str | None


@dataclass(frozen=True)
class Judge:
    """Knows the good files and what was confirmed in them."""

    contents: Mapping[str, bytes]
    lock: Lock

    def judge(self, mutant: Mutant, *, with_rules: bool) -> tuple[str, str | None]:
        """Say how a mutant is refused: by everything, and by the rules alone if they are asked."""
        contents = {**self.contents, mutant.name: mutant.make()}
        try:
            dataset = read_quickly(contents)
        except DataError as error:
            grade = grade_problems(mutant, error.problems)
            return grade, grade
        changed = [problem for problem in unconfirmed(dataset, self.lock) if problem.severity == "error"]
        whole = grade_problems(mutant, changed)
        found: list[Problem] = []
        if with_rules or whole != AT_THE_LINE:
            found = [each for each in check_dataset(dataset, TODAY, today=TODAY) if each.severity == "error"]
            whole = grade_problems(mutant, [*changed, *found])
        return whole, grade_problems(mutant, found) if with_rules else None


def create_judge(contents: Mapping[str, bytes]) -> Judge:
    """Return a judge for good files, with everything in them confirmed."""
    return Judge(contents, read_lock(create_lock(read_quickly(contents)).encode()))


def grade_problems(mutant: Mutant, problems: Iterable[Problem]) -> str:
    """Return the best grade of the problems."""
    grades = [_grade(mutant, problem) for problem in problems]
    return next((grade for grade in (AT_THE_LINE, AT_THE_RECORD, ELSEWHERE) if grade in grades), SURVIVED)


def _grade(mutant: Mutant, problem: Problem) -> str:
    if problem.file != f"data/{mutant.name}.yaml":
        return ELSEWHERE
    near = mutant.lines[0] - 1 <= problem.line <= mutant.lines[-1] + 1
    if (near and _names_the_field(mutant, problem)) or _misses_the_field(mutant, problem):
        return AT_THE_LINE
    record = ".".join(mutant.where.split(".")[:2])
    return AT_THE_RECORD if f"{problem.where}.".startswith(f"{record}.") else ELSEWHERE


def _without_indices(where: str) -> str:
    """Return a path by its keys: a wrong indent makes an item one of the item above it."""
    return "".join(f"{step}." for step in where.split(".") if not step.isdecimal())


def _misses_the_field(mutant: Mutant, problem: Problem) -> bool:
    """Tell a problem that says which key a record misses: a line that is gone is told at its record."""
    holder, _, key = mutant.where.rpartition(".")
    return not mutant.new and problem.where == holder and problem.details.get("key") == key


def _names_the_field(mutant: Mutant, problem: Problem) -> bool:
    """Tell a problem that names the field, the part that holds it, or a key or value of the mutated line."""
    where, told = _without_indices(mutant.where), _without_indices(problem.where)
    if where.startswith(told) or told.startswith(where) or problem.where == "(file)":
        return True
    told_words = " ".join((problem.where, *map(str, problem.details.values())))
    return any(key in told_words for key in (mutant.where.rsplit(".", 1)[-1], *mutant.new_keys))
