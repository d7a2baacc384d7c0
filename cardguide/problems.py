"""What the checks found: problems that speak to the person who edits the YAML, in Japanese or English.

The words live in ``messages.toml``, one table a rule, so that a rule names only itself and its details.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

Severity = Literal["error", "warning"]
Language = Literal["ja", "en"]


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class Problem:
    """One thing that is wrong, and where.

    ``line`` and ``column`` count from 1; ``where`` is the dotted path of the value
    (``procedures.exchange.who.en``); ``details`` fill the placeholders of the rule's message.
    """

    file: str
    line: int
    column: int
    where: str
    rule: str
    details: Mapping[str, str] = field(default_factory=dict, compare=False)

    @property
    def severity(self) -> Severity:
        """Tell whether the problem stops a build."""
        severity: Severity = _catalogue()[self.rule].get("severity", "error")  # type: ignore[assignment]
        return severity

    def message(self, language: Language) -> str:
        """Say what is wrong and what was expected."""
        return _catalogue()[self.rule][language].format_map(self.details)

    def hint(self, language: Language) -> str:
        """Say what to do about it."""
        return _catalogue()[self.rule][f"hint_{language}"].format_map(self.details)


class DataError(Exception):
    """The data is wrong; carries every problem that was found, errors and warnings."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__(f"{len(self.problems)} problems in the data")

    def __reduce__(self) -> tuple[type["DataError"], tuple[tuple[Problem, ...]]]:
        """Travel from another process with every problem."""
        return DataError, (self.problems,)


@cache
def _catalogue() -> Mapping[str, Mapping[str, str]]:
    import tomllib
    from importlib import resources

    return tomllib.loads(resources.files(__package__).joinpath("messages.toml").read_text("utf-8"))


def rules() -> tuple[str, ...]:
    """Return the names of all rules that have words."""
    return tuple(_catalogue())


def format_text(problems: Iterable[Problem], language: Language) -> str:
    """Return one ``file:line:col where: message`` line and one ``hint:`` line a problem."""
    return "".join(
        f"{problem.file}:{problem.line}:{problem.column} {problem.where}: {problem.message(language)}\n"
        f"  hint: {problem.hint(language)}\n"
        for problem in problems
    )


def format_json(problems: Iterable[Problem], language: Language) -> str:
    """Return the machine form of the contract: a list of objects with fixed keys."""
    rows = [
        {
            "file": problem.file,
            "line": problem.line,
            "column": problem.column,
            "where": problem.where,
            "rule": problem.rule,
            "message": problem.message(language),
            "hint": problem.hint(language),
        }
        for problem in problems
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def format_github(problems: Iterable[Problem], language: Language) -> str:
    """Return workflow commands that a code host shows beside the line."""

    def escape(text: str, *, value: bool = False) -> str:
        text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
        return text.replace(":", "%3A").replace(",", "%2C") if value else text

    return "".join(
        f"::{problem.severity} file={escape(problem.file, value=True)},line={problem.line},col={problem.column},"
        f"title={escape(problem.rule, value=True)}::"
        f"{escape(f'{problem.where}: {problem.message(language)} — {problem.hint(language)}')}\n"
        for problem in problems
    )
