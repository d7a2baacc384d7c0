"""The tables that partners embed, under ``embed/v1/``: frames, tables to paste, and what WordPress asks for."""

import base64
import datetime
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jinja2 import Environment

from cardguide.artifacts import Artifact, text_artifact
from cardguide.dataset import Dataset
from cardguide.outputs.assets import minified
from cardguide.outputs.embedscripts import minified_script
from cardguide.outputs.embedstyles import THEMES, Theme, create_frame_style
from cardguide.templating import create_environment
from cardguide.views.embeds import EmbedView
from cardguide.views.embedtables import COMPACT, EMBED_FOLDER, create_embed_views, create_voices


@dataclass(frozen=True, kw_only=True, slots=True)
class FrameParts:
    """What every frame holds beside its table."""

    styles: Mapping[Theme, str]
    script: str


def create_embeds(
    dataset: Dataset, environment: Environment, *, as_of: datetime.date, tokens: str, files: Mapping[str, str]
) -> Iterator[Artifact]:
    """Yield every file under ``embed/v1/``; ``files`` are the style sheets and scripts of ``templates/embeds``."""
    parts = FrameParts(
        styles={theme: create_frame_style(tokens=tokens, frame=files["frame.css"], theme=theme) for theme in THEMES},
        script=minified_script(files["frame.js"]),
    )
    for voices in create_voices(dataset, as_of):
        for view in create_embed_views(voices):
            yield from _frames(view, environment, parts)


def _frames(view: EmbedView, environment: Environment, parts: FrameParts) -> Iterator[Artifact]:
    """Yield the frame, and where the fragment of the address is taken by WordPress also one file a theme."""
    for theme in THEMES if view.name == COMPACT else ("auto",):
        ending = "" if theme == "auto" else f"-{theme}"
        html = environment.get_template("embeds/frame.html.jinja").render(
            view=view,
            policy=policy(style=parts.styles[theme], script=parts.script),
            style=parts.styles[theme],
            script=parts.script,
            oembed="",
        )
        yield text_artifact(f"{EMBED_FOLDER}/{view.tag}/{view.name}{ending}.html", html)


def policy(*, style: str, script: str) -> str:
    """Return the content security policy that lets exactly these two run and nothing be loaded."""
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src '{_digest(style)}'",
            f"script-src '{_digest(script)}'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}"
