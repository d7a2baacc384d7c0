"""The commands: what each does with its options; each loads only what it needs."""

import argparse
import datetime
import gc
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from cardguide.terminal import (
    DATA,
    GOOD,
    now_in_tokyo,
    print_lines,
    print_problems,
    refuse_usage,
    say,
    today_in_tokyo,
)

HOME = Path(__file__).resolve().parent.parent
OUTPUTS = ("site", "flyers", "embeds", "data")


def _as_of(options: argparse.Namespace) -> datetime.date:
    return options.as_of or today_in_tokyo()


def do_check(options: argparse.Namespace) -> int:
    """Check the data and write nothing."""
    from cardguide.readahead import reading_ahead

    root = _root(options)
    with _without_garbage(), reading_ahead(root) as ahead:
        from cardguide.checking import read_checked
        from cardguide.dataset import build_shapes
        from cardguide.project import Project

        build_shapes()
        _, warnings = read_checked(
            Project(root=root), _as_of(options), today=today_in_tokyo(), read=ahead.read
        )
    print_problems(warnings, options)
    if options.format == "text":
        say("the data is good" if options.lang == "en" else "データに誤りはありません")
    return GOOD


@contextmanager
def _without_garbage() -> Iterator[None]:
    """Look for no garbage: in a run of a second that keeps its records to the end, there is none to find."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def do_build(options: argparse.Namespace) -> int:
    """Publish the tree, unless it is there already."""
    root = _root(options)
    output = _output(root, options.out)
    if not options.only and _is_current(root, output, _as_of(options)):
        say(f"nothing has changed; {output} is as this build would make it")
        return GOOD
    from cardguide.building import build

    build(
        root,
        output,
        as_of=_as_of(options),
        only=options.only or OUTPUTS,
        since=now_in_tokyo(),
        say=say,
        warn=lambda warnings: print_problems(warnings, options),
    )
    return GOOD


def _is_current(root: Path, output: Path, as_of: datetime.date) -> bool:
    # Asked before the builder is loaded, which takes longer than the answer.
    from cardguide.manifest import create_making, is_current

    return is_current(output, create_making(root, as_of))


def do_serve(options: argparse.Namespace) -> int:
    """Show a live preview."""
    from cardguide.previewing import serve

    serve(_root(options), as_of=_as_of(options), port=options.port, language=options.lang, say=say)
    return GOOD


def do_flyer(options: argparse.Namespace) -> int:
    """Print a sheet for one counter."""
    from cardguide.imprinting import write_flyer

    return _write_imprints(options, write_flyer)


def do_flyers(options: argparse.Namespace) -> int:
    """Print a sheet for many counters."""
    from cardguide.imprinting import write_flyers

    return _write_imprints(options, write_flyers)


def _write_imprints(options: argparse.Namespace, write: Callable[..., tuple[Path, ...]]) -> int:
    from cardguide.imprinting import Request, UnknownFlyerError
    from cardguide.project import Project

    root, start = _root(options), time.monotonic()
    out = _output(root, options.out or root / "build" / "imprints")
    request = Request(flyer=options.flyer, office=options.office, locale=options.locale, out=out)
    try:
        files = write(Project(root=root), request, as_of=_as_of(options), say=say)
    except UnknownFlyerError as error:
        refuse_usage(str(error))
    sheets = "1 sheet" if len(files) == 1 else f"{len(files)} sheets"
    say(f"{sheets} in {time.monotonic() - start:.1f} s: {out}")
    return GOOD


def do_editions(options: argparse.Namespace) -> int:
    """List the editions of the sheets, and record them where that is asked."""
    from cardguide.project import Project
    from cardguide.recording import describe_editions, write_editions

    project = Project(root=_root(options))
    if options.record:
        write_editions(project, _as_of(options))
    print_lines(describe_editions(project, _as_of(options), options.lang))
    return GOOD


def do_changes(options: argparse.Namespace) -> int:
    """List the days on which a new build says something different."""
    from cardguide.dataset import read_dataset
    from cardguide.project import Project
    from cardguide.upkeep import describe_changes

    dataset = read_dataset(Project(root=_root(options)).read_data())
    print_lines(describe_changes(dataset, _as_of(options), options.lang))
    return GOOD


def do_compare(options: argparse.Namespace) -> int:
    """Say what readers read differently from another state of the project."""
    from cardguide.meaning import compare_projects, format_meaning
    from cardguide.project import Project

    before = Project(root=_project_folder(options.before))
    meaning = compare_projects(before, Project(root=_root(options)), _as_of(options))
    sys.stdout.write(format_meaning(meaning, options.lang))
    return GOOD


def do_confirm(options: argparse.Namespace) -> int:
    """Show what changed since it was confirmed, and confirm it."""
    from cardguide.confirming import format_changes
    from cardguide.project import Project
    from cardguide.upkeep import unconfirmed_changes, write_confirmed

    project = Project(root=_root(options))
    if not (options.all or options.records):
        changes = unconfirmed_changes(project)
        sys.stdout.write(format_changes(changes, options.lang))
        say(_CONFIRM[options.lang] if changes else _CONFIRMED[options.lang])
        return GOOD
    changes = write_confirmed(project, None if options.all else options.records)
    sys.stdout.write(format_changes(changes, options.lang))
    say(_CONFIRMED[options.lang])
    return GOOD


_CONFIRM = {
    "ja": "この内容でよければ、記録の名前（例：facts.launch）か --all を付けて、もう一度実行してください",
    "en": "if this is right, run it again with the names of records (facts.launch) or with --all",
}


_CONFIRMED = {"ja": "データは確認済みです", "en": "the data is confirmed"}


def do_review(options: argparse.Namespace) -> int:
    """List what is to be compared with its sources again, or record that it was."""
    from cardguide.project import Project
    from cardguide.upkeep import describe_review, open_places, reviews_in

    if options.done:
        return _record_review(options)
    reviews = reviews_in(
        Project(root=_root(options)), _as_of(options), language=options.lang, only_due=not options.all
    )
    for review in reviews:
        print_lines(describe_review(review, options.lang))
    if options.open:
        import webbrowser

        open_places(reviews, webbrowser.open)
    return GOOD


def _record_review(options: argparse.Namespace) -> int:
    from cardguide.project import Project
    from cardguide.reviewing import UnknownRecordError
    from cardguide.upkeep import write_checks

    day = options.on or _as_of(options)
    if day > today_in_tokyo():
        refuse_usage(f"{day} has not come yet; record a check on its day or later")
    try:
        checks = write_checks(Project(root=_root(options)), options.done, day)
    except UnknownRecordError as error:
        refuse_usage(f"no single record is called that: {error}; write it as facts.launch")
    print_lines(f"{check.record}  checked on {day}" for check in checks)
    return GOOD


def do_rollback(options: argparse.Namespace) -> int:
    """Put an earlier tree back, or list them."""
    from cardguide.manifest import describe_tree
    from cardguide.publishing import earlier_trees, rollback

    output = _output(_root(options), options.out)
    if options.list:
        trees = (output, *earlier_trees(output))
        print_lines(f"{steps}  {describe_tree(tree)}" for steps, tree in enumerate(trees))
        return GOOD
    rollback(output, since=now_in_tokyo(), steps=options.steps)
    return GOOD


def do_bench(options: argparse.Namespace) -> int:
    """Measure everything."""
    import tempfile

    from cardguide.benching import format_json, format_table, run_bench

    with tempfile.TemporaryDirectory(prefix="cardguide-bench-") as folder:
        measures = run_bench(
            _root(options), Path(folder), as_of=_as_of(options), scales=options.scales, say=say
        )
    sys.stdout.write((format_json if options.format == "json" else format_table)(measures))
    return GOOD


def do_verify(options: argparse.Namespace) -> int:
    """Prove that a place serves what a build has made."""
    from cardguide.verifying import verify

    place = options.place or str(_root(options) / "dist")
    verdict = verify(place, like=options.like)
    for path, what in verdict.differences:
        say(f"{path}: {what}")
    differing = len(verdict.differences)
    say(f"{place}: {verdict.files} files, {differing} differ; manifest sha256 {verdict.manifest}")
    return DATA if differing else GOOD


def do_test(options: argparse.Namespace) -> int:
    """Run the tests."""
    import subprocess

    arguments = [argument for argument in options.pytest if argument != "--"]
    return subprocess.call([sys.executable, "-m", "pytest", *arguments], cwd=HOME)


def _root(options: argparse.Namespace) -> Path:
    return _project_folder(options.root)


def _project_folder(folder: Path) -> Path:
    if not (folder / "data").is_dir():
        refuse_usage(f"{folder} is not a project folder: it has no data/")
    return folder.resolve()


def _output(root: Path, wanted: Path | None) -> Path:
    # Not resolved: an output that is a link must be seen as one, and refused.
    output = Path(os.path.normpath((wanted or root / "dist").absolute()))
    real = output.resolve()
    sources = [root / folder for folder in ("data", "content", "templates", "flyers", "cardguide")]
    if real in {root, *root.parents} or any(source == real or source in real.parents for source in sources):
        refuse_usage(f"{output} holds sources of the project; choose another folder for the output")
    return output
