"""Artifacts: the files an output makes, as bytes in memory, before anything touches the disk."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Artifact:
    """One file of the staged or published tree.

    ``path`` is relative to the tree, with forward slashes and without ``..``.
    """

    path: str
    content: bytes

    def __post_init__(self) -> None:
        parts = self.path.split("/")
        if self.path.startswith("/") or any(part in {"", ".", ".."} for part in parts):
            raise ValueError(f"not a path inside the tree: {self.path!r}")


def text_artifact(path: str, text: str) -> Artifact:
    """Return an artifact of UTF-8 text."""
    return Artifact(path=path, content=text.encode("utf-8"))
