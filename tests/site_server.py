"""The published tree on a server, and a browser to meet it: what tests of scripts share."""

import functools
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser, BrowserType, sync_playwright
from projects import HOME

from door.browser import find_chromium

# What a page tells of itself: that it has been painted, and how far its parts have moved by then.
PAINTED = """() => new Promise(resolve =>
  new PerformanceObserver(() => resolve()).observe({ type: 'paint', buffered: true }))"""
SHIFT = """() => new Promise(resolve => {
  let sum = 0;
  new PerformanceObserver(list => { for (const entry of list.getEntries()) sum += entry.value; })
    .observe({ type: 'layout-shift', buffered: true });
  requestAnimationFrame(() => requestAnimationFrame(() => resolve(sum)));
})"""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing: pytest shows what matters."""


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve a folder and give its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def browsing() -> Iterator[Browser]:
    """Start a browser that asks nobody but the test."""
    with sync_playwright() as playwright, launching(playwright.chromium) as browser:
        yield browser


@contextmanager
def launching(kind: BrowserType, *more: str) -> Iterator[Browser]:
    """Start a browser of a kind with further arguments."""
    arguments = ["--no-sandbox", "--disable-background-networking", *more]
    browser = kind.launch(executable_path=find_chromium(HOME), args=arguments)
    yield browser
    browser.close()
