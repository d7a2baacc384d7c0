"""What a sheet is: its promise (spec), its order to the press (job), its result, and its faults."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from cardguide.problems import Problem


@dataclass(frozen=True, kw_only=True, slots=True)
class SheetSpec:
    """What a sheet promises about its paper and its type; lengths in millimetres, sizes in points."""

    name: str
    locale: str
    pages: int
    page_size_mm: tuple[float, float]
    safe_margin_mm: float
    minimum_size_pt: float
    note_size_pt: float
    is_for_print_shop: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class SheetJob:
    """One order: finished HTML and the assets it may name as ``asset:NAME``."""

    html: str
    spec: SheetSpec
    assets: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """A PDF in which no fault was found; ``slot`` is the JSON of the box for an office, where there is one."""

    name: str
    locale: str
    pages: int
    pdf: bytes
    slot: str = ""


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class SheetFault:
    """One thing that is wrong on a sheet, and where.

    ``page`` counts from 1, and is 0 where the whole document is meant; ``block`` names the nearest ancestor
    with a ``data-record``, an id or a class (``li[data-record=renewal]``, ``section#front``, ``p.lead``).
    """

    sheet: str
    locale: str
    page: int
    block: str
    rule: str
    details: Mapping[str, str] = field(default_factory=dict, compare=False)

    @property
    def problem(self) -> Problem:
        """Say the fault in the words of ``messages.toml``, for the person who edits the data."""
        place = f"page {self.page}" if self.page else "document"
        return Problem(
            file=f"flyers/{self.sheet}",
            line=1,
            column=1,
            where=f"{self.locale}, {place}, {self.block or 'whole sheet'}",
            rule=f"sheet-{self.rule}",
            details=self.details,
        )


class SheetError(Exception):
    """A sheet is not fit to be printed; carries every fault that was found."""

    def __init__(self, faults: Iterable[SheetFault]) -> None:
        self.faults = tuple(sorted(faults))
        super().__init__("; ".join(f"{fault.rule} at {fault.block or fault.sheet}" for fault in self.faults))


class PressError(Exception):
    """The machine could not make the sheet: font, library, memory or time; never the fault of the data."""

    def __init__(self, reason: str, *, remedy: str = "") -> None:
        self.reason, self.remedy = reason, remedy
        super().__init__(f"{reason} {remedy}".strip())
