"""Scripts for the pages of partners: the moving ones under ``embed/v1/`` and every frozen release beside them."""

import json
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from cardguide.artifacts import Artifact, text_artifact
from cardguide.outputs.embeds.styles import create_component_style

SCRIPTS = ("resize.js", "procedures.js")
RELEASES = "releases/"


def create_scripts(*, tokens: str, files: Mapping[str, str]) -> Iterator[Artifact]:
    """Yield the scripts; a release is published byte for byte for ever, so that integrity hashes hold."""
    style = create_component_style(tokens=tokens, frame=files["frame.css"])
    for name in SCRIPTS:
        text = minified_script(files[name]).replace('"%STYLE%"', json.dumps(style, ensure_ascii=False))
        yield text_artifact(f"embed/v1/{name}", text + "\n")
    for name, text in files.items():
        if name.startswith(RELEASES):
            version, script = PurePosixPath(name).parts[1:]
            yield text_artifact(f"embed/v{version}/{script}", text)


def minified_script(text: str) -> str:
    """Return a script without its comment lines, indentation and empty lines."""
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))
