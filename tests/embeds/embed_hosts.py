"""Two origins for tests of the embeds: a partner's pages on one, our files on the other, each with a log."""

import datetime
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Frame, Page

from cardguide.artifacts import Artifact
from cardguide.dataset import Dataset, read_dataset
from cardguide.outputs.embeds import create_embeds
from cardguide.project import Project
from cardguide.templating import create_environment

ROOT = Path(__file__).resolve().parents[2]
TODAY = datetime.date(2026, 11, 23)
GOLDEN = ROOT / "tests" / "golden" / "v1"
SITE = "https://card-guide.example/"
ACAO = {"Access-Control-Allow-Origin": "*"}
FRAME_HEIGHT = "document.querySelector('iframe').getBoundingClientRect().height"
HEIGHTS = (
    "frame => [frame.getBoundingClientRect().height, parseFloat(getComputedStyle(frame).minHeight) || 0]"
)
CONTENT_HEIGHT = "document.body.getBoundingClientRect().height"
# Counts what jumped, from the first paint on.
CLS = """() => new Promise(resolve => {
  let sum = 0;
  new PerformanceObserver(list => { for (const entry of list.getEntries()) sum += entry.value; })
    .observe({ type: 'layout-shift', buffered: true });
  requestAnimationFrame(() => requestAnimationFrame(() => resolve(sum)));
})"""
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript",
    ".json": "application/json",
    ".csv": "text/csv",
}


def read_project() -> tuple[Project, Dataset]:
    """Return the real project and its dataset."""
    project = Project(root=ROOT)
    return project, read_dataset(project.read_data())


def create_files(as_of: datetime.date = TODAY) -> dict[str, bytes]:
    """Return every embed and data file by path, as they are published."""
    project, dataset = read_project()
    environment = create_environment(project.templates)
    embeds = create_embeds(
        dataset, environment, as_of=as_of, tokens=project.styles["tokens.css"], files=project.embed_files
    )
    artifacts: list[Artifact] = [*embeds]
    return {artifact.path: artifact.content for artifact in artifacts}


@dataclass(kw_only=True)
class Origin:
    """A web server with its files in memory; ``log`` holds the path of every request.

    A request for a path in ``waited_for`` sets its event; the answer to one in ``held`` waits for its event.
    """

    address: str
    files: dict[str, bytes]
    headers: dict[str, dict[str, str]] = field(default_factory=dict)
    log: list[str] = field(default_factory=list)
    queries: list[str] = field(default_factory=list)
    waited_for: dict[str, threading.Event] = field(default_factory=dict)
    held: dict[str, threading.Event] = field(default_factory=dict)
    sent: int = 0

    def put(self, path: str, text: str, headers: Mapping[str, str] | None = None) -> str:
        """Publish a page and return its address."""
        self.files[path] = text.encode("utf-8")
        self.headers[path] = dict(headers or {})
        return self.address + path


@contextmanager
def serving(
    files: dict[str, bytes], *, name: str, everywhere: Mapping[str, str] | None = None
) -> Iterator[Origin]:
    """Serve files on a port of our own under a name of this machine: another name is another origin."""
    origin = Origin(address="", files=files)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = urlsplit(self.path).path.removeprefix("/")
            origin.log.append(path)
            origin.queries.append(urlsplit(self.path).query)
            if path in origin.waited_for:
                origin.waited_for[path].set()
            if path in origin.held:
                origin.held[path].wait(60)
            body = origin.files.get(path)
            self.send_response(404 if body is None else 200)
            kind = {"Content-Type": TYPES.get(Path(path).suffix, "text/plain; charset=utf-8")}
            for header, value in {**kind, **(everywhere or {}), **origin.headers.get(path, {})}.items():
                self.send_header(header, value)
            self.end_headers()
            origin.sent += self.wfile.write(body or b"")

        def log_message(self, *_: object) -> None:
            """Say nothing: pytest shows what matters."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    origin.address = f"http://{name}:{server.server_port}/"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield origin
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@dataclass(frozen=True, kw_only=True)
class World:
    """A partner's origin and ours, and a browser page."""

    host: Origin
    embed: Origin
    page: Page
    console: list[str]

    def snippet(self, name: str) -> str:
        """Return published code as it would stand on the page, with our address in this test."""
        return (GOLDEN / name).read_text("utf-8").replace(SITE, self.embed.address)

    def open(self, body: str, *, head: str = "", policy: str = "") -> Page:
        """Open a page of the partner that holds the code."""
        start = '<!doctype html><html lang="ja"><head><meta charset="utf-8"><title>Host</title>'
        document = f"{start}{head}</head><body>{body}</body></html>"
        headers = {"Content-Security-Policy": policy} if policy else {}
        self.page.goto(self.host.put("page.html", document, headers))
        return self.page

    def frame(self) -> Frame:
        """Return our frame, loaded."""
        handle = self.page.wait_for_selector("iframe", state="attached")
        assert handle is not None
        frame = handle.content_frame()
        assert frame is not None
        frame.wait_for_load_state()
        return frame


def settled(page: Page, frame: Frame, *, selector: str = "iframe", tolerance: int = 1) -> int:
    """Wait until the frame is as tall as its content, or as the space that its code reserves; return that height."""
    handle = page.query_selector(selector)
    # The content may still change with the width of the frame, so both are read until they agree.
    for _ in range(100):
        content = frame.evaluate(f"Math.ceil({CONTENT_HEIGHT})")
        shown, reserved = page.evaluate(HEIGHTS, handle)
        if abs(max(content, reserved) - shown) <= tolerance:
            return int(shown)
        page.evaluate("() => new Promise(requestAnimationFrame)")
    raise AssertionError(f"the frame is {shown} px tall, its content {content} px")


def quiet(console: list[str]) -> list[str]:
    """Return what the console holds beside the missing icon of the test server."""
    return [line for line in console if "404" not in line]
