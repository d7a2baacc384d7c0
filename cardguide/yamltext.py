"""Turn the bytes of a YAML file into lines of text, and say what is wrong with the bytes in an editor's words."""

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
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufdd0-\ufdef\ufeff\ufffe\uffff]")
_BROKEN = re.compile(r"[\udc80-\udcff]+")
_HALF_WIDTH_OR_PRIVATE = re.compile(r"[\uff61-\uff9f\ue000-\uf8ff]")
_KANA = re.compile(r"[\u3041-\u30ff]")


@dataclass(frozen=True, kw_only=True, slots=True)
class DecodedText:
    """The text of a file with plain line ends, and what had to be mended to get it."""

    text: str
    problems: tuple[Problem, ...]


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
        problems.append(_problem(file, text, first_lone_return, "yaml-line-end", character="CR (U+000D)"))
    problems += _bad_characters(file, text)
    return DecodedText(text=_BROKEN.sub("?", _FORBIDDEN.sub(" ", text)), problems=tuple(problems))


def _refusal(file: str, rule: str, **details: str) -> DataError:
    return DataError([Problem(file=file, line=1, column=1, where=WHOLE_FILE, rule=rule, details=details)])


def _problem(file: str, text: str, offset: int, rule: str, **details: str) -> Problem:
    line = text.count("\n", 0, offset) + 1
    column = offset - text.rfind("\n", 0, offset)
    return Problem(file=file, line=line, column=column, where=WHOLE_FILE, rule=rule, details=details)


def _bad_characters(file: str, text: str) -> Iterator[Problem]:
    """Yield one problem a line, so that a ruined file does not drown its cause."""
    reported: set[tuple[int, str]] = set()
    for pattern in (_FORBIDDEN, _BROKEN):
        for match in pattern.finditer(text):
            problem = _bad_character(file, text, match)
            if (problem.line, problem.rule) not in reported:
                reported.add((problem.line, problem.rule))
                yield problem


def _bad_character(file: str, text: str, match: re.Match[str]) -> Problem:
    found = match[0]
    if found in _BREAKS:
        return _problem(file, text, match.start(), "yaml-line-end", character=_BREAKS[found])
    if match.re is _BROKEN:
        raw = " ".join(f"{byte:02X}" for byte in found[:8].encode("utf-8", "surrogateescape"))
        return _problem(file, text, match.start(), "yaml-broken-bytes", bytes=raw)
    return _problem(file, text, match.start(), "yaml-control", code=f"U+{ord(found):04X}")


def _foreign_encoding(content: bytes) -> str | None:
    """Name the likely encoding of a file that is not UTF-8; None for UTF-8 and for UTF-8 with some broken bytes."""
    for mark, name in _BYTE_MARKS:
        if content.startswith(mark):
            return name
    if len(content) > 3 and content.count(0) * 3 > len(content):
        return "UTF-16"
    if b"\x1b$B" in content or b"\x1b$@" in content:
        return "ISO-2022-JP"
    text = content.decode("utf-8", "surrogateescape")
    broken = len(re.findall(r"[\udc80-\udcff]", text))
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
