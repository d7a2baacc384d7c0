"""The strict YAML reader: what it accepts, what it refuses, and how it tells the person who typed it."""

import json
import re
import tomllib
from collections.abc import Iterator
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cardguide import yamllines, yamlvalues
from cardguide.problems import DataError, Problem, rules
from cardguide.yamllines import scan_lines
from cardguide.yamlsource import Mark, YamlSource, read_yaml
from cardguide.yamltext import LINE_LIMIT, SIZE_LIMIT

CASES = Path(__file__).parent / "cases"
BAD = sorted((CASES / "yaml").glob("*.yaml"))
GOOD = sorted((CASES / "yaml_good").glob("*.yaml"))

# Too large to be kept as files.
TOO_LARGE = {
    "yaml-size": b"title: " + b"a" * SIZE_LIMIT,
    "yaml-lines": b"items:\n" + b"  - a\n" * LINE_LIMIT,
    "yaml-depth": b"deep: " + b"[" * 5_000 + b"]" * 5_000,
    "yaml-bracket": b"deep: " + b"[" * 5_000,
}


def problems_of(content: bytes) -> tuple[Problem, ...]:
    """Return what the reader finds, whether it refuses the file or not."""
    try:
        return read_yaml("data/case.yaml", content).warnings
    except DataError as error:
        return error.problems


def name_of(path: Path) -> str:
    return path.stem


@pytest.fixture(params=[yamlvalues.PARSER, yaml.SafeLoader], ids=["fast-parser", "pure-parser"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(yamlvalues, "PARSER", request.param)
    return request.param


@pytest.mark.parametrize("case", BAD, ids=name_of)
@pytest.mark.usefixtures("parser")
def test_a_bad_file_gives_the_expected_problems_at_their_places(case: Path) -> None:
    found = [f"{p.line}:{p.column} {p.where} {p.rule}" for p in problems_of(case.read_bytes())]
    assert found == case.with_suffix(".expected").read_text("utf-8").splitlines()


@pytest.mark.parametrize("case", GOOD, ids=name_of)
@pytest.mark.usefixtures("parser")
def test_a_good_file_gives_its_data_and_no_problem(case: Path) -> None:
    source = read_yaml("data/case.yaml", case.read_bytes())
    data = json.loads(json.dumps(source.data, default=lambda value: {"day": value.isoformat()}))
    assert data == json.loads(case.with_suffix(".json").read_text("utf-8"))
    assert source.warnings == ()


@pytest.mark.parametrize("rule", TOO_LARGE)
def test_a_file_beyond_a_limit_is_refused_with_one_problem(rule: str) -> None:
    assert [problem.rule for problem in problems_of(TOO_LARGE[rule])] == [rule]


def test_twenty_faults_in_one_file_are_twenty_problems_in_one_pass() -> None:
    found = problems_of((CASES / "yaml" / "twenty-faults.yaml").read_bytes())
    assert len({problem.line for problem in found}) == len(found) == 20


def test_a_byte_order_mark_is_a_warning_and_the_data_is_read() -> None:
    source = read_yaml("data/case.yaml", (CASES / "yaml" / "bom.yaml").read_bytes())
    assert source.data == {"title": "特定在留カード"}
    assert [(warning.rule, warning.severity) for warning in source.warnings] == [("yaml-bom", "warning")]


# Marks


@pytest.fixture
def source() -> YamlSource:
    return read_yaml("data/case.yaml", "who:\n  - text: {ja: 人, en: A}\n    since: 2026-06-14\n".encode())


def test_every_value_and_key_has_its_line_and_column(source: YamlSource) -> None:
    assert source.marks["who", 0, "text", "en"] == Mark(2, 23)
    assert source.key_marks["who", 0, "text", "en"] == Mark(2, 19)
    assert source.marks["who", 0, "since"] == Mark(3, 12)
    assert source.data["who"][0]["since"] == date(2026, 6, 14)


def test_the_mark_of_a_missing_path_is_that_of_its_nearest_ancestor(source: YamlSource) -> None:
    assert source.mark(("who", 0, "text", "fr")) == source.marks["who", 0, "text"]
    assert source.key_mark(("who", 0, "text", "fr")) == source.key_marks["who", 0, "text"]
    assert source.key_mark(("who", 0)) == source.marks["who", 0]
    assert source.mark(("nobody", 3)) == source.key_mark(()) == Mark(1, 1)


def test_a_crlf_file_has_the_marks_of_its_lf_twin() -> None:
    text = "a:\n  b: c\n  d: [e]\n"
    twins = [read_yaml("data/case.yaml", variant.encode()) for variant in (text, text.replace("\n", "\r\n"))]
    assert twins[0].marks == twins[1].marks
    assert twins[0].digest != twins[1].digest


# Words


def words() -> dict[str, dict[str, str]]:
    catalogue = resources.files("cardguide").joinpath("messages.toml").read_text("utf-8")
    return {rule: texts for rule, texts in tomllib.loads(catalogue).items() if rule.startswith("yaml-")}


def all_bad_problems() -> Iterator[Problem]:
    for case in BAD:
        yield from problems_of(case.read_bytes())
    for content in TOO_LARGE.values():
        yield from problems_of(content)


def test_every_rule_of_the_reader_occurs_in_a_failing_case() -> None:
    assert {problem.rule for problem in all_bad_problems()} == {r for r in rules() if r.startswith("yaml-")}


def test_every_placeholder_of_a_message_is_filled_in_both_languages() -> None:
    catalogue = words()
    for problem in all_bad_problems():
        texts = catalogue[problem.rule]
        for part in ("ja", "en", "hint_ja", "hint_en"):
            placeholders = set(re.findall(r"(?<!\{)\{(\w+)\}", texts[part]))
            assert placeholders <= set(problem.details), (problem.rule, part)


def test_every_message_speaks_its_language() -> None:
    kana = re.compile(r"[ぁ-ヿ]")
    for rule, texts in words().items():
        for part in ("ja", "hint_ja"):
            assert kana.search(texts[part]), (rule, part)
        for part in ("en", "hint_en"):
            assert texts[part].endswith((".", "}", ":")), (rule, part)
            assert not kana.search(texts[part]), (rule, part)


# Hints

MENDABLE = [
    "amount-comma",
    "amount-full-width",
    "amount-underscore",
    "amount-yen-sign",
    "boolean-words",
    "colon-full-width",
    "colon-in-text",
    "colon-without-space",
    "comment-cuts-text",
    "dash-without-space",
    "date-short",
    "date-with-time",
    "decimal",
    "escape",
    "key-number",
    "leading-zero",
    "number",
    "placeholder",
    "quote-closed-full-width",
    "quote-open",
    "quote-open-list",
    "quote-text-after",
    "smart-quotes",
    "start-sign",
    "time",
]


def type_the_hint(text: str, problem: Problem) -> str:
    """Do to the text what the hint says, by letter."""
    lines = text.split("\n")
    line = lines[problem.line - 1]
    fixed = problem.details["fixed"]
    typed_value = problem.details.get("value", problem.details.get("key", ""))
    indent = line[: len(line) - len(line.lstrip())]
    if problem.rule == "yaml-comment":
        mended = line[: line.index(":") + 2] + fixed
    elif fixed.lstrip("- ").startswith(line.strip().lstrip("- ")[:1]) and problem.rule in LINE_RULES:
        mended = indent + fixed
    else:
        start = problem.column - 1
        mended = line[:start] + line[start:].replace(typed_value, fixed, 1)
    lines[problem.line - 1] = mended
    return "\n".join(lines)


LINE_RULES = {
    "yaml-colon-in-text",
    "yaml-colon-space",
    "yaml-dash-space",
    "yaml-escape",
    "yaml-placeholder",
    "yaml-quote-open",
    "yaml-quote-text",
    "yaml-smart-quotes",
    "yaml-start-sign",
    "yaml-wide-colon",
}


@pytest.mark.parametrize("name", MENDABLE)
def test_typing_what_the_hint_says_makes_the_file_valid(name: str) -> None:
    text = (CASES / "yaml" / f"{name}.yaml").read_text("utf-8")
    for _ in range(20):
        found = problems_of(text.encode())
        if not found:
            break
        text = type_the_hint(text, found[0])
    assert problems_of(text.encode()) == (), text


# Any bytes whatever

SIGNS = "aé1-0:#'\"[]{},&*!|>%@`?~.=<\\\n\n\n  \t\r\u3000\u00a0：カ。“”\ufeff\x07\u2028yesno"
YAML_SIGNS = st.text(st.sampled_from(SIGNS), max_size=120)
REAL_TEXT = "\n".join(case.read_text("utf-8") for case in GOOD if case.stem in {"texts", "collections"})
REAL_LINES = REAL_TEXT.replace("---\n", "").split("\n")


def assert_only_problems_come_out(content: bytes) -> None:
    for problem in problems_of(content):
        assert problem.line >= 1
        assert problem.column >= 1
        assert problem.message("ja") + problem.hint("ja")
        assert problem.message("en") + problem.hint("en")


@given(st.binary(max_size=200))
def test_random_bytes_give_data_or_problems(content: bytes) -> None:
    assert_only_problems_come_out(content)


@given(YAML_SIGNS)
def test_random_signs_of_yaml_give_data_or_problems(text: str) -> None:
    assert_only_problems_come_out(text.encode())


@given(st.data())
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_a_real_file_with_random_edits_gives_data_or_problems(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(REAL_LINES) - 20))
    text = "\n".join(REAL_LINES[start : start + 20])
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(text)))
        length = data.draw(st.integers(0, 6))
        text = text[:place] + data.draw(YAML_SIGNS.map(lambda signs: signs[:6])) + text[place + length :]
    assert_only_problems_come_out(text.encode())


GOOD_LINES = (
    *(
        "  title: Plain words",
        '  title: "Quoted: words"',
        "  facts: [one, two-3]",
        "  - word-1",
        "  - fact: one",
    ),
    *("  sources: [{source: a, place: b}]", "  - {source: a, place: b}", "  - {day: a}", "  card:"),
)
SIGNS = (*" -:#\"'\\[]{},&*!|>%@`?=.~\t\u3000：“…a1あ", ": ", " #", "- ", "\n    ", "{a}", "]]", "<<")


@pytest.mark.parametrize("line", GOOD_LINES)
def test_a_line_in_good_form_is_read_as_if_each_fault_were_looked_for(
    line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    edits = [
        line[:at] + sign + line[at + cut :] for at in range(len(line) + 1) for sign in SIGNS for cut in (0, 1)
    ]
    texts = [f"one:\n{edit}\n    deeper: 1\n  next: 2\n" for edit in [line, *edits]]
    quickly = [scan_lines("data/case.yaml", text) for text in texts]
    monkeypatch.setattr(yamllines, "_GOOD_ENTRY", re.compile("(?!)"))
    assert [scan_lines("data/case.yaml", text) for text in texts] == quickly


def as_plain(value: Any) -> Any:
    """Return the value without what the reader changes on purpose: last line ends and the spaces of folds."""
    if isinstance(value, dict):
        return {key: as_plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_plain(inner) for inner in value]
    return re.sub(r"[ \n]", "", value) if isinstance(value, str) else value


@given(YAML_SIGNS.map(lambda text: "key: " + text))
@settings(max_examples=300)
def test_what_is_accepted_means_the_same_to_any_yaml_reader(text: str) -> None:
    try:
        source = read_yaml("data/case.yaml", text.encode())
    except DataError:
        return
    assert as_plain(source.data) == as_plain(yaml.safe_load(text))
