"""Choose mutants, judge them with both hands, and count."""

import multiprocessing
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from miniatures import find_problems

from cardguide.project import Project
from mutation.benign import BENIGN, Edit
from mutation.judging import AT_THE_LINE, SURVIVED, Judge, Verdict, create_judge
from mutation.operators import OPERATORS, Mutant, create_mutants
from mutation.places import read_sheet
from mutation.whole import create_whole_mutants

HOME = Path(__file__).resolve().parents[2]


def real_data() -> dict[str, bytes]:
    """Return the files of the real data."""
    return dict(Project(root=HOME).read_data())


def choose_mutants(contents: Mapping[str, bytes], each: int, seed: int) -> list[Mutant]:
    """Return up to ``each`` mutants of every operator, drawn from all files, and those of whole files."""
    draw = random.Random(seed)  # noqa: S311 a sample, not a secret
    sheets = [read_sheet(name, content) for name, content in contents.items()]
    chosen: list[Mutant] = []
    for operator in OPERATORS:
        mutants = [mutant for sheet in sheets for mutant in create_mutants(sheet, operator)]
        chosen += draw.sample(mutants, min(each, len(mutants)))
    whole = list(create_whole_mutants(contents))
    return [*chosen, *draw.sample(whole, min(each, len(whole)))]


@dataclass(frozen=True, kw_only=True)
class Bench:
    """What every worker has before it: the judge, the mutants, and whether the rules are asked in any case."""

    judge: Judge
    mutants: Sequence[Mutant]
    with_rules: bool

    def verdict(self, index: int) -> tuple[str, str | None]:
        """Judge one mutant."""
        return self.judge.judge(self.mutants[index], with_rules=self.with_rules)


_bench: list[Bench] = []


def _sit_down(bench: Bench) -> None:
    _bench[:] = [bench]


def _verdict(index: int) -> tuple[str, str | None]:
    return _bench[0].verdict(index)


def judge_all(
    contents: Mapping[str, bytes], mutants: Sequence[Mutant], *, with_rules: bool, workers: int
) -> Iterator[Verdict]:
    """Yield the verdict on each mutant; workers are forked, so that they share what was read."""
    bench = Bench(judge=create_judge(contents), mutants=mutants, with_rules=with_rules)
    if workers == 1:
        grades = map(bench.verdict, range(len(mutants)))
        yield from _verdicts(mutants, grades)
        return
    with multiprocessing.get_context("fork").Pool(workers, _sit_down, (bench,)) as pool:
        yield from _verdicts(mutants, pool.imap(_verdict, range(len(mutants)), chunksize=20))


def _verdicts(mutants: Sequence[Mutant], grades: Iterable[tuple[str, str | None]]) -> Iterator[Verdict]:
    for mutant, (whole, rules_alone) in zip(mutants, grades, strict=True):
        yield Verdict(mutant=mutant, whole=whole, rules_alone=rules_alone)


def create_benign(contents: Mapping[str, bytes], each: int, seed: int) -> list[tuple[str, str, Edit]]:
    """Return up to ``each`` benign edits of every kind, with the file that they change."""
    draw = random.Random(seed)  # noqa: S311 a sample, not a secret
    sheets = [read_sheet(name, content) for name, content in contents.items()]
    chosen: list[tuple[str, str, Edit]] = []
    for benign in BENIGN:
        edits = [(benign.__name__, sheet.name, make) for sheet in sheets for make in benign(sheet)]
        chosen += draw.sample(edits, min(each, len(edits)))
    return chosen


def false_alarms(contents: Mapping[str, bytes], edits: Iterable[tuple[str, str, Edit]]) -> Iterator[str]:
    """Yield each benign edit that brings a problem."""
    for kind, name, make in edits:
        for problem in find_problems({**contents, name: make()}):
            yield f"{kind}: {problem.file}:{problem.line} {problem.where}: {problem.message('en')}"


def count_grades(verdicts: Iterable[Verdict]) -> dict[str, Counter[str]]:
    """Return how often each operator got each grade."""
    table: dict[str, Counter[str]] = defaultdict(Counter)
    for verdict in verdicts:
        table[verdict.mutant.operator][verdict.whole] += 1
        if verdict.rules_alone is not None:
            table[verdict.mutant.operator]["by rules alone"] += verdict.rules_alone != SURVIVED
    return table


def describe(verdict: Verdict) -> str:
    """Return a line that says which mutant it was and how it fared."""
    mutant = verdict.mutant
    place = f"data/{mutant.name}.yaml:{mutant.lines[0]} {mutant.where}"
    return f"{verdict.whole}: {mutant.operator}: {place}: {mutant.shown}"


def missed(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """Return the verdicts that are not good enough: refused elsewhere than at the line, or not at all."""
    return [verdict for verdict in verdicts if verdict.whole != AT_THE_LINE]
