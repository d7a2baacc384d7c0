"""Two origins for tests of the embeds: a partner's pages on one, our files on the other, each with a log."""

import datetime
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from cardguide.artifacts import Artifact
from cardguide.dataset import Dataset, read_dataset
from cardguide.outputs.embeds import create_embeds
from cardguide.outputs.opendata import create_open_data
from cardguide.project import Project
from cardguide.templating import create_environment

ROOT = Path(__file__).resolve().parents[1]
TODAY = datetime.date(2026, 11, 23)
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
    artifacts: list[Artifact] = [*embeds, *create_open_data(dataset, as_of=as_of)]
    return {artifact.path: artifact.content for artifact in artifacts}


@dataclass(kw_only=True)
class Origin:
    """A web server with its files in memory; ``log`` holds the path of every request."""

    address: str
    files: dict[str, bytes]
    headers: dict[str, dict[str, str]] = field(default_factory=dict)
    log: list[str] = field(default_factory=list)
    sent: int = 0

    def put(self, path: str, text: str, headers: Mapping[str, str] | None = None) -> str:
        """Publish a page and return its address."""
        self.files[path] = text.encode("utf-8")
        self.headers[path] = dict(headers or {})
        return self.address + path


@contextmanager
def serving(files: dict[str, bytes], *, name: str, everywhere: Mapping[str, str] | None = None) -> Iterator[Origin]:
    """Serve files on a port of our own under a name of this machine: another name is another origin."""
    origin = Origin(address="", files=files)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = urlsplit(self.path).path.removeprefix("/")
            origin.log.append(path)
            body = origin.files.get(path)
            self.send_response(404 if body is None else 200)
            self.send_header("Content-Type", TYPES.get(Path(path).suffix, "text/plain; charset=utf-8"))
            for header, value in {**(everywhere or {}), **origin.headers.get(path, {})}.items():
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
