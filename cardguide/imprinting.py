"""The commands ``flyer`` and ``flyers``: sheets with the imprint of one office, of all, or of a list of one's own."""

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment

from cardguide.checking import read_checked
from cardguide.dataset import Dataset
from cardguide.flyerplan import FlyerPlan, Version, check_plan, read_plans
from cardguide.imprint import Imprint, create_imprints, find_imprint, read_imprints
from cardguide.outputs.flyers import create_order
from cardguide.pdf.fonts import load_font_set
from cardguide.pdf.press import Press
from cardguide.pdf.sheets import SheetError, SheetFault, SheetJob
from cardguide.problems import DataError
from cardguide.project import Project
from cardguide.templating import create_environment

ALL = "all"
BATCH = 20
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
    plain = {_languages(version): version for version in flyer.plan.versions if not version.suffix}
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
    """Write the good sheets as they come, then raise one ``SheetError`` with the faults of the others."""
    wanted = [(imprint, version) for imprint in imprints for version in versions]
    written: list[Path] = []
    faults: list[SheetFault] = []
    with Press(load_font_set(desk.project.fonts)) as press:
        for start in range(0, len(wanted), BATCH):
            batch = wanted[start : start + BATCH]
            jobs = {
                _place(out, flyer, imprint, version): _create_job(desk, flyer, version, imprint)
                for imprint, version in batch
            }
            for file, pdf, found in _print(press, jobs):
                faults += found
                if pdf:
                    written.append(_write_sheet(file, pdf))
            say(f"{start + len(batch)} of {len(wanted)} sheets")
    if faults:
        raise SheetError(faults)
    return tuple(written)


def _create_job(desk: _Desk, flyer: FlyerPlan, version: Version, imprint: Imprint) -> SheetJob:
    return create_order(
        desk.dataset,
        flyer,
        version,
        environment=desk.environment,
        files=desk.files,
        as_of=desk.as_of,
        imprint=imprint,
    ).job


def _place(out: Path, flyer: FlyerPlan, imprint: Imprint, version: Version) -> Path:
    """Return the file of a sheet: ``out`` itself where it names a PDF."""
    if out.suffix.lower() == ".pdf":
        return out
    return out / f"{flyer.name}-{imprint.code}-{_languages(version)}.pdf"


def _print(
    press: Press, jobs: Mapping[Path, SheetJob]
) -> Iterator[tuple[Path, bytes, tuple[SheetFault, ...]]]:
    """Yield each file with its PDF, or with its faults: one bad office must not stop the others."""
    try:
        sheets = press.render(list(jobs.values()))
    except SheetError as error:
        bad = {fault.sheet for fault in error.faults}
        good = {file: job for file, job in jobs.items() if job.spec.name not in bad}
        yield Path(), b"", error.faults
        if good:
            yield from _print(press, good)
        return
    for file, sheet in zip(jobs, sheets, strict=True):
        yield file, sheet.pdf, ()


def _write_sheet(file: Path, pdf: bytes) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(pdf)
    return file
