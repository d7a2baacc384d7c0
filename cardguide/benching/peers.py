"""Yardsticks: other builders on the very pages that we stage, with their own defaults and none of our work."""

import json
import shutil
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from cardguide.benching.measures import Measure, measure_call, measure_process
from cardguide.sitebuild import write_site

REPEAT = 3
_MKDOCS = "site_name: Bare\nsite_url: https://bare.example/\ntheme: {name: material, font: false}\n"
_ZENSICAL = '[project]\nsite_name = "Bare"\nsite_url = "https://bare.example/"\n'
_HUGO_PAGE = "<!doctype html><html><title>{{ .Title }}</title><main>{{ .Content }}</main></html>\n"


def measure_peers(root: Path, folder: Path) -> Iterator[Measure]:
    """Yield the time of our pages, and of every builder that is found here, from the same staged pages."""
    staged = root / "build" / "docs"
    docs = folder / "docs"
    for page in staged.rglob("*.md"):
        target = docs / page.relative_to(staged)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(page, target)
    ours = [
        measure_call(
            "our pages from staged",
            partial(write_site, config=root / "mkdocs.yml", staged=staged, output=folder / f"ours-{number}"),
        )
        for number in range(REPEAT)
    ]
    yield min(ours, key=lambda measure: measure.seconds)
    yield _mkdocs(folder)
    if zensical := shutil.which("zensical"):
        yield _zensical(folder, zensical)
    if hugo := shutil.which("hugo"):
        yield _hugo(folder, hugo)


def _mkdocs(folder: Path) -> Measure:
    (folder / "mkdocs.yml").write_text(_MKDOCS, "utf-8")
    command = (sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(folder / "mkdocs.yml"))
    return measure_process("bare mkdocs, same pages", command, repeat=REPEAT, cwd=folder)


def _zensical(folder: Path, program: str) -> Measure:
    place = folder / "zensical"
    shutil.copytree(folder / "docs", place / "docs")
    (place / "zensical.toml").write_text(_ZENSICAL, "utf-8")
    command = (program, "build", "--clean")
    return measure_process("zensical, same pages", command, repeat=REPEAT, cwd=place)


def _hugo(folder: Path, program: str) -> Measure:
    place = folder / "hugo"
    shutil.copytree(folder / "docs", place / "content")
    for kind in ("single", "list"):
        layout = place / "layouts" / "_default" / f"{kind}.html"
        layout.parent.mkdir(parents=True, exist_ok=True)
        layout.write_text(_HUGO_PAGE, "utf-8")
    settings = {"baseURL": "https://bare.example/", "markup": {"goldmark": {"renderer": {"unsafe": True}}}}
    (place / "hugo.json").write_text(json.dumps(settings), "utf-8")
    return measure_process("hugo without a theme, same pages", (program, "--quiet"), repeat=REPEAT, cwd=place)
