"""Scripts for the pages of partners: the moving ones under ``embed/v1/``, every frozen release beside them."""

import base64
import hashlib
import json
import re
from collections.abc import Iterator, Mapping

from cardguide.artifacts import Artifact, text_artifact
from cardguide.outputs.embeds.styles import create_component_style

SCRIPTS = ("resize.js", "procedures.js")
RELEASES = "releases/"

# Strings of a script; our scripts have no regular expression with a space or a quotation mark in it.
_STRING = re.compile(r"""("[^"]*"|`[^`]*`)""")
_QUOTES = ('"', "`")
_AROUND = re.compile(r" ?([={}(),:?<>!&|+]+) ?")


def create_scripts(*, tokens: str, files: Mapping[str, str]) -> Iterator[Artifact]:
    """Yield the scripts; a release is published byte for byte for ever, so that integrity hashes hold."""
    style = create_component_style(tokens=tokens, frame=files["frame.css"])
    for name in SCRIPTS:
        text = minified_script(files[name]).replace('"%STYLE%"', json.dumps(style, ensure_ascii=False))
        yield text_artifact(f"embed/v1/{name}", text + "\n")
    for version, scripts in releases(files).items():
        for name, text in scripts.items():
            yield text_artifact(f"embed/v{version}/{name}", text)
        hashes = {name: integrity(text) for name, text in scripts.items()}
        yield text_artifact(f"embed/v{version}/integrity.json", json.dumps(hashes, indent=1) + "\n")


def releases(files: Mapping[str, str]) -> Mapping[str, Mapping[str, str]]:
    """Return the scripts of every frozen release by version, from ``releases/<version>/<script>``."""
    found: dict[str, dict[str, str]] = {}
    for path, text in files.items():
        if path.startswith(RELEASES):
            version, name = path.removeprefix(RELEASES).split("/")
            found.setdefault(version, {})[name] = text
    return found


def integrity(text: str) -> str:
    """Return the value of an ``integrity`` attribute."""
    return f"sha384-{base64.b64encode(hashlib.sha384(text.encode('utf-8')).digest()).decode('ascii')}"


def minified_script(text: str) -> str:
    """Return a script without its comments, indentation and most of its line ends and spaces."""
    lines = (line.strip() for line in text.splitlines())
    code = "\n".join(line for line in lines if line and not line.startswith("//"))
    code = code.replace(";\n", ";").replace("{\n", "{")
    return "".join(part if part[:1] in _QUOTES else _AROUND.sub(r"\1", part) for part in _STRING.split(code))
