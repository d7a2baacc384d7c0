"""The style sheet inside a frame: the tokens that it uses, in the colours that the host asks for."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from cardguide.outputs.assets import minified

Theme = Literal["auto", "light", "dark"]
THEMES: tuple[Theme, ...] = ("auto", "light", "dark")

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_BLOCK = re.compile(r"(?:@media\s*(?P<media>[^{}]+?)\s*\{\s*)?(?P<selector>:[^{}]+?)\s*\{(?P<body>[^{}]*)\}")
_DECLARATION = re.compile(r"(?P<name>[a-z0-9-]+)\s*:\s*(?P<value>[^;]+);")
_USE = re.compile(r"var\((--(?!src-)[a-z0-9-]+)")
_USE_WHOLE = re.compile(r"var\((--[a-z0-9-]+)\)")
_DARK = "(prefers-color-scheme: dark)"
_SHOWN = ("", _DARK, "print")

# What is the document in a frame is the host element in a page; partners bring accent and font.
_COMPONENT = (
    ("html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }", ""),
    ("body {", ":host {"),
    ("color: var(--link)", "color: var(--src-accent, var(--link))"),
    ("font-family: var(--font-text)", "font-family: var(--src-font, inherit)"),
    (":lang(ja) { font-family: var(--font-japanese); }", ""),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class TokenBlock:
    """Custom properties, and the media query and selector for which they hold."""

    media: str
    selector: str
    values: Mapping[str, str]


def create_frame_style(*, tokens: str, frame: str, theme: Theme) -> str:
    """Return the style sheet of a frame; the theme ``auto`` follows the reader and the fragment of the address."""
    blocks = tuple(block for block in read_tokens(tokens) if block.media in _SHOWN)
    written = _inlined(frame, _constants(blocks))
    used = _used(written, blocks)
    return _shortest([*_token_rules(blocks, used, theme), written])


def create_component_style(*, tokens: str, frame: str) -> str:
    """Return the style sheet of the component, for a shadow root.

    The host may set ``--src-accent`` and ``--src-font``; the attribute ``theme`` fixes the colours.
    """
    blocks = tuple(block for block in read_tokens(tokens) if block.media in _SHOWN)
    for outside, inside in _COMPONENT:
        frame = frame.replace(outside, inside)
    written = _inlined(frame, _constants(blocks))
    used = _used(written, blocks)
    return _shortest([*_component_rules(blocks, used), written])


def _shortest(texts: Iterable[str]) -> str:
    """Join style sheets without the spaces after colons: a declaration or query reads the same without them."""
    return minified(texts).replace(": ", ":").strip()


def _component_rules(blocks: tuple[TokenBlock, ...], used: frozenset[str]) -> Iterable[str]:
    for block in blocks:
        words = _declarations(block, used)
        match block.media, block.selector:
            case "", ":root":
                yield f":host{{display:block;{words}}}"
            case "", selector:
                yield f"{selector}{{{words}}}"
            case media, _ if media == _DARK:
                yield f"@media screen and {_DARK}{{:host(:not([theme=light])){{{words}}}}}"
                yield f"@media screen{{:host([theme=dark]){{{words}}}}}"


def read_tokens(text: str) -> tuple[TokenBlock, ...]:
    """Return the blocks of ``tokens.css`` in order."""
    return tuple(
        TokenBlock(
            media=match["media"] or "",
            selector=match["selector"],
            values={each["name"]: each["value"] for each in _DECLARATION.finditer(match["body"])},
        )
        for match in _BLOCK.finditer(_COMMENT.sub("", text))
    )


def _constants(blocks: Iterable[TokenBlock]) -> Mapping[str, str]:
    """Return the tokens that have one value only, whatever the language, the scheme and the medium."""
    values: dict[str, set[str]] = {}
    for block in blocks:
        for name, value in block.values.items():
            values.setdefault(name, set()).add(value)
    return {name: next(iter(found)) for name, found in values.items() if len(found) == 1}


def _inlined(css: str, constants: Mapping[str, str]) -> str:
    """Return a style sheet with such tokens replaced by their value: a frame is one request and should be short."""
    return _USE_WHOLE.sub(lambda match: constants.get(match[1], match[0]), css)


def _used(css: str, blocks: Iterable[TokenBlock]) -> frozenset[str]:
    """Return the tokens that a style sheet uses, and those that they use in turn."""
    values = {name: value for block in blocks for name, value in block.values.items()}
    found: set[str] = set()
    waiting = set(_USE.findall(css))
    while waiting:
        found |= waiting
        waiting = {name for each in waiting for name in _USE.findall(values[each])} - found
    return frozenset(found)


def _token_rules(blocks: tuple[TokenBlock, ...], used: frozenset[str], theme: Theme) -> Iterable[str]:
    """Yield the rules that set the tokens; paper is light whatever the theme, so dark holds on screens only."""
    schemes = {"auto": "light dark"}
    light = blocks[0].values
    for block in blocks:
        words = _declarations(block, used)
        match block.media:
            case "":
                root = f"color-scheme:{schemes.get(theme, theme)};" if block.selector == ":root" else ""
                yield f"{block.selector}{{{root}{words}}}"
            case media if media == _DARK:
                yield from _dark_rules(words, theme)
            case "print":
                # Dark holds on screens only, so paper needs no more than what differs from light.
                changed = {name for name, value in block.values.items() if light.get(name) != value}
                words = _declarations(block, used & changed)
                yield f"@media print{{{block.selector}{{color-scheme:light;{words}}}}}"


def _dark_rules(words: str, theme: Theme) -> Iterable[str]:
    if theme == "dark":
        yield f"@media screen{{:root{{{words}}}}}"
    if theme == "auto":
        yield f"@media screen and {_DARK}{{:root:not(:has(#theme-light:target)){{{words}}}}}"
        yield f"@media screen{{:root:has(#theme-dark:target){{color-scheme:dark;{words}}}}}"
        yield ":root:has(#theme-light:target){color-scheme:light}"


def _declarations(block: TokenBlock, used: frozenset[str]) -> str:
    return "".join(f"{name}:{value};" for name, value in block.values.items() if name in used)
