"""Flyers: every version of every plan as a proved PDF with a picture of each side."""

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup

from cardguide.artifacts import Artifact
from cardguide.dataset import Dataset
from cardguide.flyerplan import FlyerPlan, Version, check_plan, read_plans
from cardguide.furigana import Furigana
from cardguide.pdf.printing import Made, Printing
from cardguide.pdf.qr import render_qr
from cardguide.pdf.sheets import SheetJob, SheetSpec
from cardguide.problems import DataError
from cardguide.store import Store
from cardguide.templating import create_environment, render
from cardguide.views.editions import RecordedEdition
from cardguide.views.flyerfiles import FlyerFile
from cardguide.views.flyers import create_sheet
from cardguide.views.sheetview import SheetView

TOKENS = "styles/tokens.css"
DRAWING = "drawing.css"
TOKEN = re.compile(r"(--[\w-]+):\s*([^;]+);")
TOKEN_USE = re.compile(r"var\((--[\w-]+)\)")
Say = Callable[[str], None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Flyers:
    """The published files, what the site says of each, and their editions with what they say."""

    artifacts: tuple[Artifact, ...]
    files: tuple[FlyerFile, ...]
    editions: tuple[RecordedEdition, ...]
    twins: Mapping[str, SheetView]


@dataclass(frozen=True, kw_only=True, slots=True)
class Order:
    """One version of a flyer with the job that makes it."""

    flyer: FlyerPlan
    version: Version
    view: SheetView
    job: SheetJob

    @property
    def path(self) -> str:
        """Return where the PDF is published, without its ending."""
        return sheet_path(self.flyer, self.version)


def create_flyers(
    dataset: Dataset,
    *,
    files: Mapping[str, str],
    fonts: Path,
    as_of: datetime.date,
    say: Say,
    cache: Path | None,
) -> Flyers:
    """Return every version of every flyer.

    ``files`` holds what lies below ``flyers/`` and below ``templates/`` by path, ``styles/tokens.css`` among it.
    ``cache`` is a folder that keeps finished sheets by the hash of everything they are made from. Raises
    ``DataError`` for a plan, ``SheetError`` for faults and ``PressError`` for a machine that cannot make sheets.
    """
    orders = create_orders(dataset, files=files, as_of=as_of)
    jobs = [order.job for order in orders]
    with Printing(jobs, fonts=fonts, store=Store(cache), say=say) as printing:
        return collect_flyers(orders, printing.result())


def collect_flyers(orders: tuple[Order, ...], made: tuple[Made, ...]) -> Flyers:
    """Return what is published of the sheets that were made for the orders."""
    artifacts: list[Artifact] = []
    published: list[FlyerFile] = []
    for order, sheet in zip(orders, made, strict=True):
        artifacts.extend(create_files(order, sheet))
        published.append(_describe(order, sheet))
    return Flyers(
        artifacts=tuple(artifacts),
        files=tuple(published),
        editions=current_editions(orders),
        twins={order.view.edition.id: order.view for order in orders},
    )


def create_files(order: Order, made: Made) -> Iterator[Artifact]:
    """Yield the published files of one sheet."""
    pdf, slot, *sides = made
    yield Artifact(path=f"{order.path}.pdf", content=pdf)
    if slot:
        yield Artifact(path=f"{order.path}.slot.json", content=slot)
    for side, picture in enumerate(sides, start=1):
        yield Artifact(path=_picture_path(order, side), content=picture)


def current_editions(orders: Iterable[Order]) -> tuple[RecordedEdition, ...]:
    """Return the editions of the orders, each once."""
    editions = {order.view.edition.id: order for order in orders}
    return tuple(
        RecordedEdition(
            id=identifier,
            flyer=order.flyer.name,
            locales=order.version.locales,
            words=dict(order.view.edition.words),
        )
        for identifier, order in editions.items()
    )


def create_orders(
    dataset: Dataset,
    *,
    files: Mapping[str, str],
    as_of: datetime.date,
    is_wanted: Callable[[str], bool] = lambda _: True,
) -> tuple[Order, ...]:
    """Return the jobs of all versions of all flyers, or of those whose paths are wanted."""
    # The sheet for the hand comes before the poster for the wall.
    plans = sorted(read_plans(files), key=lambda flyer: flyer.plan.paper.width)
    problems = [problem for flyer in plans for problem in check_plan(flyer, dataset)]
    if problems:
        raise DataError(problems)
    environment = create_environment(files)
    return tuple(
        create_order(dataset, flyer, version, environment=environment, files=files, as_of=as_of)
        for flyer in plans
        for version in flyer.plan.versions
        if is_wanted(sheet_path(flyer, version))
    )


def sheet_path(flyer: FlyerPlan, version: Version) -> str:
    """Return where the PDF is published, without its ending."""
    suffix = f"-{version.suffix}" if version.suffix else ""
    return f"flyers/{'-'.join(version.locales)}/{flyer.name}{suffix}"


def create_order(
    dataset: Dataset,
    flyer: FlyerPlan,
    version: Version,
    *,
    environment: Environment,
    files: Mapping[str, str],
    as_of: datetime.date,
) -> Order:
    """Return one version of a flyer with its finished HTML."""
    view = create_sheet(dataset, flyer, version, as_of=as_of)
    html = render(
        environment,
        version.template,
        label=view.label,
        view=view,
        styles=version.styles,
        sides=version.sides,
        drawing_style=Markup(_drawing_style(files, version)),  # noqa: S704 - our own style sheet
        qr=_draw_qr,
    )
    paper = version.paper or flyer.plan.paper
    spec = SheetSpec(
        name=sheet_name(flyer, version),
        locale=view.lang,
        pages=version.sides,
        page_size_mm=(paper.width, paper.height),
        safe_margin_mm=paper.safe_margin,
        minimum_size_pt=version.body_tenths / 10,
        note_size_pt=version.note_tenths / 10,
        is_for_print_shop=version.is_for_print_shop,
    )
    assets = {"tokens.css": _light_tokens(files).encode("utf-8")}
    assets |= {style: files[style].encode("utf-8") for style in version.styles}
    job = SheetJob(html=_with_readings(html, dataset, version), spec=spec, assets=assets)
    return Order(flyer=flyer, version=version, view=view, job=job)


def _with_readings(html: str, dataset: Dataset, version: Version) -> str:
    """Return the HTML of a sheet, with furigana if its first language has them."""
    first = version.locales[0]
    if not any(locale.has_furigana for locale in dataset.locales if locale.tag == first):
        return html
    return Furigana(dataset.words, dataset.counters).mark_on_paper(html, first)


def sheet_name(flyer: FlyerPlan, version: Version) -> str:
    """Return how messages call the sheet."""
    return f"{flyer.name}-{version.suffix}" if version.suffix else flyer.name


def _draw_qr(url: str, size_mm: float, title: object) -> Markup:
    return Markup(render_qr(url, size_mm=size_mm, title=str(title)))  # noqa: S704 - segno escapes the title


def _light_tokens(files: Mapping[str, str]) -> str:
    """Return the first block of the tokens: those of a light screen, which paper shares."""
    return re.sub(r"clamp\([^;]*", "0", files[TOKENS].partition("}\n")[0]) + "}\n"


def _drawing_style(files: Mapping[str, str], version: Version) -> str:
    """Return the style of the drawings with the values of its tokens: a drawing sees no custom properties."""
    sheets = [_light_tokens(files), *(files[style] for style in version.styles)]
    tokens = dict(TOKEN.findall("".join(sheets)))
    return TOKEN_USE.sub(lambda use: tokens[use[1]], files[DRAWING])


def _picture_path(order: Order, side: int) -> str:
    return f"{order.path}.png" if side == 1 else f"{order.path}-{side}.png"


def _describe(order: Order, made: Made) -> FlyerFile:
    pdf, slot, *sides = made
    return FlyerFile(
        name=order.flyer.name,
        version=order.version.label,
        facts=order.version.facts,
        path=f"{order.path}.pdf",
        pages=order.version.sides,
        pictures=tuple(_picture_path(order, side) for side in range(1, len(sides) + 1)),
        kilobytes=-(-len(pdf) // 1000),
        lang=order.view.lang,
        edition=order.view.edition.id,
        slot=f"{order.path}.slot.json" if slot else "",
        locales=order.version.locales,
    )
