"""The site's style sheet and script: one file each, named by its content so that it stays cached."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cardguide.artifacts import Artifact, text_artifact

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACE = re.compile(r"\s+")
_AROUND = re.compile(r"\s*([{};,])\s*")
_COLOUR = re.compile(r"(--[a-z-]+):\s*(#[0-9a-f]{6});")
ORDER_FILE = "order.txt"


@dataclass(frozen=True, kw_only=True, slots=True)
class SiteAssets:
    """The artifacts, and the paths that the frame names."""

    artifacts: tuple[Artifact, ...]
    stylesheet: str
    scripts: tuple[str, ...]
    imprint: str


def create_assets(
    *, styles: Mapping[str, str], scripts: Mapping[str, str], imprint: str, icon: bytes
) -> SiteAssets:
    """Return bundles of the styles (file name to text, with ``order.txt``) and the scripts, and that of imprints."""
    stylesheet = _hashed("site", "css", create_stylesheet(styles))
    script = _hashed("site", "js", "\n".join(scripts[name] for name in sorted(scripts)))
    module = _hashed("imprint", "js", imprint)
    return SiteAssets(
        artifacts=(stylesheet, script, module, Artifact(path="assets/icon.svg", content=icon)),
        stylesheet=stylesheet.path,
        scripts=(script.path,),
        imprint=module.path,
    )


def create_stylesheet(styles: Mapping[str, str]) -> str:
    """Return all components in the order of ``order.txt``, without comments and needless space."""
    order = styles[ORDER_FILE].split()
    if unlisted := {name for name in styles if name.endswith(".css")}.symmetric_difference(order):
        raise ValueError(f"{ORDER_FILE} and the folder disagree about {sorted(unlisted)}")
    return minified(styles[name] for name in order)


def minified(texts: Iterable[str]) -> str:
    """Join style sheets and take out what a browser does not read."""
    text = _COMMENT.sub("", "\n".join(texts))
    return _AROUND.sub(r"\1", _SPACE.sub(" ", text)).replace(";}", "}").strip() + "\n"


def read_colours(tokens: str) -> tuple[tuple[str, str], ...]:
    """Return the colours of ``tokens.css`` in the light, which come first, by the name of their token."""
    light, _, _ = tokens.partition("@media")
    return tuple(_COLOUR.findall(light))


def _hashed(stem: str, suffix: str, text: str) -> Artifact:
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()[:10]
    return text_artifact(f"assets/{stem}.{digest}.{suffix}", text)
