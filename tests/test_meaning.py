"""What a change of the data means is said in every language, with its values filled in."""

import datetime
import re
import shutil
from pathlib import Path

import pytest
from projects import HOME, TODAY, copy_project, replace_once, run

from cardguide.confirming import Change
from cardguide.meaning import Meaning, Saying, compare_projects, format_meaning
from cardguide.project import Project

DAY = datetime.date.fromisoformat(TODAY)
WORKFLOW = (HOME / ".github/workflows/site.yml").read_text("utf-8")


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project with two facts and one text in one language changed."""
    root = copy_project(tmp_path_factory.mktemp("changed") / "project")
    facts = root / "data/facts.yaml"
    before, _, after = facts.read_text("utf-8").partition("  address-deadline:\n")
    facts.write_text(f"{before}  address-deadline:\n{after.replace('days: 14', 'days: 15', 1)}", "utf-8")
    replace_once(facts, 'value: "0570-013904"', 'value: "0570-013905"')
    replace_once(
        root / "data/procedures.yaml",
        "You have newly arrived in Japan and tell your municipal office where you live.",
        "You have just arrived in Japan and tell your municipal office where you live.",
    )
    return root


@pytest.fixture(scope="module")
def meaning(changed: Path) -> Meaning:
    return compare_projects(Project(root=HOME), Project(root=changed), DAY)


def test_one_edited_fact_is_said_in_every_sentence_and_language_that_names_it(meaning: Meaning) -> None:
    place = "procedures.address-new-landing.deadline.0.text"
    found = {saying.locale: (saying.old, saying.new) for saying in meaning.sayings if saying.place == place}
    assert set(found) == set(meaning.locales)
    assert found["en"] == ("Within 14 days of settling at your address.",
                           "Within 15 days of settling at your address.")  # fmt: skip
    assert found["ja"] == ("住むところを決めた日から14日以内。", "住むところを決めた日から15日以内。")


def test_pages_and_sheets_that_change_are_named(meaning: Meaning) -> None:
    assert {f"{tag}/procedures/address-new-landing.md" for tag in meaning.locales} <= set(meaning.pages)
    assert "flyers/ja/a4.pdf" in meaning.sheets
    assert not [path for path in meaning.pages if path.endswith("/contacts.md")]


def test_the_report_marks_what_changed_in_one_language_only(meaning: Meaning) -> None:
    lines = format_meaning(meaning, "en").splitlines()
    lone = [line for line in lines if line.endswith("only in this language: look at the others")]
    assert [line.split(" ")[1] for line in lone] == ["procedures.address-new-landing.summary.text"]
    assert "+ 15" in lines


def test_both_languages_of_messages_report_the_same(meaning: Meaning) -> None:
    japanese, english = (
        [line for line in format_meaning(meaning, language).splitlines() if line[:2] in {"- ", "+ "}]
        for language in ("ja", "en")
    )
    assert [line for line in japanese if not re.search("ページ|ちらし", line)] == [
        line for line in english if not re.search(r"^- \d+ (?:pages|sheets)", line)
    ]


def test_without_a_change_the_command_says_so() -> None:
    result = run("compare", HOME, "--as-of", TODAY)
    assert (result.returncode, result.stdout) == (0, "The data says what it said.\n")


def test_the_command_compares_two_folders_and_writes_nothing(changed: Path) -> None:
    before = sorted(changed.rglob("*"))
    result = run("compare", HOME, "--root", changed, "--as-of", TODAY, "--lang", "ja")
    assert result.returncode == 0, result.stderr
    assert "読む人に見える文の変化" in result.stdout
    assert sorted(changed.rglob("*")) == before


def test_a_state_that_cannot_be_read_is_told_like_any_wrong_data(tmp_path: Path) -> None:
    root = copy_project(tmp_path / "broken")
    (root / "data/facts.yaml").write_text("facts: [\n", "utf-8")
    result = run("compare", root, "--as-of", TODAY)
    assert result.returncode == 1
    assert "data/facts.yaml:" in result.stdout
    shutil.rmtree(root / "data")
    assert run("compare", root).returncode == 2


def test_no_text_can_close_the_fence_of_the_report() -> None:
    saying = Saying(place="x", locale="en", old=None, new="```\n# heading\n`````")
    edit = Change(path=("facts", "x"), old=None, new="````")
    text = format_meaning(
        Meaning(edits=(edit,), sayings=(saying,), pages=(), sheets=(), locales=("ja", "en")), "en"
    )
    assert "``````diff\n# x [en]" in text
    assert "\n# heading" not in text
    assert "`````diff\n# facts.x\n+ ````\n`````\n" in text


def test_every_action_of_the_workflow_is_pinned_by_a_commit() -> None:
    used = re.findall(r"uses: (\S+)(.*)", WORKFLOW)
    assert used
    assert [action for action, _ in used if not re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40}", action)] == []
    assert all(re.fullmatch(r" # v\d+\.\d+\.\d+", version) for _, version in used)


def test_no_job_that_runs_code_of_a_change_may_write() -> None:
    jobs = re.split(r"\n  (?=[a-z]+:\n)", WORKFLOW.partition("\njobs:")[2])
    writing = [job for job in jobs if re.search(r": write\b", job)]
    assert "\npermissions: {}" in WORKFLOW
    assert len(writing) == 1
    assert "run:" not in writing[0]
    assert "github.event_name != 'pull_request'" in writing[0]
    assert "pull_request_target" not in WORKFLOW
