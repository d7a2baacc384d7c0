"""Find what the YAML parser would misread or choke on, line by line, and mend it so that reading can go on."""

from dataclasses import dataclass

from cardguide.problems import Problem


@dataclass(frozen=True, kw_only=True, slots=True)
class ScannedLines:
    """The text with its faulty lines mended, and the problems that were found."""

    text: str
    problems: tuple[Problem, ...] = ()


def scan_lines(file: str, text: str) -> ScannedLines:
    """Return the text in a form that the parser can read to its end."""
    return ScannedLines(text=text)
