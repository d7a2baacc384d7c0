"""The bench: how long everything takes, beside named yardsticks on the same pages, and how it grows."""

import datetime
import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from pathlib import Path

from cardguide.benching.commands import measure_commands
from cardguide.benching.growth import measure_growth
from cardguide.benching.measures import Measure, Ratio
from cardguide.benching.peers import measure_peers
from cardguide.benching.preview import measure_preview
from cardguide.projectfiles import CONFIG, SOURCES

GOAL_MEGABYTES = 500
_RATIOS = (
    ("locales side by side / Zensical, same pages", "our pages from staged", "zensical, same pages", 0.6),
    ("our making / bare mkdocs, same pages", "our making, 1 x the records", "bare mkdocs, same pages", 0.5),
    ("per record, 10 x / 1 x", "our making, 10 x the records", "our making, 1 x the records", 10),
    ("per record, 100 x / 1 x", "our making, 100 x the records", "our making, 1 x the records", 100),
    ("pages of 10 x the records / 1 x", "built pages, 10 x the records", "built pages, 1 x the records", 10),
    ("twice the languages / once", "our making, twice the languages", "our making, 1 x the records", 2),
)


def run_bench(
    root: Path, folder: Path, *, as_of: datetime.date, scales: Sequence[int], say: Callable[[str], None]
) -> tuple[Measure, ...]:
    """Measure everything on a copy of a project inside an empty folder, and say each measure when it is there."""
    copy = folder / "project"
    for part in SOURCES:
        shutil.copytree(root / part, copy / part)
    shutil.copy(root / CONFIG, copy)
    groups = (
        measure_commands(copy, as_of),
        measure_preview(copy, as_of),
        measure_peers(copy, folder / "peers"),
        measure_growth(copy, folder / "growth", as_of, scales),
    )
    measures: list[Measure] = []
    for measure in chain.from_iterable(groups):
        say(_row(measure))
        measures.append(measure)
    return tuple(measures)


def find_ratios(measures: Sequence[Measure]) -> Iterator[Ratio]:
    """Yield what a busy machine changes least: times of ours against a yardstick that was measured beside them."""
    by_name = {measure.name: measure for measure in measures}
    for name, ours, other, goal in _RATIOS:
        if ours in by_name and other in by_name:
            yield Ratio(
                name=name,
                seconds=by_name[ours].seconds / by_name[other].seconds,
                processor=by_name[ours].processor / by_name[other].processor,
                goal=goal,
            )


def format_json(measures: Sequence[Measure]) -> str:
    """Return the measures as JSON."""
    return (
        json.dumps(
            {
                "measures": [measure.as_json() for measure in measures],
                "ratios": [ratio.as_json() for ratio in find_ratios(measures)],
                "megabytes": _megabytes(measures),
            },
            ensure_ascii=False,
            indent=1,
        )
        + "\n"
    )


def format_table(measures: Sequence[Measure]) -> str:
    """Return the measures as a table for people."""
    head = f"{'':<44} {'seconds':>8} {'processor':>10} {'MB':>5}  goal"
    ratios = [
        f"{ratio.name:<44} {ratio.seconds:8.2f} {ratio.processor:10.2f}        {_verdict(ratio.seconds, ratio.goal)}"
        for ratio in find_ratios(measures)
    ]
    memory = f"{'most memory of a command':<44} {_megabytes(measures):8} MB"
    last = f"{memory}                {_verdict(_megabytes(measures), GOAL_MEGABYTES)}"
    return "\n".join([head, *map(_row, measures), "", *ratios, last]) + "\n"


def _row(measure: Measure) -> str:
    megabytes = measure.megabytes or ""
    return (
        f"{measure.name:<44} {measure.seconds:8.2f} {measure.processor:10.2f} {megabytes:>5}  "
        f"{_verdict(measure.seconds, measure.goal)}"
    ).rstrip()


def _verdict(value: float, goal: float | None) -> str:
    if goal is None:
        return ""
    return f"{'within' if value <= goal else 'ABOVE'} {goal:g}"


def _megabytes(measures: Sequence[Measure]) -> int:
    return max((measure.megabytes for measure in measures), default=0)
