"""The commands ``flyer`` and ``flyers``: sheets with the imprint of one office, of all, or of a list of one's own."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment

from cardguide.checking import read_checked
from cardguide.dataset import Dataset
from cardguide.flyerplan import FlyerPlan, Version, check_plan, read_plans
from cardguide.imprint import Imprint, create_imprints, find_imprint, read_imprints
from cardguide.outputs.flyers import create_order
from cardguide.pdf.fonts import FACES, load_font_set
from cardguide.pdf.imprints import Imprinter
from cardguide.pdf.press import Press
from cardguide.pdf.sheets import SheetError, SheetFault
from cardguide.pdf.slots import decode_slot
from cardguide.pdf.truetype import read_typeface
from cardguide.problems import DataError
from cardguide.project import Project
from cardguide.templating import create_environment
from cardguide.views.imprints import create_code, create_lines
from cardguide.views.presenting import Presenter

ALL = "all"
REPORTED = 200
IMPRINT_FACE = "BIZ-UDPGothic"
Say = Callable[[str], None]


class UnknownFlyerError(Exception):
    """There is no such flyer, or none with a box for an office, in such languages."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """Which flyer in which languages (all, where none are named), for which offices, into which folder or file."""

    flyer: str
    office: str
    locale: str | None
    out: Path


@dataclass(frozen=True, kw_only=True, slots=True)
class _Desk:
    """What every sheet of a run is made from."""

    project: Project
    dataset: Dataset
    files: Mapping[str, str]
    environment: Environment
    as_of: datetime.date


def write_flyer(project: Project, request: Request, *, as_of: datetime.date, say: Say) -> tuple[Path, ...]:
    """Write the sheet of one office, in the first language unless another is asked for, and return its file."""
    desk = _open_desk(project, as_of)
    flyer, versions = _find_versions(desk, request)
    imprint = find_imprint(create_imprints(desk.dataset, project.municipalities), request.office)
    return _write_sheets(desk, flyer, versions[:1], [imprint], out=request.out, say=say)


def write_flyers(project: Project, request: Request, *, as_of: datetime.date, say: Say) -> tuple[Path, ...]:
    """Write the sheets of all offices, or of those of a CSV file, and return the files."""
    desk = _open_desk(project, as_of)
    flyer, versions = _find_versions(desk, request)
    if request.office == ALL:
        imprints = create_imprints(desk.dataset, project.municipalities)
    else:
        imprints = read_imprints(request.office, Path(request.office).read_bytes())
    return _write_sheets(desk, flyer, versions, imprints, out=request.out, say=say)


def _open_desk(project: Project, as_of: datetime.date) -> _Desk:
    files = project.paper_files
    dataset, _ = read_checked(project, as_of)  # what nobody has confirmed is not printed either
    return _Desk(
        project=project,
        dataset=dataset,
        files=files,
        environment=create_environment(files),
        as_of=as_of,
    )


def _find_versions(desk: _Desk, request: Request) -> tuple[FlyerPlan, tuple[Version, ...]]:
    plans = {plan.name: plan for plan in read_plans(desk.files) if plan.plan.has_counter_box}
    flyer = plans.get(request.flyer.lower())
    if flyer is None:
        raise UnknownFlyerError(
            f"no flyer with a box for an office is called that; there is {', '.join(plans)}"
        )
    if problems := list(check_plan(flyer, desk.dataset)):
        raise DataError(problems)
    plain = {
        _languages(version): version
        for version in flyer.plan.versions
        if version.takes_imprint and not version.suffix
    }
    if request.locale is None:
        return flyer, tuple(plain.values())
    if request.locale not in plain:
        raise UnknownFlyerError(
            f"{flyer.name} is not printed in {request.locale}; it is in {', '.join(plain)}"
        )
    return flyer, (plain[request.locale],)


def _languages(version: Version) -> str:
    return "-".join(version.locales)


def _write_sheets(
    desk: _Desk,
    flyer: FlyerPlan,
    versions: Sequence[Version],
    imprints: Sequence[Imprint],
    *,
    out: Path,
    say: Say,
) -> tuple[Path, ...]:
    """Write the good sheets, then raise one ``SheetError`` with the faults of the others."""
    written: list[Path] = []
    faults: list[SheetFault] = []
    printers = _create_printers(desk, flyer, versions)
    for number, imprint in enumerate(imprints, start=1):
        for version, (printer, speakers) in zip(versions, printers, strict=True):
            name = f"{flyer.name}-{imprint.code}-{_languages(version)}"
            try:
                pdf = printer.imprint(
                    f"{name} ({imprint.name[desk.dataset.site.default_locale]})",
                    create_lines(imprint, speakers),
                    create_code(imprint, speakers),
                )
            except SheetError as error:
                faults += error.faults
            else:
                # ``out`` may name the file itself.
                file = out if out.suffix.lower() == ".pdf" else out / f"{name}.pdf"
                written.append(_write_sheet(file, pdf))
        if number % REPORTED == 0:
            say(f"{number * len(versions)} of {len(imprints) * len(versions)} sheets")
    if faults:
        raise SheetError(faults)
    return tuple(written)


def _create_printers(
    desk: _Desk, flyer: FlyerPlan, versions: Sequence[Version]
) -> tuple[tuple[Imprinter, tuple[Presenter, ...]], ...]:
    """Make each version once, and return what puts offices into it, with those who speak on it."""
    orders = [
        create_order(
            desk.dataset,
            flyer,
            version,
            environment=desk.environment,
            files=desk.files,
            as_of=desk.as_of,
        )
        for version in versions
    ]
    fonts = load_font_set(desk.project.fonts)
    with Press(fonts) as press:
        sheets = press.render([order.job for order in orders])
    face = read_typeface(IMPRINT_FACE, fonts.directory / FACES[IMPRINT_FACE])
    return tuple(
        (Imprinter(sheet, decode_slot(sheet.slot), face), order.view.speakers)
        for sheet, order in zip(sheets, orders, strict=True)
    )


def _write_sheet(file: Path, pdf: bytes) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(pdf)
    return file
