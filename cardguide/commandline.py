"""The grammar of the command line: commands, options and their forms; see the table in ``README.md``."""

import argparse
import datetime
import os
from collections.abc import Sequence
from pathlib import Path

from cardguide.commands import (
    HOME,
    OUTPUTS,
    do_bench,
    do_build,
    do_changes,
    do_check,
    do_compare,
    do_confirm,
    do_editions,
    do_flyer,
    do_flyers,
    do_review,
    do_rollback,
    do_serve,
    do_test,
    do_verify,
)
from cardguide.problems import Language


def create_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    parser = argparse.ArgumentParser(
        prog="build.py", description="One dataset: site, flyers, tables and open data."
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    build = _command(commands, "build", "build everything into dist/", do_build)
    build.add_argument(
        "--out", type=Path, metavar="DIR", help="the published tree (default: dist/ of the project)"
    )
    build.add_argument("--only", type=_outputs, metavar="OUTPUTS", help="some of site,flyers,embeds,data")

    check = _command(commands, "check", "check the data and write nothing", do_check)
    check.add_argument("--format", choices=("text", "json", "github"), default="text")

    serve = _command(commands, "serve", "live preview: data, templates, content, flyers", do_serve)
    serve.add_argument("--port", type=int, default=8000)

    _imprint_command(commands, "flyer", "print a flyer with the name of one office", do_flyer, "CODE", "FILE")
    _imprint_command(
        commands,
        "flyers",
        "print a flyer for all offices or a list of one's own",
        do_flyers,
        "all|FILE.csv",
        "DIR",
    )

    editions = _command(
        commands, "editions", "list the editions of the sheets that are printed now", do_editions
    )
    editions.add_argument(
        "--record", action="store_true", help="write them down as given out, before a release"
    )

    _command(commands, "changes", "list the days on which a new build is due", do_changes)

    compare = _command(
        commands, "compare", "say what differs for readers from another state of the project", do_compare
    )
    compare.add_argument("before", type=Path, metavar="DIR", help="the project folder as it was")

    confirm = _command(
        commands, "confirm", "show what changed since it was confirmed, and confirm it", do_confirm
    )
    confirm.add_argument("records", nargs="*", metavar="RECORD", help="facts.launch, or a collection: facts")
    confirm.add_argument("--all", action="store_true", help="confirm everything as it is now")

    review = _command(commands, "review", "list what is to be compared with its sources again", do_review)
    review.add_argument("--all", action="store_true", help="also what is not due yet")
    review.add_argument("--open", action="store_true", help="open the sources of what is listed")
    review.add_argument("--done", nargs="+", metavar="RECORD", help="write that records are unchanged")
    review.add_argument("--on", type=_day, metavar="YYYY-MM-DD", help="the day of that check")

    rollback = _command(commands, "rollback", "put the tree before the last build back in place", do_rollback)
    rollback.add_argument("--out", type=Path, metavar="DIR")
    rollback.add_argument("--steps", type=_steps, default=1, metavar="N", help="how many builds back")
    rollback.add_argument("--list", action="store_true", help="only say which trees there are")

    verify = _command(
        commands, "verify", "prove that a folder or a served site is what a build has made", do_verify
    )
    verify.add_argument(
        "place", metavar="DIR|URL", nargs="?", help="what to look at (default: dist/ of the project)"
    )
    verify.add_argument("--like", type=Path, metavar="DIR", help="the built tree it must equal")

    bench = _command(commands, "bench", "measure how long everything takes", do_bench)
    bench.add_argument("--format", choices=("table", "json"), default="table")
    bench.add_argument(
        "--scales", type=_scales, default=(1, 10, 100), metavar="1,10,100", help="times the records"
    )

    test = commands.add_parser("test", help="run the tests; further arguments go to pytest", add_help=False)
    test.add_argument("pytest", nargs=argparse.REMAINDER)
    test.set_defaults(run=do_test, debug=True)
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


def with_default_command(arguments: Sequence[str]) -> list[str]:
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
