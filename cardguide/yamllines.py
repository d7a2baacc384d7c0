"""Find what the YAML parser would misread or choke on, line by line, and mend it so that reading can go on.

A parser stops at its first error, far from the cause and in its own words. Here each line is looked at as
typed; a faulty line is reported once and replaced by what was probably meant, so later faults are found too.
"""

import re
from dataclasses import dataclass, field

from cardguide.problems import Problem
from cardguide.yamlmend import BLOCK_HEADER, check_value, collection_end, without_comment
from cardguide.yamloutline import INDENT, Outline
from cardguide.yamlsigns import (
    KEY,
    indent_of,
    is_entry,
    is_void,
    mend_blanks,
    mend_signs,
    mend_tabs,
    split_entry,
    take_out_conflicts,
    text_start,
)
from cardguide.yamltext import WHOLE_FILE

# A bound that keeps the time linear for any file whatever.
_LOOK_AHEAD = 100

_DOCUMENT = re.compile(r"(?:---|\.\.\.)(?:[ ]|$)")
# A key or an item of a list, with nothing, a plain text, a quotation or a list on the same line behind it, in which
# nothing can be wrong. Nearly all lines are such lines, and are read without looking for each fault.
_GOOD_ENTRY = re.compile(
    r"""
    (?P<indent>[ ]*)
    (?: (?P<dash>-[ ])? (?P<key>\w[\w./-]*) :
        (?: [ ] (?P<value>
            [^\s"'\[\]{},\#&*!|>%@`?:<=.…‥・“”„‘’‚＂＇-] (?: [^\t\#:] | :(?=[^\s:]) )* (?<![ ])
            | "[^"\\\t]*"
            | \[ (?: [^\[\]{}"'\#\t] | \{ [^\[\]{}"'\#\t]* \} )* \]
        ))?
    | (?P<item>-[ ]) (?P<one> [a-z0-9][\w.-]* | \{ \w[\w-]* :[ ] [^\[\]{}"'\#\t]* \} )
    )
    """,
    re.VERBOSE,
)
_BARE_KEY = re.compile(r"[a-z][A-Za-z0-9_-]*")
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
        for index, marker in take_out_conflicts(self.lines):
            self.index = index
            self._report("yaml-conflict", 0, marker=marker)
        self.index = 0
        while self.index < len(self.lines):
            self._scan_line()
            self.index += 1

    def _report(self, rule: str, column: int, where: str | None = None, /, **details: str) -> None:
        self.problems.append(
            Problem(
                file=self.file,
                line=self.index + 1,
                column=column + 1,
                where=(self.outline.where if where is None else where) or WHOLE_FILE,
                rule=rule,
                details=details,
            )
        )

    # One line

    def _scan_line(self) -> None:
        if entry := _GOOD_ENTRY.fullmatch(self.lines[self.index]):
            self._enter_good(entry)
            return
        line = self.lines[self.index] = self._mend_blanks(self.lines[self.index])
        if is_void(line):
            return
        if line.startswith("%"):
            self._report("yaml-directive", 0, "", text=line)
            self.lines[self.index] = ""
        elif _DOCUMENT.match(line):
            self.outline.clear()
        else:
            self._scan_entry(line)

    def _enter_good(self, entry: re.Match[str]) -> None:
        """Note an entry in which nothing is wrong, but perhaps its indent or the lines below it."""
        indent = self._mend_indent(entry.string)
        dash = entry["dash"] or entry["item"]
        column = self.outline.enter_items(indent, dash) if dash else indent
        if entry["key"]:
            self.outline.enter_key(column, entry["key"])
        value = "one" if entry["item"] else "value"
        has_value = entry[value] is not None
        self.outline.opens = not has_value
        moved = indent - entry.end("indent")
        if moved or (has_value and self._count_loose_lines()):
            start = entry.start(value) if has_value else entry.end()
            self.outline.opens = True
            self._scan_value(start + moved)

    def _mend_blanks(self, line: str) -> str:
        """Turn tabs and special blanks into spaces; an indent made of them becomes the likely one."""
        start = text_start(line)
        for mend in (mend_tabs, mend_blanks):
            if fault := mend(line):
                self._report(fault.rule, fault.column, self.outline.above(start), **fault.details)
                line = fault.mended
                if fault.column < start and not is_void(line):
                    line = self._with_likely_indent(line)
        return line

    def _with_likely_indent(self, line: str) -> str:
        text = line.lstrip(" ")
        likely = self.outline.inner_column if self.outline.opens else self._likely_indent(line)
        return " " * self.outline.settle(likely, lambda: likely, is_item=text.startswith("-")) + text

    def _likely_indent(self, line: str) -> int:
        """Return the indent that the next line suggests for this one."""
        following = self._next_line()
        _, _, rest = split_entry(line)
        key = KEY.match(rest)
        opens = key is not None and not without_comment(rest[key.end() :])
        return max(indent_of(following) - (INDENT if opens else 0), 0)

    def _next_line(self) -> str:
        return next((line for line in self._lines_after() if not is_void(line)), "")

    # Entries: dashes, a key, a value

    def _scan_entry(self, line: str) -> None:
        if fault := mend_signs(line):
            self._report(fault.rule, fault.column, self.outline.above(indent_of(line)), **fault.details)
            line = self.lines[self.index] = fault.mended
        _, dashes, rest = split_entry(line)
        key = KEY.match(rest)
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
        found = indent_of(line)
        is_item = line.startswith("-", found)
        expected = self.outline.settle(found, lambda: self._likely_indent(line), is_item=is_item)
        if found != expected:
            where = self.outline.above(expected)
            self._report("yaml-indent", found, where, found=str(found), expected=str(expected))
            self.lines[self.index] = " " * expected + line[found:]
        return expected

    def _scan_loose_text(self, line: str) -> None:
        """Scan a line without dash and key: a value under its key, or a key that lost its colon."""
        column = indent_of(line)
        text = line[column:].rstrip(" ")
        is_complex = _COMPLEX_KEY.match(text) is not None
        is_inner = self.outline.opens and column > self.outline.column
        if is_inner and not is_complex and not self._entry_follows(column, text):
            self._scan_value(column)
            return
        where = self.outline.above(column)
        self._report("yaml-complex-key" if is_complex else "yaml-missing-colon", column, where, text=text)
        self.lines[self.index] = ""
        if _BARE_KEY.fullmatch(text) and indent_of(self._next_line()) > column:
            self.lines[self.index] = f"{line}:"
            self._scan_entry(f"{line}:")

    def _entry_follows(self, column: int, text: str) -> bool:
        if text[0] in "[{\"'":
            return False
        following = self._next_line()
        return indent_of(following) >= column and is_entry(following)

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
            start = indent_of(line)
            fixed = line[start:column] + fault.mended
            self._report(fault.rule, column + fault.offset, fixed=fixed, **fault.details)
        if fault:
            self.lines[self.index] = line[:column] + fault.mended
        self._take_out(continued)

    def _is_inner(self, line: str) -> bool:
        return not line.strip(" ") or indent_of(line) > self.outline.column

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
        column = self.outline.column
        first = self.index + 1
        for at in range(first, min(first + _LOOK_AHEAD, len(self.lines))):
            line = self.lines[at]
            if indent_of(line) <= column or is_void(line) or is_entry(line.lstrip()):
                return at - first
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
