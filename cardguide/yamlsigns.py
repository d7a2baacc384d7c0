"""Take one YAML line apart, and mend the signs that look right and are not: blanks, colons and dashes."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

# A bound that keeps the time linear for any line whatever.
_SIGNS_LIMIT = 200

_BLANKS = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_BLANK_NAMES = {"\u00a0": "NBSP U+00A0", "\u3000": "全角 U+3000"}
_MISPLACED_BLANK = re.compile(rf"(?P<before>[ ]*(?:-[ ]*)*(?:[A-Za-z][\w-]*:[ ]*)?)(?P<blank>[{_BLANKS}]+)")
_ENTRY = re.compile(r"(?P<indent>[ ]*)(?P<dashes>(?:-(?:[ ]+|$)){0,40})(?P<rest>.*)")
KEY = re.compile(
    r"(?P<key>\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'|[^\s\"'\[\]{},#&*!|>%@`?](?:[^#：]|(?<![ ])#)*?)"
    r"[ ]{0,9}:(?:[ ]+|$)"
)
_MARKER = re.compile(r"(?:<{7}|>{7}|={7}|\|{7})(?:[ ].*)?")
_WIDE_COLON = re.compile(r"(?P<key>[a-z][\w.-]*)[ ]*：\s*")
_COLON_WITHOUT_SPACE = re.compile(r"(?P<key>[a-z][A-Za-z0-9_-]*):(?=[^\s/])")
_DASH_WITHOUT_SPACE = re.compile(r"-(?=[^\s\d.-])")


@dataclass(frozen=True, kw_only=True, slots=True)
class LineFault:
    """What is wrong with a line, where in it, and the line as it was meant."""

    rule: str
    column: int
    mended: str
    details: Mapping[str, str] = field(default_factory=dict)


def indent_of(line: str) -> int:
    """Count the spaces that the line begins with."""
    return len(line) - len(line.lstrip(" "))


def text_start(line: str) -> int:
    """Count the blanks of any kind that the line begins with."""
    return len(line) - len(line.lstrip())


def is_void(line: str) -> bool:
    """Say whether the line holds nothing, or only a comment."""
    text = line.strip(" \t")
    return not text or text.startswith("#")


def is_entry(line: str) -> bool:
    """Say whether the line begins with a dash or a key, even one with a faulty colon."""
    _, dashes, rest = split_entry(line)
    return bool(dashes or KEY.match(rest) or _WIDE_COLON.match(rest) or _COLON_WITHOUT_SPACE.match(rest))


def split_entry(line: str) -> tuple[str, str, str]:
    """Return the indent, the dashes and the rest of the line."""
    indent, dashes, rest = _ENTRY.match(line).groups()  # type: ignore[union-attr]  # the pattern fits every line
    return indent, dashes, rest


def take_out_conflicts(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Keep the first side of each Git conflict, and yield where it begins and with what marker."""
    inside = dropping = False
    for index, line in enumerate(lines):
        marker = _MARKER.fullmatch(line)
        if marker and not (inside and line[0] != "<"):
            yield index, line
        if marker:
            inside = line[0] == "<" or (inside and line[0] != ">")
            dropping = inside and line[0] != "<"
        if marker or dropping:
            lines[index] = ""


def mend_tabs(line: str) -> LineFault | None:
    """Turn each tab into two spaces; in a comment it does no harm."""
    if "\t" not in line or line.lstrip(" ").startswith("#"):
        return None
    return LineFault(rule="yaml-tab", column=line.index("\t"), mended=line.replace("\t", "  "))


def mend_blanks(line: str) -> LineFault | None:
    """Turn special blanks before and between the signs of a line into spaces."""
    match = first = _MISPLACED_BLANK.match(line)
    if first is None or is_void(line):
        return None
    while match:
        width = sum(2 if character == "\u3000" else 1 for character in match["blank"])
        line = match["before"] + " " * width + line[match.end() :]
        match = _MISPLACED_BLANK.match(line, 0, _SIGNS_LIMIT)
    blank = first["blank"][0]
    name = _BLANK_NAMES.get(blank, f"U+{ord(blank):04X}")
    return LineFault(rule="yaml-space", column=first.start("blank"), mended=line, details={"character": name})


def mend_signs(line: str) -> LineFault | None:
    """Mend a full-width colon, a colon without a space and a dash without a space."""
    indent, dashes, rest = split_entry(line)
    column = len(indent) + len(dashes)
    if match := _WIDE_COLON.match(rest) or _COLON_WITHOUT_SPACE.match(rest):
        rule = "yaml-wide-colon" if "：" in match[0] else "yaml-colon-space"
        typed = f"{dashes}{match['key']}: {rest[match.end() :]}"
        details = {"key": match["key"], "fixed": typed}
        return LineFault(rule=rule, column=column + match.end("key"), mended=indent + typed, details=details)
    if _DASH_WITHOUT_SPACE.match(rest):
        typed = f"{dashes}- {rest[1:]}"
        return LineFault(
            rule="yaml-dash-space", column=column, mended=indent + typed, details={"fixed": typed}
        )
    return None
