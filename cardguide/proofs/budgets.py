"""Nothing is larger than a reader on a slow line can be asked to wait for."""

from collections.abc import Iterator
from fnmatch import fnmatch

from cardguide.problems import Problem
from cardguide.proofs.tree import Tree, problem

KILOBYTE = 1024
# Before compression, with room above what the largest file of its kind has today. The first pattern that fits holds.
BUDGETS = (
    ("embed/*.html", 64),
    ("embed/*.js", 12),
    ("*.html", 256),
    ("*.css", 48),
    ("*.js", 32),
    ("*/search.json", 256),
    ("flyers/*.pdf", 500),
    ("flyers/*.png", 1024),
    ("social/*.png", 48),
    ("*.svg", 32),
)


def prove_budgets(tree: Tree) -> Iterator[Problem]:
    """Each file keeps to the size that its kind is allowed."""
    for path, content in tree.files.items():
        limit = next((kilobytes for pattern, kilobytes in BUDGETS if fnmatch(path, pattern)), None)
        if limit is not None and len(content) > limit * KILOBYTE:
            size = -(-len(content) // KILOBYTE)
            yield problem(path, "proof-budget", size=str(size), limit=str(limit))
