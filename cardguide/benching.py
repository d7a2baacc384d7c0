"""The bench: how long the commands take, how much of it is our own work, and how it grows with the records."""

import datetime
import json
import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from cardguide.checking import read_checked
from cardguide.dataset import Dataset
from cardguide.outputs.embeds import create_embeds
from cardguide.outputs.pages import create_pages
from cardguide.project import Project
from cardguide.projectfiles import CONFIG, SOURCES
from cardguide.templating import create_environment
from cardguide.views.pages import Surroundings

HOME = Path(__file__).resolve().parents[1]
SCALES = (1, 10, 100)
# A configuration without any of our work, for the same pages.
BARE = "site_name: Bare\nsite_url: https://bare.example/\ntheme: {name: material, font: false}\n"


@dataclass(frozen=True, kw_only=True, slots=True)
class Measure:
    """One measured time in seconds, and the goal it is held against."""

    name: str
    seconds: float
    goal: float | None = None


def run_bench(root: Path, folder: Path, *, as_of: datetime.date) -> tuple[Measure, ...]:
    """Measure everything on a copy of a project inside an empty folder."""
    copy = folder / "project"
    for part in SOURCES:
        shutil.copytree(root / part, copy / part)
    shutil.copy(root / CONFIG, copy)
    return (*_commands(copy, as_of), *_bare(copy, folder), *_growth(copy, as_of))


def _commands(copy: Path, as_of: datetime.date) -> Iterator[Measure]:
    day = ("--root", str(copy), "--as-of", as_of.isoformat())
    yield Measure(name="check", seconds=_run("check", *day), goal=0.5)
    yield Measure(name="everything, cold", seconds=_run("build", *day), goal=15)
    yield Measure(name="everything, unchanged", seconds=_run("build", *day), goal=1)
    page = copy / "content" / "en" / "about.md"
    page.write_text(page.read_text("utf-8") + "\nOne more sentence.\n", "utf-8")
    yield Measure(name="everything, one edited page", seconds=_run("build", *day), goal=4)


def _run(*arguments: str) -> float:
    environment = {**os.environ, "PYTHONPATH": str(HOME)}
    command = [sys.executable, "-m", "cardguide.cli", *arguments]
    return _timed(lambda: subprocess.run(command, env=environment, check=True, capture_output=True))


def _bare(copy: Path, folder: Path) -> Iterator[Measure]:
    """Build the same staged pages with MkDocs and its theme alone."""
    docs = folder / "docs"
    for page in (copy / "build" / "docs").rglob("*.md"):
        target = docs / page.relative_to(copy / "build" / "docs")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(page, target)
    config = folder / "bare.yml"
    config.write_text(f"{BARE}docs_dir: {docs}\nsite_dir: {folder / 'site'}\n", "utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(config)]
    yield Measure(
        name="bare mkdocs, same pages",
        seconds=_timed(lambda: subprocess.run(command, check=False, capture_output=True)),
    )


def _growth(copy: Path, as_of: datetime.date) -> Iterator[Measure]:
    """Make pages and tables of 1, 10 and 100 times the procedures."""
    project = Project(root=copy)
    dataset, _ = read_checked(project, as_of)
    environment = create_environment(project.templates, for_markdown=True)
    surroundings = {
        each.tag: Surroundings(prose=project.prose(each.tag), flyers=()) for each in dataset.locales
    }
    tokens = project.styles["tokens.css"]
    for scale in SCALES:
        many = _multiplied(dataset, scale)
        pages = create_pages(many, environment, as_of=as_of, surroundings=surroundings)
        yield Measure(name=f"our pages, {scale} x the procedures", seconds=_drained(pages))
        tables = create_embeds(many, environment, as_of=as_of, tokens=tokens, files=project.embed_files)
        yield Measure(name=f"our tables, {scale} x the procedures", seconds=_drained(tables))


def _drained(artifacts: Iterable[object]) -> float:
    return _timed(lambda: list(artifacts))


def _multiplied(dataset: Dataset, scale: int) -> Dataset:
    more = {
        f"{key}-{number}" if number else key: record.model_copy(
            update={"id": f"{key}-{number}" if number else key}
        )
        for number in range(scale)
        for key, record in dataset.procedures.items()
    }
    return replace(dataset, procedures=more)


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def format_json(measures: tuple[Measure, ...]) -> str:
    """Return the measures as JSON, with the most memory that any command needed."""
    rows = [{"name": each.name, "seconds": round(each.seconds, 3), "goal": each.goal} for each in measures]
    return json.dumps({"measures": rows, "megabytes": _megabytes()}, ensure_ascii=False, indent=1) + "\n"


def format_table(measures: tuple[Measure, ...]) -> str:
    """Return the measures as a table for people."""
    lines = [f"{each.name:<40} {each.seconds:8.2f} s  {_goal(each)}".rstrip() for each in measures]
    return "\n".join([*lines, *_ratios({each.name: each.seconds for each in measures})]) + "\n"


def _goal(measure: Measure) -> str:
    if measure.goal is None:
        return ""
    return f"{'within' if measure.seconds <= measure.goal else 'ABOVE'} {measure.goal:g} s"


def _ratios(seconds: Mapping[str, float]) -> Iterator[str]:
    ours = seconds["our pages, 1 x the procedures"] + seconds["our tables, 1 x the procedures"]
    yield f"our pages and tables / bare mkdocs: {ours / seconds['bare mkdocs, same pages']:.2f}"
    yield f"most memory of a command: {_megabytes()} MB"


def _megabytes() -> int:
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
