"""The slot of a sheet: the box in which an office is added later, and all that an update of the file must know.

``reserve_slot`` makes the objects that an update replaces; ``read_slot`` finds them again in the written file, whose
numbers only the writer knows. A slot is published beside its sheet, so that a browser can write the same update.
"""

import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

SLOT = "slot"
"""The id of the box in the HTML, and the title of its element in the tree of the PDF."""
RESERVED_KEYS = 16
START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """An object that an update replaces: its number, and what it holds already."""

    number: int
    content: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Slot:
    """Where an office is added.

    ``area`` is left, bottom, right and top in points; ``mark`` and ``key`` are the first free numbers of marked
    content and of annotations, ``size`` that of objects; ``start`` is the place of the last cross-reference.
    """

    area: tuple[float, float, float, float]
    name_size: float
    text_size: float
    size: int
    start: int
    root: str
    info: str
    identifier: str
    page: str
    element: str
    mark: int
    key: int
    content: int
    fonts: Part
    annotations: Part
    kids: Part
    marks: Part
    tree: Part


def decode_slot(text: str) -> Slot:
    """Return the slot of its JSON."""
    fields = json.loads(text)
    parts = {name: Part(**value) for name, value in fields.items() if isinstance(value, dict)}
    return Slot(**fields | parts)


def reserve_slot(pdf: Pdf) -> None:
    """Make one object of each thing that an update replaces, if the sheet has a slot."""
    element = find_slot(pdf)
    if element is None:
        return
    page, tree = _page_of(element), pdf.Root.StructTreeRoot
    page.Contents.write(b"q\n" + page.Contents.read_bytes() + b"\nQ\n")
    page.Contents = Array([page.Contents, pdf.make_indirect(Stream(pdf, b""))])
    page.Resources.Font = pdf.make_indirect(Dictionary(page.Resources.Font))
    page.Annots = pdf.make_indirect(Array(page.get(Name.Annots, Array())))
    element.K = pdf.make_indirect(Array(_items(element.K)))
    numbers = list(tree.ParentTree.Nums)
    for index in range(0, len(numbers), 2):
        if isinstance(numbers[index + 1], Array):
            numbers[index + 1] = pdf.make_indirect(Array(numbers[index + 1]))
    tree.ParentTree.Nums = pdf.make_indirect(Array(numbers))
    tree.ParentTreeNextKey = _next_key(numbers) + RESERVED_KEYS


def read_slot(content: bytes, *, area: tuple[float, float, float, float], sizes: tuple[float, float]) -> Slot:
    """Return the slot of a written file; ``sizes`` are those of the name and of the other words, in points."""
    start = START.search(content)
    if start is None:
        raise ValueError("the file does not end as a PDF does")
    with Pdf.open(io.BytesIO(content)) as pdf:
        element = find_slot(pdf)
        if element is None:
            raise ValueError("the file has no slot")
        page, numbers = _page_of(element), pdf.Root.StructTreeRoot.ParentTree.Nums
        marks = next(
            numbers[index + 1]
            for index in range(0, len(numbers), 2)
            if int(numbers[index]) == int(page.StructParents)
        )
        return Slot(
            area=area,
            name_size=sizes[0],
            text_size=sizes[1],
            size=int(pdf.trailer.Size),
            start=int(start[1]),
            root=_reference(pdf.Root),
            info=_reference(pdf.trailer.Info),
            identifier=bytes(pdf.trailer.ID[0]).hex(),
            page=_reference(page),
            element=_reference(element),
            mark=len(marks),
            key=_next_key(list(numbers)),
            content=page.Contents[1].objgen[0],
            fonts=_part(page.Resources.Font),
            annotations=_part(page.Annots),
            kids=_part(element.K),
            marks=_part(marks),
            tree=_part(numbers),
        )


def find_slot(pdf: Pdf) -> Object | None:
    """Return the element of the slot in the tree of a PDF."""
    if Name.StructTreeRoot not in pdf.Root:
        return None
    elements = _elements(pdf.Root.StructTreeRoot)
    return next((each for each in elements if str(each.get(Name.T, "")) == SLOT), None)


def _elements(element: Any) -> Iterator[Any]:
    for kid in _items(element.get(Name.K, Array())):
        if isinstance(kid, Dictionary) and Name.S in kid:
            yield kid
            yield from _elements(kid)


def _items(kids: Any) -> list[Any]:
    return list(kids) if isinstance(kids, Array) else [kids]


def _page_of(element: Any) -> Any:
    """Return the page of an element, which a block leaves to what it holds."""
    return next(each.Pg for each in (element, *_elements(element)) if Name.Pg in each)


def _next_key(numbers: list[Any]) -> int:
    return 1 + max(int(number) for number in numbers[::2])


def _reference(item: Any) -> str:
    number, generation = item.objgen
    return f"{number} {generation} R"


def _part(item: Any) -> Part:
    return Part(number=item.objgen[0], content=_inside(item))


def _inside(item: Any) -> str:
    """Return what a dictionary or an array holds, its references as they stand in the file."""
    if isinstance(item, Array):
        return " ".join(_written(each) for each in item)
    return " ".join(f"{key} {_written(value)}" for key, value in item.items())


def _written(item: Any) -> str:
    if isinstance(item, Object) and item.is_indirect:
        return _reference(item)
    return pikepdf.Object.unparse(item).decode("ascii") if isinstance(item, Object) else str(item)
