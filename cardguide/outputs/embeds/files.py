"""The tables that partners embed, under ``embed/v1/``.

Frames, tables to paste, trees for the component, and what WordPress asks for.
"""

import base64
import datetime
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jinja2 import Environment
from markupsafe import Markup

from cardguide.artifacts import Artifact, text_artifact
from cardguide.dataset import Dataset
from cardguide.furigana import Furigana
from cardguide.outputs.embeds.lean import create_lean
from cardguide.outputs.embeds.oembed import create_oembed
from cardguide.outputs.embeds.scripts import create_scripts, minified_script
from cardguide.outputs.embeds.styles import THEMES, Theme, create_frame_style
from cardguide.outputs.embeds.tree import create_tree
from cardguide.views.embeds import EmbedView
from cardguide.views.embedtables import COMPACT, EMBED_FOLDER, PROCEDURES, create_embed_views, create_voices

TABLE_VERSION = "1.0.0"


@dataclass(frozen=True, kw_only=True, slots=True)
class Frames:
    """What every frame shares: templates, style sheets, script and measured heights."""

    environment: Environment
    site_url: str
    site_name: Mapping[str, str]
    tokens: str
    files: Mapping[str, str]
    reporter: str
    relay: str
    heights: Mapping[str, Mapping[str, int]]
    readings: Mapping[str, Furigana]

    def table(self, view: EmbedView, template: str = "embeds/tree.html.jinja") -> str:
        """Return a finished table, with furigana if its language has them."""
        html = self.environment.get_template(template).render(view=view)
        furigana = self.readings.get(view.tag)
        return furigana.mark(html, view.lang) if furigana else html

    def style(self, view: EmbedView, theme: Theme) -> str:
        """Return the style sheet of a frame."""
        further = self.files["compact.css"] if view.name == COMPACT else ""
        further += self.files["furigana.css"] if view.tag in self.readings else ""
        frame = self.files["frame.css"] + further
        return create_frame_style(tokens=self.tokens, frame=frame, theme=theme, labels=view.labels)


def create_embeds(
    dataset: Dataset, environment: Environment, *, as_of: datetime.date, tokens: str, files: Mapping[str, str]
) -> Iterator[Artifact]:
    """Yield every file under ``embed/``; ``files`` are those of ``templates/embeds``."""
    frames = Frames(
        environment=environment,
        site_url=dataset.site.url,
        site_name=dataset.site.name.root,
        tokens=tokens,
        files=files,
        reporter=minified_script(files["frame.js"]),
        relay=minified_script(files["wordpress.js"]),
        heights=json.loads(files["heights.json"]),
        readings={
            locale.tag: Furigana(dataset.words, dataset.counters)
            for locale in dataset.locales
            if locale.has_furigana
        },
    )
    yield from create_scripts(tokens=tokens, files=files)
    deprecation = dataset.site.deprecation
    ending = {"deprecation": deprecation.model_dump(mode="json")} if deprecation else {}
    for voices in create_voices(dataset, as_of):
        for view in create_embed_views(voices):
            former = (old for old, new in dataset.site.embed_moved.items() if new == view.name)
            for name in (view.name, *former):
                yield from _frame_files(view, name, frames)
                yield from _table_files(view, name, frames, ending)


def _frame_files(view: EmbedView, name: str, frames: Frames) -> Iterator[Artifact]:
    """Yield the frame under a name, and one file a theme where WordPress takes the fragment of its address."""
    for theme in THEMES if view.name == COMPACT else THEMES[:1]:
        ending = "" if theme == "auto" else f"-{theme}"
        path = f"{EMBED_FOLDER}/{view.tag}/{name}{ending}"
        # WordPress frames whatever an answer names; the whole table is too tall for it, and the short one stands in.
        script = frames.reporter if name == PROCEDURES else f"{frames.relay}\n{frames.reporter}"
        style = frames.style(view, theme)
        html = frames.environment.get_template("embeds/frame.html.jinja").render(
            view=view,
            policy=create_policy(style=style, script=script),
            style=style,
            script=script,
            table=Markup(create_lean(frames.table(view), lang=view.lang)),  # noqa: S704 - our own
            oembed=f"{frames.site_url}{path}.oembed.json" if view.name == COMPACT else "",
        )
        # Between tags a line end says nothing; a frame is short.
        yield text_artifact(f"{path}.html", html.replace(">\n<", "><"))
        shown = path.replace(f"/{PROCEDURES}", f"/{COMPACT}") if name == PROCEDURES else path
        yield create_oembed(
            f"{path}.oembed.json",
            title=view.title,
            address=f"{frames.site_url}{shown}.html",
            heights=frames.heights.get(shown.removeprefix(f"{EMBED_FOLDER}/"), {}),
            provider=(frames.site_name[view.lang], frames.site_url),
        )


def _table_files(
    view: EmbedView, name: str, frames: Frames, ending: Mapping[str, object]
) -> Iterator[Artifact]:
    """Yield the table to paste, and its tree for the component that keeps it current."""
    path = f"{EMBED_FOLDER}/{view.tag}/{name}"
    pasted = frames.table(view, "embeds/paste.html.jinja")
    yield text_artifact(f"{path}.paste.html", pasted.strip() + "\n")
    table = {
        "schema_version": TABLE_VERSION,
        "as_of": view.as_of.isoformat(),
        "valid_until": view.valid_until.isoformat(),
        **ending,
        "table": create_tree(frames.table(view)),
    }
    yield text_artifact(f"{path}.json", json.dumps(table, ensure_ascii=False, separators=(",", ":")) + "\n")


def create_policy(*, style: str, script: str) -> str:
    """Return the content security policy that lets exactly these two run and nothing be loaded."""
    rules = (
        "default-src 'none'",
        f"style-src '{_digest(style)}'",
        f"script-src '{_digest(script)}'",
        "base-uri 'none'",
        "form-action 'none'",
    )
    return ";".join(rules)


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}"
