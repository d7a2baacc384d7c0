"""The fonts of the sheets: two files, known by their hash, and nothing else."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from cardguide.pdf.sheets import PressError
from cardguide.pdf.truetype import Typeface, read_typeface

FACES = {"BIZ-UDPGothic": "BIZUDPGothic-Regular.ttf", "BIZ-UDPGothic-Bold": "BIZUDPGothic-Bold.ttf"}


@dataclass(frozen=True, kw_only=True)
class FontSet:
    """A proved folder of fonts with its ``fonts.conf``."""

    directory: Path

    @property
    def configuration(self) -> Path:
        """Return the fontconfig file that lists these fonts and no others."""
        return self.directory / "fonts.conf"

    @cached_property
    def faces(self) -> Mapping[str, Any]:
        """Return the opened source fonts by the name that a PDF gives them."""
        from fontTools.ttLib import TTFont  # noqa: PLC0415 - only a process that audits a PDF pays for it

        return {name: TTFont(self.directory / file, lazy=True) for name, file in FACES.items()}

    @cached_property
    def typefaces(self) -> Mapping[str, Typeface]:
        """Return the source fonts by the name that a PDF gives them, read where they are asked."""
        return {name: read_typeface(name, self.directory / file) for name, file in FACES.items()}

    @cached_property
    def characters(self) -> frozenset[int]:
        """Return the code points that every face can draw."""
        return frozenset.intersection(*(frozenset(face.glyphs) for face in self.typefaces.values()))


def load_font_set(directory: Path) -> FontSet:
    """Return the fonts of a folder whose files are exactly those of its ``SHA256SUMS``."""
    wanted = _read_sums(directory)
    if set(wanted) != set(FACES.values()):
        raise PressError(f"{directory}/SHA256SUMS does not list exactly the two faces of the sheets")
    for name, digest in wanted.items():
        if _digest(directory / name) != digest:
            raise PressError(
                f"the font {name} is missing or is not the pinned one", remedy=f"restore {directory}"
            )
    if not (directory / "fonts.conf").is_file():
        raise PressError("fonts.conf is missing", remedy=f"restore {directory}")
    return FontSet(directory=directory)


def _read_sums(directory: Path) -> Mapping[str, str]:
    try:
        lines = (directory / "SHA256SUMS").read_text("utf-8").splitlines()
    except OSError as error:
        raise PressError("the fonts of the sheets are missing", remedy=f"restore {directory}") from error
    return {name: digest for digest, name in (line.split() for line in lines)}


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
