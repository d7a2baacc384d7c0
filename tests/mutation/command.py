"""Mutate the real data and print how the checks did: ``python -m tests.mutation [--each N] [--seed N]``."""

import argparse
import sys
import time
from collections.abc import Iterable, Iterator, Sequence

from miniatures import find_problems

from cardguide.problems import format_text
from mutation.judging import AT_THE_LINE, AT_THE_RECORD, ELSEWHERE, SURVIVED, Verdict
from mutation.running import (
    choose_mutants,
    count_grades,
    create_benign,
    describe,
    false_alarms,
    judge_all,
    missed,
    real_data,
)

COLUMNS = (AT_THE_LINE, AT_THE_RECORD, ELSEWHERE, SURVIVED, "by rules alone")


def main() -> int:
    """Run the engine; exit 1 if a mutant was not refused on its line, or a benign edit was refused."""
    options = _create_parser().parse_args()
    contents = real_data()
    if found := find_problems(contents):
        _say("the data itself is not good:", format_text(found, "en"))
        return 1
    mutants = choose_mutants(contents, options.each, options.seed)
    _say(f"{len(mutants)} mutants of {len(contents)} files")
    judged = judge_all(contents, mutants, with_rules=not options.quick, workers=options.workers)
    verdicts = _with_progress(judged, len(mutants))
    for line in _table(verdicts, COLUMNS[: -1 if options.quick else None]):
        _say(line)
    misses = missed(verdicts)
    _say(f"score: {100 * (len(verdicts) - len(misses)) / len(verdicts):.2f} % refused on the line")
    _say(*map(describe, misses))
    edits = create_benign(contents, options.benign, options.seed)
    alarms = list(false_alarms(contents, edits))
    _say(f"{len(edits)} benign edits, {len(alarms)} false alarms", *alarms)
    return 1 if alarms or misses else 0


def _create_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description="Mutate the real data.")
    parser.add_argument("--each", type=int, default=110, help="mutants of each operator (default: 110)")
    parser.add_argument("--seed", type=int, default=20260614, help="which ones are drawn")
    parser.add_argument("--workers", type=int, default=2, help="processes")
    parser.add_argument("--benign", type=int, default=60, help="benign edits of each kind (default: 60)")
    parser.add_argument("--quick", action="store_true", help="do not count what the rules alone refuse")
    return parser


def _say(*lines: str) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))


def _with_progress(judged: Iterable[Verdict], total: int) -> list[Verdict]:
    started = time.monotonic()
    verdicts: list[Verdict] = []
    for verdict in judged:
        verdicts.append(verdict)
        if len(verdicts) % 100 == 0 or len(verdicts) == total:
            sys.stderr.write(f"\r{len(verdicts)} of {total}, {time.monotonic() - started:.0f} s")
    sys.stderr.write("\n")
    return verdicts


def _table(verdicts: Sequence[Verdict], columns: Sequence[str]) -> Iterator[str]:
    table = count_grades(verdicts)
    yield f"{'operator':28}{'mutants':>9}" + "".join(f"{column:>16}" for column in columns)
    for operator, grades in table.items():
        total = sum(count for grade, count in grades.items() if grade != "by rules alone")
        yield f"{operator:28}{total:9}" + "".join(f"{grades[column]:16}" for column in columns)
    sums = [sum(grades[column] for grades in table.values()) for column in columns]
    yield f"{'all':28}{len(verdicts):9}" + "".join(f"{count:16}" for count in sums)


if __name__ == "__main__":
    sys.exit(main())
