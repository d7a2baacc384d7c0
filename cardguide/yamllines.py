"""Find what the YAML parser would misread or choke on, line by line, and mend it so that reading can go on.

A parser stops at its first error, far from the cause and in its own words. Here each line is looked at as
typed; a faulty line is reported once and replaced by what was probably meant, so later faults are found too.
"""

import re
from dataclasses import dataclass, field

from cardguide.problems import Problem
from cardguide.yamlmend import BLOCK_HEADER, check_value, collection_end, without_comment
from cardguide.yamloutline import Outline
from cardguide.yamltext import WHOLE_FILE

# Bounds that keep the time linear for any text whatever.
_LOOK_AHEAD = 100
_SIGNS_LIMIT = 200

_BLANKS = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_BLANK_NAMES = {"\u00a0": "NBSP U+00A0", "\u3000": "全角 U+3000"}
_MARKER = re.compile(r"(?:<{7}|>{7}|={7}|\|{7})(?:[ ].*)?")
_DOCUMENT = re.compile(r"(?:---|\.\.\.)(?:[ ]|$)")
_MISPLACED_BLANK = re.compile(rf"(?P<before>[ ]*(?:-[ ]*)*(?:[A-Za-z][\w-]*:[ ]*)?)(?P<blank>[{_BLANKS}]+)")
_ENTRY = re.compile(r"(?P<indent>[ ]*)(?P<dashes>(?:-(?:[ ]+|$)){0,40})(?P<rest>.*)")
_KEY = re.compile(
    r"(?P<key>\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'|[^\s\"'\[\]{},#&*!|>%@`?](?:[^#：]|(?<![ ])#)*?)"
    r"[ ]{0,9}:(?:[ ]+|$)"
)
_WIDE_COLON = re.compile(r"(?P<key>[A-Za-z][\w.-]*)[ ]*：\s*")
_COLON_WITHOUT_SPACE = re.compile(r"(?P<key>[A-Za-z][A-Za-z0-9_-]*):(?=[^\s/])")
_DASH_WITHOUT_SPACE = re.compile(r"-(?=[^\s\d.-])")
_COMPLEX_KEY = re.compile(r"[?:](?:[ ]|$)")
_PROPERTY_ALONE = re.compile(r"[&!][A-Za-z0-9_<!-][^\s]*")


@dataclass(frozen=True, kw_only=True, slots=True)
class ScannedLines:
    """The text with its faulty lines mended, and the problems that were found."""

    text: str
    problems: tuple[Problem, ...]


def scan_lines(file: str, text: str) -> ScannedLines:
    """Return the text in a form that the parser can read to its end."""
    scanner = _Scanner(file=file, lines=text.split("\n"))
    scanner.scan()
    return ScannedLines(text="\n".join(scanner.lines), problems=tuple(scanner.problems))


@dataclass(slots=True)
class _Scanner:
    file: str
    lines: list[str]
    problems: list[Problem] = field(default_factory=list)
    outline: Outline = field(default_factory=Outline)
    index: int = 0

    def scan(self) -> None:
        self._take_out_conflicts()
        while self.index < len(self.lines):
            self._scan_line()
            self.index += 1

    def _report(self, rule: str, column: int, *, where: str | None = None, **details: str) -> None:
        place = (self.outline.where if where is None else where) or WHOLE_FILE
        self.problems.append(
            Problem(
                file=self.file,
                line=self.index + 1,
                column=column + 1,
                where=place,
                rule=rule,
                details=details,
            )
        )

    def _take_out_conflicts(self) -> None:
        """Report each conflict once, and keep its first side."""
        inside = dropping = False
        for index, line in enumerate(self.lines):
            self.index = index
            marker = _MARKER.fullmatch(line)
            if marker and not (inside and line[0] != "<"):
                self._report("yaml-conflict", 0, marker=line)
            if marker:
                inside = line[0] == "<" or (inside and line[0] != ">")
                dropping = inside and line[0] != "<"
            if marker or dropping:
                self.lines[self.index] = ""
        self.index = 0

    # One line

    def _scan_line(self) -> None:
        line = self.lines[self.index] = self._mend_blanks(self.lines[self.index])
        if _is_void(line):
            return
        if line.startswith("%"):
            self._report("yaml-directive", 0, where="", text=line)
            self.lines[self.index] = ""
        elif _DOCUMENT.match(line):
            self.outline.clear()
        else:
            self._scan_entry(self._mend_signs(line))

    def _mend_blanks(self, line: str) -> str:
        """Turn tabs, and special blanks before and between the signs of a line, into spaces."""
        if "\t" in line and not line.lstrip(" ").startswith("#"):
            self._report("yaml-tab", line.index("\t"), where=self.outline.above(_text_start(line)))
        line = line.replace("\t", "  ")
        match = _MISPLACED_BLANK.match(line)
        if match is None or _is_void(line):
            return line
        blank = match["blank"]
        where = self.outline.above(_text_start(line))
        self._report("yaml-space", match.start("blank"), where=where, character=_blank_name(blank))
        while match := _MISPLACED_BLANK.match(line, 0, _SIGNS_LIMIT):
            width = sum(2 if character == "\u3000" else 1 for character in match["blank"])
            line = match["before"] + " " * width + line[match.end() :]
        return line

    def _mend_signs(self, line: str) -> str:
        """Mend a full-width colon, a colon without a space and a dash without a space."""
        indent, _, rest = _split(line)
        column = len(line) - len(rest)
        where = self.outline.above(len(indent))
        if match := _WIDE_COLON.match(rest) or _COLON_WITHOUT_SPACE.match(rest):
            fixed = f"{match['key']}: {rest[match.end() :]}"
            rule = "yaml-wide-colon" if "：" in match[0] else "yaml-colon-space"
            typed = line[len(indent) : column] + fixed
            self._report(rule, column + match.end("key"), where=where, key=match["key"], fixed=typed)
            return line[:column] + fixed
        if _DASH_WITHOUT_SPACE.match(rest) and not _KEY.match(rest):
            fixed = f"{line[len(indent) : column]}- {rest[1:]}"
            self._report("yaml-dash-space", column, where=where, fixed=fixed)
            return indent + fixed
        return line

    # Entries: dashes, a key, a value

    def _scan_entry(self, line: str) -> None:
        self.lines[self.index] = line
        _, dashes, rest = _split(line)
        key = _KEY.match(rest)
        if not dashes and not key:
            self._scan_loose_text(line)
            return
        column = self._mend_indent(line)
        column = self.outline.enter_items(column, dashes)
        if key:
            self.outline.enter_key(column, key["key"].strip("\"'"))
        self.outline.opens = True
        self._scan_value(column + (key.end() if key else 0))

    def _mend_indent(self, line: str) -> int:
        found = _indent(line)
        expected = self.outline.settle(found)
        if found != expected:
            where = self.outline.above(expected)
            self._report("yaml-indent", found, where=where, found=str(found), expected=str(expected))
            self.lines[self.index] = " " * expected + line[found:]
        return expected

    def _scan_loose_text(self, line: str) -> None:
        """Scan a line without dash and key: a value under its key, or a key that lost its colon."""
        column = _indent(line)
        text = line[column:].rstrip(" ")
        is_complex = _COMPLEX_KEY.match(text) is not None
        is_inner = self.outline.opens and column > self.outline.column
        if is_inner and not is_complex and not self._entry_follows(column, text):
            self._scan_value(column)
            return
        where = self.outline.above(column)
        self._report(
            "yaml-complex-key" if is_complex else "yaml-missing-colon", column, where=where, text=text
        )
        self.lines[self.index] = ""

    def _entry_follows(self, column: int, text: str) -> bool:
        if text[0] in "[{\"'":
            return False
        following = next((line for line in self._lines_after() if not _is_void(line)), "")
        return _indent(following) == column and _is_entry(following)

    def _lines_after(self) -> list[str]:
        return self.lines[self.index + 1 : self.index + 1 + _LOOK_AHEAD]

    # Values

    def _scan_value(self, column: int) -> None:
        line = self.lines[self.index]
        value = line[column:].rstrip(" ")
        if not without_comment(value) or _PROPERTY_ALONE.fullmatch(value):
            return
        self.outline.opens = False
        if BLOCK_HEADER.fullmatch(value):
            self._skip_block()
        elif not self._scan_collection(line, column, value):
            self._scan_scalar(line, column, value)

    def _scan_scalar(self, line: str, column: int, value: str) -> None:
        fault = check_value(value)
        is_open = fault is not None and fault.rule == "yaml-quote-open"
        closing = self._count_to_quote(value[0]) if is_open else 0
        continued = closing or self._count_loose_lines()
        if closing or (continued and not is_open):
            self._report("yaml-multiline", column)
        if fault and not closing:
            start = _indent(line)
            fixed = line[start:column] + fault.mended
            self._report(fault.rule, column + fault.offset, fixed=fixed, **fault.details)
        if fault:
            self.lines[self.index] = line[:column] + fault.mended
        self._take_out(continued)

    def _is_inner(self, line: str) -> bool:
        return not line.strip(" ") or _indent(line) > self.outline.column

    def _count_to_quote(self, quote: str) -> int:
        """Count the lines to the one that ends with the quote, if it belongs to the same value."""
        for count, line in enumerate(self._lines_after(), start=1):
            if not self._is_inner(line):
                return 0
            if line.rstrip(" ").endswith(quote):
                return count
        return 0

    def _count_loose_lines(self) -> int:
        """Count the lines that run on from this one: deeper, and neither blank nor an entry."""
        for count, line in enumerate(self._lines_after()):
            if _is_void(line) or not self._is_inner(line) or _is_entry(line.lstrip()):
                return count
        return 0

    def _skip_block(self) -> None:
        """Step over the lines of a block text, where everything is text."""
        while self.index + 1 < len(self.lines) and self._is_inner(self.lines[self.index + 1]):
            self.index += 1
            line = self.lines[self.index]
            if "\t" in line:
                self._report("yaml-tab", line.index("\t"))
                self.lines[self.index] = line.replace("\t", "  ")

    def _scan_collection(self, line: str, column: int, value: str) -> bool:
        """Step over brackets that run over several lines; False if they end on their own."""
        if value[0] not in "[{" or (fault := check_value(value)) is None or fault.rule != "yaml-bracket":
            return False
        inner = self._bracket_lines()
        end = collection_end("\n".join((value, *inner)))
        if end is not None:
            self.index += len(inner)
            return True
        self._report(fault.rule, column, **fault.details)
        self.lines[self.index] = line[:column] + fault.mended
        self._take_out(len(inner))
        return True

    def _bracket_lines(self) -> list[str]:
        """Return the deeper lines that follow, and the closing bracket's line, which may stand less deep."""
        inner: list[str] = []
        for line in self._lines_after():
            if not self._is_inner(line):
                return [*inner, line] if line.lstrip(" ")[0] in "]}" else inner
            inner.append(line)
        return inner

    def _take_out(self, count: int) -> None:
        for _ in range(count):
            self.index += 1
            self.lines[self.index] = ""


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _text_start(line: str) -> int:
    return len(line) - len(line.lstrip())


def _is_void(line: str) -> bool:
    text = line.strip(" \t")
    return not text or text.startswith("#")


def _split(line: str) -> tuple[str, str, str]:
    """Return the indent, the dashes and the rest of a line."""
    indent, dashes, rest = _ENTRY.match(line).groups()  # type: ignore[union-attr]  # the pattern fits every line
    return indent, dashes, rest


def _is_entry(line: str) -> bool:
    _, dashes, rest = _split(line)
    return bool(dashes or _KEY.match(rest) or _WIDE_COLON.match(rest) or _COLON_WITHOUT_SPACE.match(rest))


def _blank_name(blanks: str) -> str:
    return _BLANK_NAMES.get(blanks[0], f"U+{ord(blanks[0]):04X}")
