"""Runs the command line and writes which files it opened and which hosts it asked for: ``traced.py LOG ARGUMENTS``."""

import os
import runpy
import sys

NETWORK = {"socket.connect", "socket.bind", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"}


def main() -> None:
    """Install the watcher, then become the command line."""
    log = os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open" and isinstance(arguments[0], str | bytes):
            path = os.path.abspath(os.fsencode(arguments[0]))  # noqa: PTH100 - a path may be no text, and links must show
            os.write(log, b"open " + path + b"\n")
        elif event in NETWORK:
            os.write(log, f"{event} {arguments[1:]}\n".encode())

    sys.argv = ["cardguide", *sys.argv[2:]]
    sys.addaudithook(watch)
    runpy.run_module("cardguide.cli", run_name="__main__")


if __name__ == "__main__":
    main()
