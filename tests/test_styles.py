"""The look keeps its own rules: tokens are the only literals, every text pair is easy to read."""

import re
from itertools import product

import pytest
from miniature_site import PROJECT

STYLES = PROJECT / "templates" / "styles"
COMPONENTS = sorted(path for path in STYLES.glob("*.css") if path.name != "tokens.css")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_MEDIA = re.compile(r"@media[^{]*")
_LITERAL = re.compile(
    r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(|(?<![\w-])\d*\.?\d+(?:px|rem|em|pt|mm|ch|vw|vh)\b"
)
_PHYSICAL = re.compile(
    r"\b(?:margin|padding|border|inset)-(?:left|right|top|bottom)\b|(?<![\w-])(?:width|height)\s*:"
)
_TEXT_PAIRS = [
    *product(("ink", "muted", "municipal", "bureau", "stop", "link"), ("paper", "paper-second")),
    ("municipal", "municipal-tint"),
    ("bureau", "bureau-tint"),
    ("on-question", "question"),
    ("paper", "municipal"),
    ("paper", "bureau"),
    ("paper", "ink"),
]


def _rules(text: str) -> str:
    return _MEDIA.sub("", _COMMENT.sub("", text))


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.name)
def test_a_component_names_no_colour_or_size_of_its_own(path: object) -> None:
    assert not _LITERAL.findall(_rules(_read(path)))


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.name)
def test_a_component_uses_logical_directions_only(path: object) -> None:
    assert not _PHYSICAL.findall(_rules(_read(path)))


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.name)
def test_a_component_uses_only_tokens_that_exist(path: object) -> None:
    tokens = set(re.findall(r"(--[\w-]+):", _read(STYLES / "tokens.css")))
    assert set(re.findall(r"var\((--[\w-]+)", _read(path))) <= tokens


def _read(path: object) -> str:
    return (STYLES / str(path)).read_text("utf-8")


def _schemes() -> dict[str, dict[str, str]]:
    text = _COMMENT.sub("", _read("tokens.css"))
    blocks = {"light": text.split("@media")[0]}
    for name, query in {"dark": "(prefers-color-scheme: dark)", "print": "print"}.items():
        blocks[name] = blocks["light"] + text.split(f"@media {query}")[1].split("@media")[0]
    return {name: dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block)) for name, block in blocks.items()}


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark", "print"])
@pytest.mark.parametrize(("text", "ground"), _TEXT_PAIRS)
def test_every_text_pair_has_at_least_seven_to_one(scheme: str, text: str, ground: str) -> None:
    colours = _schemes()[scheme]
    assert _contrast(colours[text], colours[ground]) >= 7


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_edges_and_focus_stand_out_from_their_ground(scheme: str) -> None:
    colours = _schemes()[scheme]
    assert all(_contrast(colours[name], colours["paper"]) >= 3 for name in ("edge", "focus"))
