"""What decides about the bytes of a built page, as a key: equal keys, equal pages."""

import hashlib
import html
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, lru_cache
from importlib import metadata
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from cardguide.addresses import page_url
from cardguide.manifest import code_hashes
from cardguide.siteframe import FRAME_PATH

_BUILDERS = ("jinja2", "markdown", "mkdocs", "mkdocs-material", "mkdocs-static-i18n", "pymdown-extensions")
_OVERRIDES = "templates/overrides"
_NAME = re.compile(r"[A-Za-z0-9-]+")
_EVERYWHERE = "index"
"""A page to which an address may lead without its name."""


def create_page_keys(
    config: Path, staged: Path, tags: Iterable[str], *, is_wanted: Callable[[str], bool] = lambda _: True
) -> Mapping[str, str]:
    """Return the key of every wanted staged page by its path.

    Beside the page itself these decide: the frame, the templates around it, the configuration, our code, the
    builders, and which of the files that it could mean are staged, since its addresses lead to them.
    """
    shared = hashlib.sha256()
    for part in _shared_parts(config, staged):
        shared.update(part)
    paths = sorted(file.relative_to(staged).as_posix() for file in staged.rglob("*") if file.is_file())
    by_name: dict[str, list[str]] = {}
    for path in paths:
        by_name.setdefault(_name_of(path), []).append(path)
    pages = (path for tag in tags for path in paths if path.startswith(f"{tag}/") and path.endswith(".md"))
    return {path: _key(shared.copy(), path, staged / path, by_name) for path in pages if is_wanted(path)}


def _key(digest: "hashlib._Hash", path: str, file: Path, by_name: Mapping[str, Iterable[str]]) -> str:
    content = file.read_bytes()
    meant = sorted(path for name in _names_in(content) for path in by_name.get(name, ()))
    digest.update(f"{path}\n{json.dumps(meant)}\n".encode() + content)
    return digest.hexdigest()


@lru_cache(maxsize=1024)  # a preview asks again for pages that have not changed
def _names_in(content: bytes) -> frozenset[str]:
    """Return the runs of plain signs in a page, however its addresses are written."""
    text = html.unescape(content.decode("utf-8"))
    return frozenset(
        {_EVERYWHERE, *_NAME.findall(text), *_NAME.findall(unquote(text) if "%" in text else "")}
    )


def _name_of(path: str) -> str:
    """Return the first run of plain signs in the name of a file: whatever address leads to it holds that run."""
    found = _NAME.match(PurePosixPath(path).name)
    return found[0] if found else _EVERYWHERE


def _shared_parts(config: Path, staged: Path) -> Iterator[bytes]:
    overrides = config.parent / _OVERRIDES
    yield (staged / FRAME_PATH).read_bytes()
    for file in [config, *sorted(file for file in overrides.rglob("*") if file.is_file())]:
        content = file.read_bytes()
        yield f"\n{file.name} {len(content)}\n".encode() + content
    yield _tools()


@cache  # of the code that runs, not of what is edited while a preview goes on
def _tools() -> bytes:
    versions = {name: metadata.version(name) for name in _BUILDERS}
    return json.dumps([versions, code_hashes()], sort_keys=True).encode("utf-8")


def built_path(staged_path: str) -> str:
    """Return where a staged page (``ja/fees.md``) is in the built tree (``ja/fees/index.html``)."""
    tag, _, path = staged_path.partition("/")
    return f"{tag}/{page_url(path)}index.html"
