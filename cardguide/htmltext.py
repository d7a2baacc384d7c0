"""The texts of finished HTML, one by one, each with what it stands in; the tags are left as they are."""

import re
from collections.abc import Callable
from dataclasses import dataclass

_TOKEN = re.compile(r"<!--.*?-->|<[^>]+>", re.DOTALL)
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z][\w-]*)")
_LANG = re.compile(r'\slang="([^"]*)"')
_VOID = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "path", "source", "wbr"})


@dataclass(frozen=True, slots=True)
class OpenElement:
    """An element that is open where a text stands: its name, its language and the place of its tag."""

    name: str
    lang: str
    index: int
    tag: str = ""


Stack = list[OpenElement]
Rewrite = Callable[[str, Stack, list[str]], str]
"""Given a text, the open elements (the outermost is the document) and what is done so far, returns the new text."""


def rewrite_texts(html: str, lang: str, rewrite: Rewrite) -> str:
    """Return HTML whose texts went through ``rewrite``; text inside comments and tags is none."""
    done: list[str] = []
    stack = [OpenElement("", lang, -1)]
    at = 0
    for token in _TOKEN.finditer(html):
        if token.start() > at:
            done.append(rewrite(html[at : token.start()], stack, done))
        done.append(token[0])
        _follow(stack, token[0], len(done) - 1)
        at = token.end()
    if at < len(html):
        done.append(rewrite(html[at:], stack, done))
    return "".join(done)


def _follow(stack: Stack, token: str, index: int) -> None:
    tag = _TAG.match(token)
    if tag is None or tag["name"] in _VOID or token.endswith("/>"):
        return
    if tag["end"]:
        names = [element.name for element in stack]
        if tag["name"] in names[1:]:
            del stack[len(names) - 1 - names[::-1].index(tag["name"]) :]
        return
    lang = _LANG.search(token)
    stack.append(OpenElement(tag["name"], lang[1] if lang else stack[-1].lang, index, token))
