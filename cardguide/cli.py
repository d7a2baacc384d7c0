"""The command line: a contract with people and programs; see the table in ``README.md``."""

import argparse
import contextlib
import datetime
import gc
import io
import os
import signal
import subprocess
import sys
import time
import webbrowser
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from types import FrameType
from typing import NoReturn
from zoneinfo import ZoneInfo

from cardguide import problems as problem_words
from cardguide.problems import DataError, Language, Problem

HOME = Path(__file__).resolve().parent.parent
GOOD, DATA, USAGE, ENVIRONMENT, FILES, BUG = range(6)
INTERRUPTED, TERMINATED = 130, 143
OUTPUTS = ("site", "flyers", "embeds", "data")


class Terminated(BaseException):
    """Somebody asked this process to end."""


def _raise_terminated(_number: int, _frame: FrameType | None) -> NoReturn:
    raise Terminated


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; no traceback reaches a person unless ``--debug`` asks for it."""
    _let_every_terminal_show_everything()
    options = create_parser().parse_args(
        _with_default_command(sys.argv[1:] if arguments is None else arguments)
    )
    signal.signal(signal.SIGTERM, _raise_terminated)
    # A run keeps nearly all that it makes to its end; to look for garbage costs a tenth of the time, and finds little.
    gc.set_threshold(100_000, 50, 50)
    try:
        return int(options.run(options))
    except DataError as error:
        _print_problems(error.problems, options)
        return DATA
    except KeyboardInterrupt:
        return INTERRUPTED
    except Terminated:
        return TERMINATED
    except OSError as error:
        _say(f"{error.filename or ''}: {error.strerror or error}".lstrip(": "))
        return FILES
    except SystemExit:
        raise
    except BaseException as error:  # noqa: BLE001 - whatever it is, a person reads a sentence, not a traceback
        return _explain(error, options)


def _let_every_terminal_show_everything() -> None:
    """Write what a terminal has no character for as its number, so that no message ends a command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def create_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    parser = argparse.ArgumentParser(
        prog="build.py", description="One dataset: site, flyers, tables and open data."
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    build = _command(commands, "build", "build everything into dist/", _build)
    build.add_argument(
        "--out", type=Path, metavar="DIR", help="the published tree (default: dist/ of the project)"
    )
    build.add_argument("--only", type=_outputs, metavar="OUTPUTS", help="some of site,flyers,embeds,data")

    check = _command(commands, "check", "check the data and write nothing", _check)
    check.add_argument("--format", choices=("text", "json", "github"), default="text")

    serve = _command(commands, "serve", "live preview: data, templates, content, flyers", _serve)
    serve.add_argument("--port", type=int, default=8000)

    _imprint_command(commands, "flyer", "print a flyer with the name of one office", _flyer, "CODE", "FILE")
    _imprint_command(
        commands,
        "flyers",
        "print a flyer for all offices or a list of one's own",
        _flyers,
        "all|FILE.csv",
        "DIR",
    )

    editions = _command(
        commands, "editions", "list the editions of the sheets that are printed now", _editions
    )
    editions.add_argument(
        "--record", action="store_true", help="write them down as given out, before a release"
    )

    _command(commands, "changes", "list the days on which a new build is due", _changes)

    compare = _command(
        commands, "compare", "say what differs for readers from another state of the project", _compare
    )
    compare.add_argument("before", type=Path, metavar="DIR", help="the project folder as it was")

    confirm = _command(
        commands, "confirm", "show what changed since it was confirmed, and confirm it", _confirm
    )
    confirm.add_argument("records", nargs="*", metavar="RECORD", help="facts.launch, or a collection: facts")
    confirm.add_argument("--all", action="store_true", help="confirm everything as it is now")

    review = _command(commands, "review", "list what is to be compared with its sources again", _review)
    review.add_argument("--all", action="store_true", help="also what is not due yet")
    review.add_argument("--open", action="store_true", help="open the sources of what is listed")
    review.add_argument("--done", nargs="+", metavar="RECORD", help="write that records are unchanged")
    review.add_argument("--on", type=_day, metavar="YYYY-MM-DD", help="the day of that check")

    rollback = _command(commands, "rollback", "put the tree before the last build back in place", _rollback)
    rollback.add_argument("--out", type=Path, metavar="DIR")
    rollback.add_argument("--steps", type=_steps, default=1, metavar="N", help="how many builds back")
    rollback.add_argument("--list", action="store_true", help="only say which trees there are")

    verify = _command(
        commands, "verify", "prove that a folder or a served site is what a build has made", _verify
    )
    verify.add_argument(
        "place", metavar="DIR|URL", nargs="?", help="what to look at (default: dist/ of the project)"
    )
    verify.add_argument("--like", type=Path, metavar="DIR", help="the built tree it must equal")

    bench = _command(commands, "bench", "measure how long everything takes", _bench)
    bench.add_argument("--format", choices=("table", "json"), default="table")
    bench.add_argument(
        "--scales", type=_scales, default=(1, 10, 100), metavar="1,10,100", help="times the records"
    )

    test = commands.add_parser("test", help="run the tests; further arguments go to pytest", add_help=False)
    test.add_argument("pytest", nargs=argparse.REMAINDER)
    test.set_defaults(run=_test, debug=True)
    return parser


def _command(commands: object, name: str, words: str, run: object) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=words, description=words)  # type: ignore[attr-defined]
    parser.add_argument("--root", type=Path, default=HOME, metavar="DIR", help="the project folder")
    parser.add_argument(
        "--as-of", type=_day, default=None, metavar="YYYY-MM-DD", help="the day (default: today in Tokyo)"
    )
    parser.add_argument(
        "--lang", choices=("ja", "en"), default=_terminal_language(), help="language of the messages"
    )
    parser.add_argument("--debug", action="store_true", help="show the traceback of a fault of the program")
    parser.set_defaults(run=run)
    return parser


def _imprint_command(commands: object, name: str, words: str, run: object, offices: str, out: str) -> None:
    parser = _command(commands, name, words, run)
    parser.add_argument("flyer", metavar="FLYER", help="the flyer, such as A4")
    parser.add_argument(
        "--office", required=True, metavar=offices, help="code of the office, as 131032 or tokyo"
    )
    parser.add_argument("--locale", metavar="L", help="ja, en or ja-en (default: ja; of many offices, each)")
    parser.add_argument("--out", type=Path, metavar=out, help="default: build/imprints/ of the project")


def _with_default_command(arguments: Sequence[str]) -> list[str]:
    """Take a call without a command for ``build``; what follows ``test`` is pytest's, options too."""
    if arguments[:1] == ["test"] and arguments[1:2] != ["--"]:
        return ["test", "--", *arguments[1:]]
    bare = not arguments or (arguments[0].startswith("-") and arguments[0] not in {"-h", "--help"})
    return ["build", *arguments] if bare else list(arguments)


def _day(text: str) -> datetime.date:
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or text != day.isoformat():
        raise argparse.ArgumentTypeError(f"{text!r} is not a day; write it as 2026-06-14")
    return day


def _steps(text: str) -> int:
    if not text.isascii() or not text.isdigit() or text == "0":
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of builds")
    return int(text)


def _scales(text: str) -> tuple[int, ...]:
    return tuple(_steps(part) for part in text.split(","))


def _outputs(text: str) -> tuple[str, ...]:
    wanted = tuple(text.split(","))
    if unknown := [output for output in wanted if output not in OUTPUTS]:
        raise argparse.ArgumentTypeError(f"{unknown[0]!r} is none of {','.join(OUTPUTS)}")
    return wanted


def _terminal_language() -> Language:
    """Return the language of the terminal; Japanese only where it says so."""
    wanted = next(
        (os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), ""
    )
    return "ja" if wanted.startswith("ja") else "en"


def today_in_tokyo() -> datetime.date:
    """Return today's date in Japan, whatever the zone of the machine."""
    return datetime.datetime.now(ZoneInfo("Asia/Tokyo")).date()


def _as_of(options: argparse.Namespace) -> datetime.date:
    return options.as_of or today_in_tokyo()


def _check(options: argparse.Namespace) -> int:
    from cardguide.checking import read_checked
    from cardguide.project import Project

    project = Project(root=_root(options))
    _, warnings = read_checked(project, _as_of(options), today=today_in_tokyo())
    _print_problems(warnings, options)
    if options.format == "text":
        _say("the data is good" if options.lang == "en" else "データに誤りはありません")
    return GOOD


def _build(options: argparse.Namespace) -> int:
    root = _root(options)
    output = _output(root, options.out)
    if not options.only and _is_current(root, output, _as_of(options)):
        _say(f"nothing has changed; {output} is as this build would make it")
        return GOOD
    from cardguide.building import build

    build(
        root,
        output,
        as_of=_as_of(options),
        only=options.only or OUTPUTS,
        since=_now(),
        say=_say,
        warn=lambda warnings: _print_problems(warnings, options),
    )
    return GOOD


def _is_current(root: Path, output: Path, as_of: datetime.date) -> bool:
    # Asked before the builder is loaded, which takes longer than the answer.
    from cardguide.manifest import create_making, is_current

    return is_current(output, create_making(root, as_of))


def _serve(options: argparse.Namespace) -> int:
    from cardguide.previewing import serve

    serve(_root(options), as_of=_as_of(options), port=options.port, language=options.lang, say=_say)
    return GOOD


def _flyer(options: argparse.Namespace) -> int:
    from cardguide.imprinting import write_flyer

    return _write_imprints(options, write_flyer)


def _flyers(options: argparse.Namespace) -> int:
    from cardguide.imprinting import write_flyers

    return _write_imprints(options, write_flyers)


def _write_imprints(options: argparse.Namespace, write: Callable[..., tuple[Path, ...]]) -> int:
    from cardguide.imprinting import Request, UnknownFlyerError
    from cardguide.project import Project

    root, start = _root(options), time.monotonic()
    out = _output(root, options.out or root / "build" / "imprints")
    request = Request(flyer=options.flyer, office=options.office, locale=options.locale, out=out)
    try:
        files = write(Project(root=root), request, as_of=_as_of(options), say=_say)
    except UnknownFlyerError as error:
        _usage(str(error))
    _say(f"{len(files)} sheets in {time.monotonic() - start:.1f} s: {out}")
    return GOOD


def _editions(options: argparse.Namespace) -> int:
    from cardguide.project import Project
    from cardguide.recording import describe_editions, write_editions

    project = Project(root=_root(options))
    if options.record:
        write_editions(project, _as_of(options))
    _print_lines(describe_editions(project, _as_of(options), options.lang))
    return GOOD


def _changes(options: argparse.Namespace) -> int:
    from cardguide.dataset import read_dataset
    from cardguide.project import Project
    from cardguide.upkeep import describe_changes

    dataset = read_dataset(Project(root=_root(options)).read_data())
    _print_lines(describe_changes(dataset, _as_of(options), options.lang))
    return GOOD


def _compare(options: argparse.Namespace) -> int:
    from cardguide.meaning import compare_projects, format_meaning
    from cardguide.project import Project

    before = Project(root=_project_folder(options.before))
    meaning = compare_projects(before, Project(root=_root(options)), _as_of(options))
    sys.stdout.write(format_meaning(meaning, options.lang))
    return GOOD


def _confirm(options: argparse.Namespace) -> int:
    from cardguide.confirming import format_changes
    from cardguide.project import Project
    from cardguide.upkeep import unconfirmed_changes, write_confirmed

    project = Project(root=_root(options))
    if not (options.all or options.records):
        changes = unconfirmed_changes(project)
        sys.stdout.write(format_changes(changes, options.lang))
        _say(_CONFIRM[options.lang] if changes else _CONFIRMED[options.lang])
        return GOOD
    changes = write_confirmed(project, None if options.all else options.records)
    sys.stdout.write(format_changes(changes, options.lang))
    _say(_CONFIRMED[options.lang])
    return GOOD


_CONFIRM = {
    "ja": "この内容でよければ、記録の名前（例：facts.launch）か --all を付けて、もう一度実行してください",
    "en": "if this is right, run it again with the names of records (facts.launch) or with --all",
}
_CONFIRMED = {"ja": "データは確認済みです", "en": "the data is confirmed"}


def _review(options: argparse.Namespace) -> int:
    from cardguide.project import Project
    from cardguide.upkeep import describe_review, open_places, reviews_in

    if options.done:
        return _record_review(options)
    reviews = reviews_in(
        Project(root=_root(options)), _as_of(options), language=options.lang, only_due=not options.all
    )
    for review in reviews:
        _print_lines(describe_review(review, options.lang))
    if options.open:
        open_places(reviews, webbrowser.open)
    return GOOD


def _record_review(options: argparse.Namespace) -> int:
    from cardguide.project import Project
    from cardguide.reviewing import UnknownRecordError
    from cardguide.upkeep import write_checks

    day = options.on or _as_of(options)
    if day > today_in_tokyo():
        _usage(f"{day} has not come yet; record a check on its day or later")
    try:
        checks = write_checks(Project(root=_root(options)), options.done, day)
    except UnknownRecordError as error:
        _usage(f"no single record is called that: {error}; write it as facts.launch")
    _print_lines(f"{check.record}  checked on {day}" for check in checks)
    return GOOD


def _rollback(options: argparse.Namespace) -> int:
    from cardguide.manifest import describe_tree
    from cardguide.publishing import earlier_trees, rollback

    output = _output(_root(options), options.out)
    if options.list:
        trees = (output, *earlier_trees(output))
        _print_lines(f"{steps}  {describe_tree(tree)}" for steps, tree in enumerate(trees))
        return GOOD
    rollback(output, since=_now(), steps=options.steps)
    return GOOD


def _bench(options: argparse.Namespace) -> int:
    import tempfile

    from cardguide.benching import format_json, format_table, run_bench

    with tempfile.TemporaryDirectory(prefix="cardguide-bench-") as folder:
        measures = run_bench(
            _root(options), Path(folder), as_of=_as_of(options), scales=options.scales, say=_say
        )
    sys.stdout.write((format_json if options.format == "json" else format_table)(measures))
    return GOOD


def _verify(options: argparse.Namespace) -> int:
    from cardguide.verifying import verify

    place = options.place or str(_root(options) / "dist")
    verdict = verify(place, like=options.like)
    for path, what in verdict.differences:
        _say(f"{path}: {what}")
    differing = len(verdict.differences)
    _say(f"{place}: {verdict.files} files, {differing} differ; manifest sha256 {verdict.manifest}")
    return DATA if differing else GOOD


def _test(options: argparse.Namespace) -> int:
    arguments = [argument for argument in options.pytest if argument != "--"]
    return subprocess.call([sys.executable, "-m", "pytest", *arguments], cwd=HOME)


def _root(options: argparse.Namespace) -> Path:
    return _project_folder(options.root)


def _project_folder(folder: Path) -> Path:
    if not (folder / "data").is_dir():
        _usage(f"{folder} is not a project folder: it has no data/")
    return folder.resolve()


def _output(root: Path, wanted: Path | None) -> Path:
    # Not resolved: an output that is a link must be seen as one, and refused.
    output = Path(os.path.normpath((wanted or root / "dist").absolute()))
    real = output.resolve()
    sources = [root / folder for folder in ("data", "content", "templates", "flyers", "cardguide")]
    if real in {root, *root.parents} or any(source == real or source in real.parents for source in sources):
        _usage(f"{output} holds sources of the project; choose another folder for the output")
    return output


def _usage(message: str) -> NoReturn:
    _say(message)
    raise SystemExit(USAGE)


def _now() -> str:
    return datetime.datetime.now(ZoneInfo("Asia/Tokyo")).isoformat(timespec="seconds")


def _print_problems(problems: Sequence[Problem], options: argparse.Namespace) -> None:
    """Print errors where the format wants them; warnings go to standard error, so that JSON stays a list of errors."""
    form = getattr(options, "format", "text")
    write = {
        "text": problem_words.format_text,
        "json": problem_words.format_json,
        "github": problem_words.format_github,
    }
    errors = [problem for problem in problems if problem.severity == "error"]
    warnings = [problem for problem in problems if problem.severity == "warning"]
    if form == "json" or errors:
        sys.stdout.write(write[form](errors, options.lang))
    if warnings:
        sys.stderr.write(problem_words.format_text(warnings, options.lang))


def _explain(error: BaseException, options: argparse.Namespace) -> int:
    """Say in a sentence what went wrong outside the data, and return the exit code for it."""
    if getattr(options, "debug", False):
        raise error
    name = type(error).__name__
    if name == "SheetError":
        _print_problems([fault.problem for fault in error.faults], options)  # type: ignore[attr-defined]
        return DATA
    codes = {"PublishError": FILES, "VerifyError": FILES, "PressError": ENVIRONMENT, "SiteError": DATA}
    if name in codes:
        _say(str(error))
        return codes[name]
    _say(
        f"this is a fault of the program, not of the data: {name}: {error} (run again with --debug for the details)"
    )
    return BUG


def _print_lines(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)


def _say(message: str) -> None:
    with contextlib.suppress(OSError):  # a reader that has gone away must not decide about the exit code
        print(message, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
