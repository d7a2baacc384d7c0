"""Everything that was staged is there, in every language."""

from collections.abc import Iterator
from functools import partial

from cardguide.addresses import page_url
from cardguide.problems import Problem
from cardguide.proofs.tree import Tree, problem
from cardguide.siteframe import FRAME_PATH
from cardguide.staging import MANIFEST

REQUIRED = ("index.html", "404.html", "sitemap.xml")


def prove_required_files(tree: Tree) -> Iterator[Problem]:
    """The pages at the root, the sitemap, and a first page and a search index in each language are there."""
    of_locales = (f"{tag}/{name}" for tag in tree.locales for name in ("index.html", "search.json"))
    for path in (*REQUIRED, *of_locales):
        if not tree.files.get(path):
            yield problem(path, "proof-missing-file")


def prove_staged_pages(tree: Tree) -> Iterator[Problem]:
    """Every page that was staged is built, and every page stands in every language."""
    staged = {tag: _staged_pages(tree, tag) for tag in tree.locales}
    for url in sorted(frozenset[str]().union(*staged.values())):
        for tag in tree.locales:
            path = f"{tag}/{url}index.html"
            if url not in staged[tag]:
                others = ", ".join(other for other in staged if url in staged[other])
                yield problem(path, "proof-page-in-one-language", others=others)
            elif not tree.files.get(path):
                yield problem(path, "proof-missing-file")


def _staged_pages(tree: Tree, tag: str) -> frozenset[str]:
    base = tree.staged / tag
    return frozenset(page_url(file.relative_to(base).as_posix()) for file in base.rglob("*.md"))


def prove_staged_files(tree: Tree) -> Iterator[Problem]:
    """Every staged file that is no page is published with the same bytes."""
    for file in sorted(file for file in tree.staged.rglob("*") if file.is_file()):
        path = file.relative_to(tree.staged).as_posix()
        if path in {FRAME_PATH, MANIFEST} or path.endswith(".md") or "~" in path:
            continue
        if path not in tree.files:
            yield problem(path, "proof-missing-file")
        elif len(tree.files[path]) != file.stat().st_size:
            yield problem(path, "proof-file-differs")


def prove_languages(tree: Tree) -> Iterator[Problem]:
    """Each page says the language of its folder, and has one title and one first heading."""
    for tag in tree.locales:
        for path, page in tree.pages.items():
            if not path.startswith(f"{tag}/"):
                continue
            wrong = partial(problem, path, "proof-page-frame")
            if page.root.get("lang") != tag:
                yield wrong(what=f'lang="{page.root.get("lang")}"', expected=f'lang="{tag}"')
            if len(page.root.xpath("//h1")) != 1:
                yield wrong(what=f"h1 × {len(page.root.xpath('//h1'))}", expected="h1 × 1")
            if not (page.root.findtext(".//title") or "").strip():
                yield wrong(what="<title></title>", expected="<title>…</title>")
