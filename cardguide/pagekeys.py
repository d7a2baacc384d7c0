"""What decides about the bytes of a built page, as a key: equal keys, equal pages."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from importlib import metadata
from pathlib import Path

from cardguide.addresses import page_url
from cardguide.manifest import code_hashes
from cardguide.siteframe import FRAME_PATH

_BUILDERS = ("jinja2", "markdown", "mkdocs", "mkdocs-material", "mkdocs-static-i18n", "pymdown-extensions")
_OVERRIDES = "templates/overrides"


def create_page_keys(config: Path, staged: Path, tags: Iterable[str]) -> Mapping[str, str]:
    """Return the key of every staged page by its path.

    Beside the page itself these decide: the frame, the templates around it, the configuration, our code, the
    builders, and which paths are staged, since addresses lead to them.
    """
    shared = hashlib.sha256()
    for part in _shared_parts(config, staged):
        shared.update(part)
    pages = (file for tag in tags for file in sorted((staged / tag).rglob("*.md")))
    return {
        file.relative_to(staged).as_posix(): _key(shared.copy(), file.relative_to(staged).as_posix(), file)
        for file in pages
    }


def _key(digest: "hashlib._Hash", path: str, file: Path) -> str:
    digest.update(path.encode("utf-8") + b"\n" + file.read_bytes())
    return digest.hexdigest()


def _shared_parts(config: Path, staged: Path) -> Iterator[bytes]:
    overrides = config.parent / _OVERRIDES
    yield (staged / FRAME_PATH).read_bytes()
    for file in [config, *sorted(file for file in overrides.rglob("*") if file.is_file())]:
        content = file.read_bytes()
        yield f"\n{file.name} {len(content)}\n".encode() + content
    paths = sorted(file.relative_to(staged).as_posix() for file in staged.rglob("*") if file.is_file())
    versions = {name: metadata.version(name) for name in _BUILDERS}
    yield json.dumps([paths, versions, code_hashes()], sort_keys=True).encode("utf-8")


def built_path(staged_path: str) -> str:
    """Return where a staged page (``ja/fees.md``) is in the built tree (``ja/fees/index.html``)."""
    tag, _, path = staged_path.partition("/")
    return f"{tag}/{page_url(path)}index.html"
