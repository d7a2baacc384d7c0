"""Nothing of the builder, of its machine or of its tools stands in what readers get."""

import re
from collections.abc import Iterator

from cardguide.problems import Problem
from cardguide.proofs.tree import Tree, problem

HOMES = re.compile(r"(?<![\w.:/-])(?:file://|/(?:home|Users|root|tmp|var/folders)/[\w.-]|[A-Z]:\\\\?Users)")
MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
FRONT_MATTER = re.compile(r"^(?:---|(?:title|description|record|checked):\s)")
SHORTEST_PRIVATE = 4
"""A word such as ``/`` or ``me`` would be found in every file."""


def prove_nothing_private(tree: Tree) -> Iterator[Problem]:
    """No file holds a folder of the builder, nor a word that only the builder's machine knows."""
    private = [word.encode() for word in tree.private if len(word) >= SHORTEST_PRIVATE]
    for path, content in tree.files.items():
        for word in private:
            if word in content:
                line = content.count(b"\n", 0, content.index(word)) + 1
                yield problem(path, "proof-private", line, what=word.decode())
    for path, text in tree.texts.items():
        if match := HOMES.search(text):
            yield problem(path, "proof-private", text.count("\n", 0, match.start()) + 1, what=match[0])


def prove_no_mail_addresses(tree: Tree) -> Iterator[Problem]:
    """Only mail addresses of the data are published."""
    for path, text in tree.texts.items():
        if "@" not in text:
            continue
        for match in MAIL.finditer(text):
            if match[0] not in tree.known:
                yield problem(path, "proof-mail", text.count("\n", 0, match.start()) + 1, what=match[0])


def prove_no_source_maps(tree: Tree) -> Iterator[Problem]:
    """No script or style names a map of its sources."""
    for path, text in tree.texts.items():
        if path.endswith((".js", ".css")) and "sourceMappingURL" in text:
            yield problem(path, "proof-private", what="sourceMappingURL")


def prove_no_front_matter(tree: Tree) -> Iterator[Problem]:
    """No page shows what stands above its text for the builder."""
    for page in tree.pages.values():
        for main in page.root.xpath("//main"):
            if match := FRONT_MATTER.match(main.text_content().lstrip()):
                yield problem(page.path, "proof-front-matter", main.sourceline or 1, what=match[0])
