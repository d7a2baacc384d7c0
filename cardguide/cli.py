"""The command line: a contract with people and programs; see the table in ``README.md``."""

import argparse
import gc
import io
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from types import FrameType
from typing import NoReturn

from cardguide.commandline import create_parser, with_default_command
from cardguide.commands import do_check
from cardguide.problems import DataError
from cardguide.terminal import (
    BUG,
    DATA,
    ENVIRONMENT,
    FILES,
    INTERRUPTED,
    TERMINATED,
    print_problems,
    say,
)


class Terminated(BaseException):
    """Somebody asked this process to end."""


def _raise_terminated(_number: int, _frame: FrameType | None) -> NoReturn:
    raise Terminated


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; no traceback reaches a person unless ``--debug`` asks for it."""
    return _run(_parse(sys.argv[1:] if arguments is None else arguments))


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    _let_every_terminal_show_everything()
    return create_parser().parse_args(with_default_command(arguments))


def _run(options: argparse.Namespace) -> int:
    signal.signal(signal.SIGTERM, _raise_terminated)
    # A run keeps nearly all that it makes to its end; to look for garbage costs a tenth of the time, and finds little.
    gc.set_threshold(100_000, 50, 50)
    try:
        return int(options.run(options))
    except DataError as error:
        print_problems(error.problems, options)
        return DATA
    except KeyboardInterrupt:
        return INTERRUPTED
    except Terminated:
        return TERMINATED
    except OSError as error:
        say(f"{error.filename or ''}: {error.strerror or error}".lstrip(": "))
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


def _explain(error: BaseException, options: argparse.Namespace) -> int:
    """Say in a sentence what went wrong outside the data, and return the exit code for it."""
    if getattr(options, "debug", False):
        raise error
    name = type(error).__name__
    if name == "SheetError":
        print_problems([fault.problem for fault in error.faults], options)  # type: ignore[attr-defined]
        return DATA
    codes = {"PublishError": FILES, "VerifyError": FILES, "PressError": ENVIRONMENT, "SiteError": DATA}
    if name in codes:
        say(str(error))
        return codes[name]
    say(
        f"this is a fault of the program, not of the data: {name}: {error} (run again with --debug for the details)"
    )
    return BUG


def _end(code: int, *, at_once: bool) -> NoReturn:
    """End the process; ``at_once`` if it leaves nothing but memory, which the system takes back sooner than Python."""
    if at_once:
        with suppress(OSError):  # whoever no longer reads is met again below, as with every command
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
    gc.freeze()  # or Python would look for garbage once more
    sys.exit(code)


if __name__ == "__main__":
    parsed = _parse(sys.argv[1:])
    _end(_run(parsed), at_once=parsed.run is do_check)
