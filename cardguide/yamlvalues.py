"""Build plain values with their positions from the events of a YAML parser; refuse what invites a guess."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

import yaml

from cardguide.problems import Problem
from cardguide.yamlscalars import ScalarFault, quoted, read_scalar

Path = tuple[str | int, ...]
Place = tuple[int, int]
"""A mark as a file has thousands of them: nearly none is ever looked at, so none is made before."""
DEPTH_LIMIT = 20

# The C parser is some twenty times faster; both give the same events.
PARSER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]*")
# Only where readings are kept is a word of Japanese a key; anywhere else it is a text whose colon was not quoted.
_WORD_KEY = re.compile(r"[0-9]*[ぁ-ヺー一-鿿々〆]+")
_WORD_LISTS = (("words",), ("counters",))
# Compared, not matched: a pattern of so many characters takes longer to compile than to read a file.
_WIDE = (("\u2e80", "\u9fff"), ("\uf900", "\ufaff"), ("\uff00", "\uff9f"), ("\U00020000", "\U0003ffff"))
_WIDE_SIGN = re.compile(r"[、。，．・：；！？（）「」『』［］]")
_COMMENT_AFTER_TEXT = re.compile(r"[ ]+#")
_COMMENT_IN_GOOD_FORM = re.compile(r"[ ]{2,}# ")


class Mark(NamedTuple):
    """A position in a file; line and column count from 1."""

    line: int
    column: int


@dataclass(slots=True)
class Builder:
    """Build the value of one document and collect its marks and problems."""

    file: str
    text: str
    marks: dict[Path, Place] = field(default_factory=dict)
    key_marks: dict[Path, Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    data: dict[str, Any] = field(default_factory=dict)
    _lines: list[str] = field(default_factory=list)
    _events: Iterator[Any] = field(default_factory=lambda: iter(()))

    def build(self) -> None:
        """Read the text into ``data``; a syntax error leaves as ``yaml.MarkedYAMLError``."""
        self._lines = self.text.split("\n")
        self._events = _events(self.text)
        next(self._events)  # the start of the stream
        event = next(self._events)
        if isinstance(event, yaml.StreamEndEvent):
            self._report("yaml-empty-file", Mark(1, 1), ())
            return
        self._document(next(self._events))
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                self._report("yaml-documents", _mark(event), ())

    def _document(self, event: Any) -> None:
        if not isinstance(event, yaml.MappingStartEvent):
            self._report("yaml-empty-file" if _is_empty(event) else "yaml-root", _mark(event), ())
        value = self._value(event, ()) if not _is_empty(event) else None
        if isinstance(value, dict):
            self.data = value

    def _report(self, rule: str, mark: Mark, path: Path, **details: str) -> None:
        where = ".".join(map(str, path)) or "(file)"
        self.problems.append(
            Problem(
                file=self.file, line=mark.line, column=mark.column, where=where, rule=rule, details=details
            )
        )

    def _value(self, event: Any, path: Path) -> Any:
        self.marks[path] = _place(event)
        if isinstance(event, yaml.AliasEvent):
            return self._report("yaml-alias", _mark(event), path, name=f"*{event.anchor}")
        if event.anchor is not None:
            self._report("yaml-anchor", _mark(event), path, name=f"&{event.anchor}")
        if event.tag is not None:
            self._report("yaml-tag", _mark(event), path, tag=event.tag)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, path)
        if len(path) >= DEPTH_LIMIT:
            return self._too_deep(_mark(event), path)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path)
        return self._sequence(path)

    def _too_deep(self, mark: Mark, path: Path) -> None:
        self._report("yaml-depth", mark, path[:3], limit=str(DEPTH_LIMIT))
        open_collections = 1
        while open_collections:
            event = next(self._events)
            open_collections += isinstance(event, yaml.CollectionStartEvent)
            open_collections -= isinstance(event, yaml.CollectionEndEvent)

    def _sequence(self, path: Path) -> list[Any]:
        values: list[Any] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            values.append(self._value(event, (*path, len(values))))
        return values

    def _mapping(self, path: Path) -> dict[str, Any]:
        values: dict[str, Any] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._key(event, path)
            place = (*path, key)
            if key in values:
                self._report(
                    "yaml-duplicate-key", _mark(event), place, key=key, first=str(self.key_marks[place][0])
                )
            else:
                self.key_marks[place] = _place(event)
            values[key] = self._value(next(self._events), place)
        return values

    def _key(self, event: Any, path: Path) -> str:
        if not isinstance(event, yaml.ScalarEvent):
            self._value(event, path)
            self._report("yaml-complex-key", _mark(event), path)
            return "?"
        key = str(event.value)
        if event.anchor is not None or event.tag is not None:
            self._report("yaml-anchor", _mark(event), path, name=str(event.anchor or event.tag))
        elif key == "<<":
            self._report("yaml-merge", _mark(event), path)
        elif not (_KEY.fullmatch(key) or (path in _WORD_LISTS and _WORD_KEY.fullmatch(key))):
            self._report("yaml-key", _mark(event), path, key=key)
        elif not event.style and not isinstance(read_scalar(key), str):
            self._report("yaml-key-type", _mark(event), path, key=key, fixed=quoted(key))
        return key

    def _scalar(self, event: Any, path: Path) -> Any:
        if event.style in {"|", ">"}:
            return self._block_text(event)
        if event.end_mark.line > event.start_mark.line and event.value:
            self._report("yaml-multiline", _mark(event), path)
        if event.style:
            return event.value
        self._check_comment(event, path)
        value = read_scalar(event.value)
        if isinstance(value, ScalarFault):
            key = next((part for part in reversed(path) if isinstance(part, str)), "")
            self._report(value.rule, _mark(event), path, key=key, **value.details)
            return None
        return value

    def _check_comment(self, event: Any, path: Path) -> None:
        """Tell text that a number sign cuts off from a comment, which stands two spaces away."""
        end = event.end_mark
        rest = self._lines[end.line][end.column :] if end.line < len(self._lines) else ""
        if event.value and _COMMENT_AFTER_TEXT.match(rest) and not _COMMENT_IN_GOOD_FORM.match(rest):
            whole = quoted(event.value + rest.rstrip())
            self._report(
                "yaml-comment", Mark(end.line + 1, end.column + 1), path, lost=rest.strip(), fixed=whole
            )

    def _block_text(self, event: Any) -> str:
        text = str(event.value).rstrip("\n")
        if event.style == "|":
            return text
        last = event.end_mark.line + 1
        return _join_folded_japanese(text, self._lines[event.start_mark.line + 1 : last])


def _events(text: str) -> Iterator[Any]:
    parser = PARSER(text)
    try:
        yield from iter(parser.get_event, None)
    finally:
        parser.dispose()


def _place(event: Any) -> Place:
    start = event.start_mark
    return start.line + 1, start.column + 1


def _mark(event: Any) -> Mark:
    return Mark(*_place(event))


def _is_empty(event: Any) -> bool:
    return isinstance(event, yaml.ScalarEvent) and not event.value and not event.style


def _joins(left: str, right: str) -> bool:
    is_japanese = _is_wide(left) and _is_wide(right)
    return bool(is_japanese or _WIDE_SIGN.match(left) or _WIDE_SIGN.match(right))


def _is_wide(character: str) -> bool:
    return any(first <= character <= last for first, last in _WIDE)


def _join_folded_japanese(text: str, lines: list[str]) -> str:
    """Take out the space that folding puts between two lines where Japanese meets Japanese."""
    pieces: list[str] = []
    start = 0
    for above, below in pairwise(line.strip() for line in lines):
        if (
            above
            and below
            and _joins(above[-1], below[0])
            and (fold := text.find(f"{above} {below}", start)) >= 0
        ):
            pieces.append(text[start : fold + len(above)])
            start = fold + len(above) + 1
    return "".join((*pieces, text[start:]))
