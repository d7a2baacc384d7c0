"""Read YAML strictly: every value keeps its line and column, and nothing is guessed.

The language accepted is a small part of YAML: mappings, lists, text, whole numbers, true, false and days.
Folded text (``>``) joins Japanese lines without a space; block texts lose their last line ends.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import yaml

from cardguide.problems import DataError, Problem
from cardguide.yamllines import scan_lines
from cardguide.yamltext import WHOLE_FILE, decode_text
from cardguide.yamlvalues import Builder, Mark, Path, Place

__all__ = ["Mark", "Path", "YamlSource", "read_yaml"]


@dataclass(frozen=True, kw_only=True, slots=True)
class YamlSource:
    """The data of one file, with the position of every key and value by its path."""

    file: str
    data: Mapping[str, Any]
    marks: Mapping[Path, Place]
    key_marks: Mapping[Path, Place]
    digest: str
    warnings: tuple[Problem, ...] = ()

    def mark(self, path: Iterable[str | int]) -> Mark:
        """Return where the value at the path stands, or its nearest ancestor."""
        return _nearest((self.marks,), tuple(path))

    def key_mark(self, path: Iterable[str | int]) -> Mark:
        """Return where the key at the path stands, or its value, or its nearest ancestor."""
        return _nearest((self.key_marks, self.marks), tuple(path))


def _nearest(tables: tuple[Mapping[Path, Place], ...], path: Path) -> Mark:
    for length in range(len(path), 0, -1):
        for table in tables:
            if path[:length] in table:
                return Mark(*table[path[:length]])
    return Mark(1, 1)


@lru_cache(maxsize=64)  # a preview reads again and again what nobody has edited
def read_yaml(file: str, content: bytes) -> YamlSource:
    """Return the data of a file; raise DataError with every problem that one pass can find."""
    decoded = decode_text(file, content)
    scanned = scan_lines(file, decoded.text)
    builder = Builder(file, scanned.text)
    syntax = _build(builder)
    found = [*decoded.problems]
    found += _on_other_lines((*scanned.problems, *builder.problems), decoded.ruined_lines)
    found += _on_other_lines(syntax, {problem.line for problem in found})
    if any(problem.severity == "error" for problem in found):
        raise DataError(found)
    return YamlSource(
        file=file,
        data=builder.data,
        marks=builder.marks,
        key_marks=builder.key_marks,
        digest=hashlib.sha256(content).hexdigest(),
        warnings=tuple(found),
    )


def _on_other_lines(problems: Iterable[Problem], lines: Collection[int]) -> list[Problem]:
    """Leave out what only repeats in other words that a line is broken."""
    return [problem for problem in problems if problem.line not in lines]


def _build(builder: Builder) -> tuple[Problem, ...]:
    """Build as far as the syntax allows; return what stopped it."""
    try:
        builder.build()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        return (Problem(file=builder.file, line=line, column=column, where=WHOLE_FILE, rule="yaml-syntax"),)
    return ()
