"""The site beside the stock theme on the same content: ``python bench/site.py LIGHTHOUSE [--runs N]``.

``LIGHTHOUSE`` is the command line tool (npm: ``lighthouse@12.8.2`` for Node 20). Build first. It prints JSON: for each
kind of page the four scores, the largest paint, the shift and the bytes on the phone profile of Lighthouse, medians of
the runs; and the bytes of a first and of a second page. Run it on a quiet machine.
"""

import argparse
import functools
import gzip
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

HOME = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(HOME))

from door.browser import find_chromium  # noqa: E402 - the path is set above

KINDS = (
    "",
    "guide/",
    "my-dates/",
    "procedures/",
    "procedures/stay-extension/",
    "fees/",
    "faq/",
    "card-format/",
    "offices/",
    "partners/",
)
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
#: Lines of the stock site: the theme, languages by static-i18n, its own search; everything else as it comes.
STOCK = """site_name: Card
site_url: {address}
docs_dir: {docs}
site_dir: {site}
theme: {{name: material, language: ja}}
plugins:
  - search
  - i18n: {{docs_structure: folder, languages: [{languages}]}}
markdown_extensions: [attr_list, md_in_html, def_list, tables]
"""
PACKED = {".html", ".css", ".js", ".json", ".svg", ".xml"}


class Packing(SimpleHTTPRequestHandler):
    """A static host as one meets it: keeps connections, packs text, lets names with a hash be kept."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer with the file, packed where it is text."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        content = path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        if path.suffix in PACKED:
            content = gzip.compress(content, 9, mtime=0)
            self.send_header("Content-Encoding", "gzip")
        lasting = path.parent.name in {"assets", "javascripts", "stylesheets"}
        self.send_header("Cache-Control", "max-age=31536000, immutable" if lasting else "max-age=600")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing: the figures are the output."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder and give its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Packing, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def build_stock(folder: Path, tags: list[str]) -> Path:
    """Build the staged pages with the theme and its plugins as they come; what they complain about is theirs."""
    docs = folder / "docs"
    for tag in tags:
        for page in (HOME / "build" / "docs" / tag).rglob("*.md"):
            target = docs / page.relative_to(HOME / "build" / "docs")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(page.read_bytes())
    languages = ", ".join(
        f"{{locale: {tag}, name: {tag}, build: true, default: {str(tag == tags[0]).lower()}}}" for tag in tags
    )
    words = {"address": "http://127.0.0.1/", "docs": docs, "site": folder / "site", "languages": languages}
    (folder / "mkdocs.yml").write_text(STOCK.format(**words), "utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(folder / "mkdocs.yml")]
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"})
    return folder / "site"


def audited(lighthouse: str, address: str) -> dict[str, float]:
    """Return what Lighthouse says of one page on its phone profile."""
    command = [
        *lighthouse.split(), address, "--quiet", "--output=json", f"--only-categories={','.join(CATEGORIES)}",
        "--chrome-flags=--headless=new --no-sandbox --disable-background-networking",
    ]  # fmt: skip
    environment = {**os.environ, "CHROME_PATH": str(find_chromium(HOME))}
    report = json.loads(subprocess.run(command, check=True, capture_output=True, env=environment).stdout)
    audits = report["audits"]
    return {name: round(100 * (report["categories"][name]["score"] or 0)) for name in CATEGORIES} | {
        "largest_paint_s": round(audits["largest-contentful-paint"]["numericValue"] / 1000, 2),
        "shift": round(audits["cumulative-layout-shift"]["numericValue"], 4),
        "kilobytes": round(audits["total-byte-weight"]["numericValue"] / 1024, 1),
    }


def medians(runs: list[dict[str, float]]) -> dict[str, float]:
    """Return the median of every figure."""
    return {name: statistics.median(run[name] for run in runs) for name in runs[0]}


def transferred(address: str, first: str, second: str) -> dict[str, float]:
    """Return the kilobytes on the line for a first page and for a second one after it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(HOME), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 390, "height": 844})
        session, bytes_of = page.context.new_cdp_session(page), []
        session.send("Network.enable")
        session.on("Network.loadingFinished", lambda event: bytes_of.append(event["encodedDataLength"]))
        found: dict[str, float] = {}
        for name, path in (("first", first), ("second", second)):
            bytes_of.clear()
            page.goto(address + path, wait_until="networkidle")
            found[name] = round(sum(bytes_of) / 1024, 1)
        browser.close()
    return found


def compared(tree: Path, lighthouse: str, runs: int, paths: list[str], tags: list[str]) -> dict[str, Any]:
    """Return the figures of our site and of the stock site."""
    with tempfile.TemporaryDirectory() as folder:
        stock = build_stock(Path(folder), tags)
        figures: dict[str, Any] = {}
        for name, site in (("ours", tree), ("stock", stock)):
            with served(site) as address:
                at = {tag: f"{tag}/" if (site / tag).is_dir() else "" for tag in tags}
                figures[name] = {
                    "transfer_kb": {
                        tag: transferred(address, at[tag], f"{at[tag]}procedures/exchange/") for tag in tags
                    },
                    "pages": {
                        f"{tag}/{path}": medians(
                            [audited(lighthouse, f"{address}{at[tag]}{path}") for _ in range(runs)]
                        )
                        for tag in tags
                        for path in paths
                    },
                }
        return figures


def main() -> None:
    """Print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("lighthouse", help="the command of Lighthouse, for example: npx lighthouse@12.8.2")
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--pages", nargs="*", default=list(KINDS))
    parser.add_argument("--locales", nargs="*", default=["ja", "en"])
    parser.add_argument("--tree", type=Path, default=HOME / "dist", help="the published tree")
    options = parser.parse_args()
    figures = compared(options.tree, options.lighthouse, options.runs, options.pages, options.locales)
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
