"""The proofs find what must never be published, and the real tree passes them."""

import os
import shutil
from pathlib import Path

import pytest
from projects import HOME, run, tree

from cardguide.problems import DataError, rules
from cardguide.proofs import prove_tree

PAGE = "en/fees/index.html"
OTHER = "ja/fees/index.html"
FRAGMENT = '<a href="#nowhere">x</a>'

# What is done to a file of the tree, and the rule that must name that file.
APPENDED = {
    "proof-dead-link": (PAGE, '<a href="../nothing/">x</a>'),
    "proof-dead-fragment": ("en/faq/index.html", FRAGMENT),
    "proof-left-over-address": ("en/guide/index.html", "<a href='page:fees.md'>x</a>"),
    "proof-address-scheme": ("en/sources/index.html", '<a href="javascript:alert(1)">x</a>'),
    "proof-foreign-load": ("en/about/index.html", '<img src="//elsewhere.example/x.png" alt="">'),
    "proof-code-in-page": ("en/offices/index.html", '<p onclick="alert(1)">x</p>'),
    "proof-private": ("data/v1/facts.json", "/home/somebody/site"),
    "proof-mail": ("ja/search.json", "somebody@mail.example"),
    "proof-budget": (OTHER, " " * 300_000),
}


def _spoiled_copy(dist: Path, target: Path) -> Path:
    shutil.copytree(dist, target)
    for path, addition in APPENDED.values():
        with (target / path).open("a", encoding="utf-8") as file:
            file.write(addition)
    _replace(target / "ja/loss/index.html", ' lang="ja"', ' lang="en"')
    main = "<main"
    page = (target / "ja/offices/index.html").read_text("utf-8")
    start = page.index(">", page.index(main)) + 1
    (target / "ja/offices/index.html").write_text(f"{page[:start]}title: Offices\n{page[start:]}", "utf-8")
    (target / "en/my-number/index.html").unlink()
    with (target / "flyers/ja/a4.pdf").open("ab") as file:
        file.write(b"%")
    return target


def _replace(file: Path, old: str, new: str) -> None:
    file.write_text(file.read_text("utf-8").replace(old, new, 1), "utf-8")


def _staged_copy(project: Path, target: Path) -> Path:
    shutil.copytree(project / "build" / "docs", target, copy_function=os.link)
    (target / "en" / "alone.md").write_text("# Alone\n", "utf-8")
    return target


@pytest.fixture(scope="module")
def found(project: Path, dist: Path, tmp_path_factory: pytest.TempPathFactory) -> set[tuple[str, str]]:
    """Return what the proofs say of a copy of the real tree with one fault of each kind."""
    folder = tmp_path_factory.mktemp("spoiled")
    staged = _staged_copy(project, folder / "docs")
    with pytest.raises(DataError) as caught:
        prove_tree(
            _spoiled_copy(dist, folder / "dist"), staged=staged, private=["/srv/somewhere/else"], known=""
        )
    return {(problem.rule, problem.file.removeprefix("dist/")) for problem in caught.value.problems}


@pytest.mark.parametrize("rule", APPENDED)
def test_a_fault_in_a_file_is_found_there(found: set[tuple[str, str]], rule: str) -> None:
    assert (rule, APPENDED[rule][0]) in found


@pytest.mark.parametrize(
    ("rule", "path"),
    [
        ("proof-page-frame", "ja/loss/index.html"),
        ("proof-front-matter", "ja/offices/index.html"),
        ("proof-missing-file", "en/my-number/index.html"),
        ("proof-file-differs", "flyers/ja/a4.pdf"),
        ("proof-page-in-one-language", "ja/alone/index.html"),
    ],
)
def test_a_fault_of_a_page_or_of_the_tree_is_found(found: set[tuple[str, str]], rule: str, path: str) -> None:
    assert (rule, path) in found


def test_every_proof_was_seen_to_fail(found: set[tuple[str, str]]) -> None:
    assert {rule for rule, _ in found} == {rule for rule in rules() if rule.startswith("proof-")}


def test_a_folder_of_the_builder_is_found_in_any_file(project: Path, dist: Path, tmp_path: Path) -> None:
    copy = tmp_path / "dist"
    shutil.copytree(dist, copy)
    with (copy / "flyers/ja/a4.png").open("ab") as file:
        file.write(b"/srv/somewhere/else/a4.html")
    with pytest.raises(DataError) as caught:
        prove_tree(copy, staged=project / "build" / "docs", private=["/srv/somewhere/else"], known="")
    assert "proof-private" in {
        problem.rule for problem in caught.value.problems if problem.file.endswith("a4.png")
    }


def test_a_tree_that_fails_its_proofs_is_not_published(scratch: Path) -> None:
    before = tree(scratch / "dist")
    template = scratch / "templates" / "pages" / "page.md.jinja"
    template.write_text(template.read_text("utf-8") + '\n<p><a href="../not-there/">x</a></p>\n', "utf-8")
    result = run("build", "--root", scratch, "--as-of", "2026-11-23", "--lang", "en")
    assert result.returncode == 1
    assert "It links to ../not-there/, which is not there." in result.stdout
    assert "Traceback" not in result.stderr
    assert tree(scratch / "dist") == before
    assert [path.name for path in scratch.iterdir() if path.name.startswith(".dist")] == [".dist.lock"]


def test_the_real_tree_passes(project: Path, dist: Path) -> None:
    known = "".join(file.read_text("utf-8") for file in (project / "data").glob("*.yaml"))
    prove_tree(dist, staged=project / "build" / "docs", private=[str(HOME), str(project)], known=known)
