"""Measure how tall every embedded table is in Chromium, and keep the numbers in templates/embeds/heights.json.

Run it after texts, styles or tables have changed:  python3 tools/measure_embeds.py
The numbers reserve the space of a frame before it has loaded; a test tells when they no longer fit.
"""

import datetime
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from playwright.sync_api import Browser, Page, Route, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from cardguide.artifacts import Artifact  # noqa: E402 - the project is no installed package
from cardguide.dataset import read_dataset  # noqa: E402
from cardguide.outputs.embeds import create_embeds  # noqa: E402
from cardguide.project import Project  # noqa: E402
from cardguide.templating import create_environment  # noqa: E402

WIDTHS = (320, 375, 480, 600, 768, 1000)
HEIGHTS = ROOT / "templates" / "embeds" / "heights.json"


def create_frames(project: Project, as_of: datetime.date) -> Iterator[tuple[str, str]]:
    """Yield every frame by its name, ``ja/procedures``."""
    artifacts = create_embeds(
        read_dataset(project.read_data()),
        create_environment(project.templates),
        as_of=as_of,
        tokens=project.styles["tokens.css"],
        files=project.embed_files,
    )
    for artifact in artifacts:
        if is_frame(artifact):
            yield (
                artifact.path.removeprefix("embed/v1/").removesuffix(".html"),
                artifact.content.decode("utf-8"),
            )


def is_frame(artifact: Artifact) -> bool:
    """Tell whether an artifact is a document that partners frame."""
    return artifact.path.endswith(".html") and not artifact.path.endswith(".paste.html")


def measure(browser: Browser, frames: Mapping[str, str]) -> dict[str, dict[str, int]]:
    """Return the whole height of each frame at each width."""
    page = browser.new_page()
    # Served, not written into one document: the policy of a table would hold for the next one too.
    page.route(
        "http://frames.example/**",
        lambda route: route.fulfill(body=frames[_name(route)], content_type="text/html"),
    )
    heights: dict[str, dict[str, int]] = {}
    for name in frames:
        page.goto(f"http://frames.example/{name}")
        heights[name] = {str(width): _height(page, width) for width in WIDTHS}
    page.close()
    return heights


def _name(route: Route) -> str:
    return urlsplit(route.request.url).path.removeprefix("/")


def _height(page: Page, width: int) -> int:
    page.set_viewport_size({"width": width, "height": 600})
    return int(page.evaluate("Math.ceil(document.body.getBoundingClientRect().height)"))


def main() -> None:
    """Measure all frames as of today and write the numbers."""
    frames = dict(create_frames(Project(root=ROOT), datetime.datetime.now(ZoneInfo("Asia/Tokyo")).date()))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        heights = measure(browser, frames)
        browser.close()
    lines = (f" {json.dumps(name)}: {json.dumps(heights[name])}" for name in sorted(heights))
    HEIGHTS.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
