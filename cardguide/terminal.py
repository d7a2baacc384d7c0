"""The terminal: what people and programs read there, the exit codes, and the clock that only an edge knows."""

import argparse
import contextlib
import datetime
import sys
from collections.abc import Iterable, Sequence
from typing import NoReturn
from zoneinfo import ZoneInfo

from cardguide import problems as problem_words
from cardguide.problems import Problem

GOOD, DATA, USAGE, ENVIRONMENT, FILES, BUG = range(6)
INTERRUPTED, TERMINATED = 130, 143


def today_in_tokyo() -> datetime.date:
    """Return today's date in Japan, whatever the zone of the machine."""
    return datetime.datetime.now(ZoneInfo("Asia/Tokyo")).date()


def refuse_usage(message: str) -> NoReturn:
    """Say what is wrong with a call, and end the program."""
    say(message)
    raise SystemExit(USAGE)


def now_in_tokyo() -> str:
    """Return the moment in Japan."""
    return datetime.datetime.now(ZoneInfo("Asia/Tokyo")).isoformat(timespec="seconds")


def print_problems(problems: Sequence[Problem], options: argparse.Namespace) -> None:
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


def print_lines(lines: Iterable[str]) -> None:
    """Print lines for people or programs."""
    for line in lines:
        print(line)


def say(message: str) -> None:
    """Tell the person at the terminal something, beside the output."""
    with contextlib.suppress(OSError):  # a reader that has gone away must not decide about the exit code
        print(message, file=sys.stderr, flush=True)
