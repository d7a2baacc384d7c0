"""Read YAML strictly: every value keeps its line and column, and nothing is guessed.

The language accepted here is a small part of YAML: mappings, lists, text, whole numbers, ``true``, ``false`` and days.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from cardguide.problems import DataError, Problem
from cardguide.yamllines import scan_lines
from cardguide.yamltext import WHOLE_FILE, decode_text
from cardguide.yamlvalues import Builder, Mark, Path

__all__ = ["Mark", "Path", "YamlSource", "read_yaml"]


@dataclass(frozen=True, kw_only=True, slots=True)
class YamlSource:
    """The data of one file, with the position of every key and value by its path."""

    file: str
    data: Mapping[str, Any]
    marks: Mapping[Path, Mark]
    key_marks: Mapping[Path, Mark]
    digest: str
    warnings: tuple[Problem, ...] = ()

    def mark(self, path: Iterable[str | int]) -> Mark:
        """Return where the value at the path stands, or its nearest ancestor."""
        return _nearest((self.marks,), tuple(path))

    def key_mark(self, path: Iterable[str | int]) -> Mark:
        """Return where the key at the path stands, or its value, or its nearest ancestor."""
        return _nearest((self.key_marks, self.marks), tuple(path))


def _nearest(tables: tuple[Mapping[Path, Mark], ...], path: Path) -> Mark:
    for length in range(len(path), 0, -1):
        for table in tables:
            if path[:length] in table:
                return table[path[:length]]
    return Mark(1, 1)


def read_yaml(file: str, content: bytes) -> YamlSource:
    """Return the data of a file; raise DataError with every problem that one pass can find."""
    decoded = decode_text(file, content)
    scanned = scan_lines(file, decoded.text)
    builder = Builder(file, scanned.text)
    found = [*decoded.problems, *scanned.problems]
    try:
        builder.build()
    except yaml.MarkedYAMLError as error:
        found += _unless_known(_syntax_problem(file, error), found)
    found += builder.problems
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


def _unless_known(problem: Problem, found: Iterable[Problem]) -> tuple[Problem, ...]:
    return () if any(other.line == problem.line for other in found) else (problem,)


def _syntax_problem(file: str, error: yaml.MarkedYAMLError) -> Problem:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    return Problem(file=file, line=line, column=column, where=WHOLE_FILE, rule="yaml-syntax")
