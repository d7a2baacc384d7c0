"""What the site says of a published flyer."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class FlyerFile:
    """A published flyer with the pictures of its first sides; ``version`` and ``facts`` name labels of the dataset."""

    name: str
    version: str
    facts: str
    path: str
    pages: int
    pictures: tuple[str, ...]
    kilobytes: int
    lang: str
    edition: str
    slot: str = ""
    locales: tuple[str, ...] = ()
