"""Find what is wrong with one YAML value as it was typed, and say how it must be typed."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from cardguide.yamlscalars import quoted

QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"|\'(?:[^\']|\'\')*\'')
BLOCK_HEADER = re.compile(r"[|>][-+]?[1-9]?[-+]?(?:[ ]+#.*)?")

_COMMENT = re.compile(r"(?:^|(?<![ ])[ ]+)#.*$")
_PLACEHOLDER = re.compile(r"\{[^{}\[\],:\s]+(?::[^{}\s]*)?\}")
_START_SIGN = re.compile(r"[@`%\]},|>]|[-?](?=[ ]|$)|[*&!](?![A-Za-z0-9_!<-])|\*[\w-]+[^\w-]")
_SMART = re.compile(r"(?P<open>[“”„‘’‚＂＇])(?P<text>[^“”„‘’‚＂＇]*)[“”„‘’‚＂＇]?")
_COLON = re.compile(r":(?=[ ]|$)")
_BAD_ESCAPE = re.compile(r"\\[^0abtnve \"/\\N_LPxuU]")
_DOTS = re.compile(r"[.…‥・]+")
_PAIRS = {"[": "]", "{": "}"}
_WITHOUT_QUOTES = re.compile(r"""\[(?:[^\[\]{}"'#]|\{[^\[\]{}"'#]*\})*\]|\{[^\[\]{}"'#]*\}""")


@dataclass(frozen=True, kw_only=True, slots=True)
class ValueFault:
    """What is wrong with a value, how far into it, and the value as it should be typed."""

    rule: str
    mended: str
    offset: int = 0
    details: Mapping[str, str] = field(default_factory=dict)


def without_comment(value: str) -> str:
    """Return the value up to the comment that YAML would see after it."""
    return _COMMENT.sub("", value)


def check_value(value: str) -> ValueFault | None:
    """Return the first fault of a value on one line; a block header and an empty value have none."""
    if not without_comment(value) or BLOCK_HEADER.fullmatch(value):
        return None
    return _CHECKS.get(value[0], _check_plain)(value)


def collection_end(text: str) -> int | None:
    """Return where the bracket that opens the text is closed; None if it is not, or by another kind."""
    expected: list[str] = []
    position, before = 0, "["
    while position < len(text):
        character = text[position]
        if character in "\"'" and before in "[{,:" and (match := QUOTED.match(text, position)):
            position, before = match.end(), character
            continue
        if character in _PAIRS:
            expected.append(_PAIRS[character])
        elif character in "]}" and expected.pop() != character:
            return None
        position += 1
        if not expected:
            return position
        before = character if character.strip() else before
    return None


def _check_quoted(value: str) -> ValueFault | None:
    quote = value[0]
    match = QUOTED.match(value)
    if match is None:
        body = without_comment(value)
        return ValueFault(rule="yaml-quote-open", mended=_closed(body), details={"quote": quote})
    rest = value[match.end() :]
    if without_comment(rest).strip():
        return ValueFault(
            rule="yaml-quote-text", mended=quoted(value), offset=match.end(), details={"text": rest.strip()}
        )
    if quote == '"' and (escape := _BAD_ESCAPE.search(match[0])):
        mended = "'" + match[0][1:-1].replace("'", "''") + "'"
        return ValueFault(
            rule="yaml-escape", mended=mended, offset=escape.start(), details={"escape": escape[0]}
        )
    return None


def _closed(body: str) -> str:
    """Return an open quotation with its closing quote; a full-width or curly one at its end gives way."""
    inner = re.sub(r"[“”‘’＂＇]$", "", body[1:].rstrip())
    return quoted(inner) if body[0] in inner or inner.endswith("\\") else body[0] + inner + body[0]


def _check_collection(value: str) -> ValueFault | None:
    if placeholder := _PLACEHOLDER.match(value):
        return ValueFault(rule="yaml-placeholder", mended=quoted(value), details={"sign": placeholder[0]})
    if _WITHOUT_QUOTES.fullmatch(value):
        return None
    end = collection_end(value)
    if end is None:
        return ValueFault(rule="yaml-bracket", mended=quoted(value), details={"bracket": value[0]})
    if without_comment(value[end:]).strip():
        return ValueFault(rule="yaml-placeholder", mended=quoted(value), details={"sign": value[:end]})
    return None


def _check_plain(value: str) -> ValueFault | None:
    text = without_comment(value)
    if _START_SIGN.match(text):
        return ValueFault(rule="yaml-start-sign", mended=quoted(text), details={"sign": text[0]})
    if smart := _SMART.fullmatch(text):
        return ValueFault(rule="yaml-smart-quotes", mended=quoted(smart["text"]), details={"value": text})
    if _DOTS.fullmatch(text):
        return ValueFault(rule="yaml-dots", mended=quoted(text), details={"value": text})
    if colon := _COLON.search(text):
        mended = quoted(text)
        return ValueFault(
            rule="yaml-colon-in-text", mended=mended, offset=colon.start(), details={"value": text}
        )
    return None


_Check = Callable[[str], ValueFault | None]
_CHECKS: Mapping[str, _Check] = {
    '"': _check_quoted,
    "'": _check_quoted,
    "[": _check_collection,
    "{": _check_collection,
}
