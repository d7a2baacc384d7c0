"""Turn the bytes of a YAML file into text, and say in plain words what is wrong with the bytes."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

from cardguide.problems import DataError, Problem

SIZE_LIMIT = 1_000_000
LINE_LIMIT = 5_000
WHOLE_FILE = "(file)"

_BYTE_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
_BREAKS = {"\x85": "NEL (U+0085)", "\u2028": "LS (U+2028)", "\u2029": "PS (U+2029)"}
_BREAK = re.compile(r"[\x85\u2028\u2029]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufeff\ufffe\uffff]")
_BROKEN = re.compile(r"[\udc80-\udcff]+")
_HALF_WIDTH_OR_PRIVATE = re.compile(r"[\uff61-\uff9f\ue000-\uf8ff]")
_KANA = re.compile(r"[\u3041-\u30ff]")


@dataclass(frozen=True, kw_only=True, slots=True)
class DecodedText:
    """The text of a file with plain line ends, and what had to be mended to get it."""

    text: str
    problems: tuple[Problem, ...]
    ruined_lines: frozenset[int]


def decode_text(file: str, content: bytes) -> DecodedText:
    """Return the text of the file; raise DataError where nothing can be read from it."""
    if len(content) > SIZE_LIMIT:
        raise _refusal(file, "yaml-size", size=f"{len(content):,}", limit=f"{SIZE_LIMIT:,}")
    if encoding := _foreign_encoding(content):
        raise _refusal(file, "yaml-encoding", encoding=encoding)
    marked = content.startswith(codecs.BOM_UTF8)
    text = content[len(codecs.BOM_UTF8) * marked :].decode("utf-8", "surrogateescape").replace("\r\n", "\n")
    first_lone_return = text.find("\r")
    text = text.replace("\r", "\n")
    if (lines := text.count("\n")) > LINE_LIMIT:
        raise _refusal(file, "yaml-lines", lines=f"{lines:,}", limit=f"{LINE_LIMIT:,}")
    problems = [Problem(file=file, line=1, column=1, where=WHOLE_FILE, rule="yaml-bom")] if marked else []
    if first_lone_return >= 0:
        line = text.count("\n", 0, first_lone_return) + 1
        column = first_lone_return - text.rfind("\n", 0, first_lone_return)
        problems.append(_problem(file, line, column, "yaml-line-end", character="CR (U+000D)"))
    if not any(pattern.search(text) for pattern in (_BREAK, _CONTROL, _BROKEN)):
        return DecodedText(text=text, problems=tuple(problems), ruined_lines=frozenset())
    bad = tuple(_bad_characters(file, text))
    ruined = frozenset(problem.line for problem in bad)
    return DecodedText(text=_mended(text), problems=(*problems, *bad), ruined_lines=ruined)


def _mended(text: str) -> str:
    return _BROKEN.sub("?", _CONTROL.sub(" ", _BREAK.sub(" ", text)))


def _refusal(file: str, rule: str, **details: str) -> DataError:
    return DataError([Problem(file=file, line=1, column=1, where=WHOLE_FILE, rule=rule, details=details)])


def _problem(file: str, line: int, column: int, rule: str, **details: str) -> Problem:
    return Problem(file=file, line=line, column=column, where=WHOLE_FILE, rule=rule, details=details)


def _bad_characters(file: str, text: str) -> Iterator[Problem]:
    """Yield one problem of a kind a line, so that a ruined file does not drown its cause."""
    for number, line in enumerate(text.split("\n"), start=1):
        if match := _BREAK.search(line):
            yield _problem(file, number, match.start() + 1, "yaml-line-end", character=_BREAKS[match[0]])
        if match := _CONTROL.search(line):
            yield _problem(file, number, match.start() + 1, "yaml-control", code=f"U+{ord(match[0]):04X}")
        if match := _BROKEN.search(line):
            raw = match[0][:8].encode("utf-8", "surrogateescape").hex(" ").upper()
            yield _problem(file, number, match.start() + 1, "yaml-broken-bytes", bytes=raw)


def _foreign_encoding(content: bytes) -> str | None:
    """Name the likely encoding of a file that is not UTF-8; None for UTF-8, even with some broken bytes."""
    for mark, name in _BYTE_MARKS:
        if content.startswith(mark):
            return name
    if content.count(0) * 3 > len(content):
        return "UTF-16"
    if b"\x1b$B" in content or b"\x1b$@" in content:
        return "ISO-2022-JP"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        text = content.decode("utf-8", "surrogateescape")
    else:
        return None
    broken = sum(map(len, _BROKEN.findall(text)))
    healthy = sum(1 for character in text if character > "\x7f") - broken
    return _likely_japanese_encoding(content) if broken > healthy else None


def _likely_japanese_encoding(content: bytes) -> str | None:
    candidates = []
    for name, codec in (("Shift_JIS", "cp932"), ("EUC-JP", "euc_jp")):
        try:
            text = content.decode(codec)
        except UnicodeDecodeError:
            continue
        candidates.append((len(_KANA.findall(text)) - 2 * len(_HALF_WIDTH_OR_PRIVATE.findall(text)), name))
    return max(candidates)[1] if candidates else None
