"""A smaller structure tree: WeasyPrint tags every line of text by itself, and a line by itself says nothing."""

from collections.abc import Iterator
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Pdf

SAYING = (Name.Lang, Name.ActualText, Name.Alt, Name.A, Name.C, Name.ID)


def merge_plain_spans(pdf: Pdf) -> None:
    """Give the text of every span that says nothing to the element around it, in its place."""
    parents = _parents_by_page(pdf)
    waiting = [pdf.Root.StructTreeRoot.K]
    while waiting:
        item: Any = waiting.pop()
        if isinstance(item, Array):
            waiting.extend(item)
        elif isinstance(item, Dictionary) and Name.S in item:
            _merge_into(item, parents)
            waiting.append(item.get(Name.K, Array()))


def _parents_by_page(pdf: Pdf) -> dict[Any, Object]:
    """Return, for each page, the array that names the element of each marked text."""
    numbers: Any = pdf.Root.StructTreeRoot.ParentTree.Nums
    by_key = {int(numbers[index]): numbers[index + 1] for index in range(0, len(numbers), 2)}
    return {page.objgen: by_key[int(page.StructParents)] for page in pdf.pages}


def _merge_into(element: Object, parents: dict[Any, Object]) -> None:
    kids = list(_kids(element))
    plain = [kid for kid in kids if _is_plain(kid)]
    pages = {kid.Pg.objgen for kid in plain}
    if len(pages) != 1 or element.get(Name.Pg, plain[0].Pg).objgen not in pages:
        return
    element.Pg = plain[0].Pg
    merged: list[Any] = []
    for kid in kids:
        if _is_plain(kid):
            for mark in _kids(kid):
                parents[kid.Pg.objgen][int(mark)] = element
                merged.append(mark)
        else:
            merged.append(kid)
    element.K = Array(merged)


def _is_plain(kid: Any) -> bool:
    return (
        isinstance(kid, Dictionary)
        and kid.get(Name.S) == Name.Span
        and Name.Pg in kid
        and not any(name in kid for name in SAYING)
        and all(isinstance(mark, int) for mark in _kids(kid))
    )


def _kids(element: Any) -> Iterator[Any]:
    kids = element.get(Name.K, Array())
    yield from kids if isinstance(kids, Array) else [kids]
