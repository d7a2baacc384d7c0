"""Links lead somewhere, and nothing is loaded from anybody else."""

import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from cardguide.problems import Problem
from cardguide.proofs.tree import PageTree, Tree, is_elsewhere, problem

# Plain http is a matter of the data, whose rules know the sources that offer nothing better.
SCHEMES = {"https", "http", "tel", "mailto"}
LEFT_OVER = re.compile(r"(page|site):")
# What a browser fetches by itself; a link waits for a click.
LOADING = {
    "script",
    "img",
    "iframe",
    "source",
    "video",
    "audio",
    "embed",
    "object",
    "track",
    "input",
    "frame",
    "base",
}
# A link element that only names something is not fetched.
LOADING_LINKS = "//link[not(@rel='canonical' or @rel='alternate' or @rel='license')]/@href"
_CSS_ADDRESS = re.compile(r"(?:url\(|@import)\s*['\"]?\s*(?P<target>(?:[a-z]+:)?//[^'\")\s]*)", re.IGNORECASE)


def prove_links(tree: Tree) -> Iterator[Problem]:
    """Every address inside the site leads to a file, and every fragment to a place in it."""
    for page in tree.pages.values():
        for line, _, target in page.attributes("href", "src", "action", "poster", "data"):
            yield from _prove_target(tree, page, line, target)


def _prove_target(tree: Tree, page: PageTree, line: int, target: str) -> Iterator[Problem]:
    scheme = urlsplit(target).scheme
    if scheme and scheme not in SCHEMES and not target.startswith("data:image/"):
        rule = "proof-left-over-address" if LEFT_OVER.match(target) else "proof-address-scheme"
        yield problem(page.path, rule, line, target=target)
    elif (inner := tree.inner_path(page.path, target)) is not None:
        path, _, fragment = inner.partition("#")
        found = tree.find(unquote(path.partition("?")[0]))
        if found is None:
            yield problem(page.path, "proof-dead-link", line, target=target)
        elif fragment and found in tree.pages and unquote(fragment) not in tree.pages[found].ids:
            yield problem(page.path, "proof-dead-fragment", line, target=target, page=found)


def prove_nothing_foreign_is_loaded(tree: Tree) -> Iterator[Problem]:
    """No page and no style sheet fetches anything from another host."""
    for page in tree.pages.values():
        addresses = page.attributes("src", "srcset", "data")
        fetched = [(line, target) for line, tag, target in addresses if tag in LOADING]
        fetched += [(1, target) for target in page.root.xpath(LOADING_LINKS)]
        for line, target in fetched:
            if is_elsewhere(target) and not target.startswith(tree.frame.site_url):
                yield problem(page.path, "proof-foreign-load", line, target=target)
    for path, text in tree.texts.items():
        if path.endswith((".css", ".html", ".svg")):
            for match in _CSS_ADDRESS.finditer(text):
                line = text.count("\n", 0, match.start()) + 1
                yield problem(path, "proof-foreign-load", line, target=match["target"])


def prove_no_code_in_attributes(tree: Tree) -> Iterator[Problem]:
    """No page carries code in an attribute."""
    for page in tree.pages.values():
        for attribute in page.root.xpath("//@*[starts-with(name(), 'on') or name() = 'srcdoc']"):
            element, name = attribute.getparent(), attribute.attrname
            line = element.sourceline or 1
            yield problem(page.path, "proof-code-in-page", line, what=f"{element.tag} {name}=")
