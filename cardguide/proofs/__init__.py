"""The proofs: what must hold of a finished tree before readers may see it. Each is a generator of problems."""

from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from cardguide.problems import DataError, Problem
from cardguide.proofs import budgets, leaks, links, presence
from cardguide.proofs.tree import Tree
from cardguide.siteframe import FRAME_PATH, frame_from_json

Proof = Callable[[Tree], Iterator[Problem]]

PROOFS: tuple[Proof, ...] = tuple(
    proof
    for family in (presence, links, leaks, budgets)
    for name, proof in vars(family).items()
    if name.startswith("prove_")
)


def prove_tree(folder: Path, *, staged: Path, private: Collection[str], known: str) -> None:
    """Raise one ``DataError`` with everything that is wrong with a built tree.

    ``staged`` is what it was built from. ``private`` are words of this machine that no file may hold; ``known`` is the
    text of the data, where mail addresses may stand.
    """
    frame = frame_from_json((staged / FRAME_PATH).read_text("utf-8"))
    tree = Tree(folder=folder, staged=staged, frame=frame, private=tuple(private), known=known)
    problems = [problem for proof in PROOFS for problem in proof(tree)]
    if problems:
        raise DataError(problems)
