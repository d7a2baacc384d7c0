"""The style sheet inside a frame: the tokens that it uses, in the colours that the host asks for."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from cardguide.outputs.assets import minified

Theme = Literal["auto", "light", "dark"]
THEMES: tuple[Theme, ...] = ("auto", "light", "dark")

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_BLOCK = re.compile(r"(?:@media\s*(?P<media>[^{}]+?)\s*\{\s*)?(?P<selector>:[^{}]+?)\s*\{(?P<body>[^{}]*)\}")
_DECLARATION = re.compile(r"(?P<name>--[a-z0-9-]+)\s*:\s*(?P<value>[^;]+);")
_USE = re.compile(r"var\((--(?!src-)[a-z0-9-]+)")
_USE_WHOLE = re.compile(r"var\((--(?!src-)[a-z0-9-]+)\)")
_DOUBLED = re.compile(r"#([0-9a-f])\1([0-9a-f])\2([0-9a-f])\3\b")
_ZERO = re.compile(r"(?<![\w.])0\.(?=\d)")
# Cells say the name of their column where they stand alone.
_LABELLED = "[scope=row] ~ td::before {"
_LABEL = 'content: attr(data-label) ":\\a0"; color:'
_DARK = "(prefers-color-scheme: dark)"

# What is the document in a frame is the host element in a page; partners bring accent and font.
_COMPONENT = (
    ("html { -webkit-text-size-adjust: 100%; }", ""),
    ("html { color-scheme: light !important; font-size: 80%; }", ":host { color-scheme: light !important; }"),
    ("span:not([lang])", "time, .whole"),
    ("body {", ":host {"),
    ("color: var(--link)", "color: var(--src-accent, var(--link))"),
    ("font-family: var(--font-frame)", "font-family: var(--src-font, inherit)"),
    (":lang(ja) { font-family: sans-serif; }", ""),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class TokenBlock:
    """Custom properties, and the media query and selector for which they hold."""

    media: str
    selector: str
    values: Mapping[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Tokens:
    """What a token is on a screen, for light and dark at once, and in a language; paper is light and smaller."""

    screen: Mapping[str, str]
    languages: Mapping[str, Mapping[str, str]]


def create_frame_style(*, tokens: str, frame: str, theme: Theme, labels: Sequence[str]) -> str:
    """Return the style sheet of a frame; the theme ``auto`` follows the reader and the fragment of the address.

    ``labels`` are those of the columns: said once here, not in every cell.
    """
    written = frame.replace(_LABEL, "color:").replace(_LABELLED, _labelled(labels) + _LABELLED)
    scheme = "light dark" if theme == "auto" else theme
    return _create(read_tokens(tokens), written, f":root{{color-scheme:{scheme};", _fragments(theme))


def _labelled(labels: Sequence[str]) -> str:
    return "".join(
        f'td:nth-child({column})::before{{content:"{_css_string(label)}:\\a0"}}'
        for column, label in enumerate(labels[1:], start=2)
    )


def _css_string(text: str) -> str:
    return "".join(f"\\{ord(sign):x} " if sign in '"<\\' else sign for sign in text)


def create_component_style(*, tokens: str, frame: str) -> str:
    """Return the style sheet of the component, for a shadow root.

    The host may set ``--src-accent`` and ``--src-font``; the attribute ``theme`` fixes the colours, which are else
    those of the page around.
    """
    for outside, inside in _COMPONENT:
        frame = frame.replace(outside, inside)
    schemes = [f":host([theme={theme}]){{color-scheme:{theme}}}" for theme in THEMES if theme != "auto"]
    return _create(read_tokens(tokens), frame, ":host{display:block;", schemes)


def read_tokens(text: str) -> Tokens:
    """Return the tokens of ``tokens.css``."""
    blocks = list(_blocks(text))
    light = next(block.values for block in blocks if (block.media, block.selector) == ("", ":root"))
    dark = next(block.values for block in blocks if block.media == _DARK)
    return Tokens(
        screen={name: _both(value, dark.get(name, value)) for name, value in light.items()},
        languages={each.selector: each.values for each in blocks if each.selector.startswith(":lang")},
    )


def _blocks(text: str) -> Iterator[TokenBlock]:
    for match in _BLOCK.finditer(_COMMENT.sub("", text)):
        values = {each["name"]: each["value"] for each in _DECLARATION.finditer(match["body"])}
        yield TokenBlock(media=match["media"] or "", selector=match["selector"], values=values)


def _both(light: str, dark: str) -> str:
    return light if light == dark else f"light-dark({light},{dark})"


def _fragments(theme: Theme) -> Iterable[str]:
    """Return the rules by which the fragment of the address chooses, where nothing else has chosen."""
    themes = [each for each in THEMES if each != "auto"] if theme == "auto" else []
    return [f":root:has(#theme-{each}:target){{color-scheme:{each}}}" for each in themes]


def _create(tokens: Tokens, frame: str, root: str, schemes: Iterable[str]) -> str:
    """Return a style sheet with the tokens that it uses; ``root`` begins the rule of all tokens."""
    # What has one value, and is a colour used once or no colour at all, is written where it is used.
    written = _inlined(frame, tokens)
    used = set(_USE.findall(written))
    rules = [
        f"{root}{_declarations(tokens.screen, used)}}}",
        *schemes,
        *(f"{selector}{{{_declarations(values, used)}}}" for selector, values in tokens.languages.items()),
        written,
    ]
    return _shortest(rules)


def _inlined(css: str, tokens: Tokens) -> str:
    varying = {name for values in tokens.languages.values() for name in values}
    uses = _USE.findall(css)

    def value(match: re.Match[str]) -> str:
        found = tokens.screen[match[1]]
        repeated = found.startswith("light-dark") and uses.count(match[1]) > 1
        return match[0] if repeated or match[1] in varying else found

    return _USE_WHOLE.sub(value, css)


def _declarations(values: Mapping[str, str], used: set[str]) -> str:
    return "".join(f"{name}:{value};" for name, value in values.items() if name in used)


def _shortest(texts: Iterable[str]) -> str:
    """Join style sheets in the shortest words that a browser reads in the same way."""
    css = minified(texts).replace(": ", ":").replace("> ", ">").replace(" >", ">").replace(", ", ",").strip()
    return _ZERO.sub(".", _DOUBLED.sub(r"#\1\2\3", css))
