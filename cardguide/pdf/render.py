"""One sheet, from HTML to a proved PDF; runs only where ``FONTCONFIG_FILE`` names the fonts of the sheets."""

import json
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

import weasyprint

from cardguide.pdf.boxes import Reader, read_pages
from cardguide.pdf.fetcher import AssetFetcher
from cardguide.pdf.finish import finish_pdf
from cardguide.pdf.fonts import FontSet
from cardguide.pdf.geometry import PageLayout
from cardguide.pdf.glyphs import find_pdf_faults
from cardguide.pdf.layout import find_layout_faults
from cardguide.pdf.markup import find_markup_faults, meta
from cardguide.pdf.phrases import mark_phrases
from cardguide.pdf.rubies import BOOKMARKS, name_headings
from cardguide.pdf.sheets import Sheet, SheetError, SheetFault, SheetJob, SheetSpec
from cardguide.pdf.slots import SLOT, read_slot
from cardguide.pdf.tags import repaired_tags
from cardguide.pdf.xmp import Credentials

SAID_WITH_PLACE = {
    "missing-glyph": ".notdef glyph rendered",
    "missing-date": "Invalid date in <meta",
    "missing-language": 'Missing required "lang"',
    "missing-alternative": "has no required alt",
}
SIDE_MM, EDGE_MM = 2.5, 0.7
NAME_SCALE, SMALLER_PT = 1.15, 2.0
POINTS_PER_MM = 72 / 25.4
OPTIONS = {"pdf_variant": "pdf/ua-1", "output_intent": "srgb"}


def render_sheet(job: SheetJob, *, fonts: FontSet) -> Sheet:
    """Return the PDF of a job, or raise ``SheetError`` with every fault that can be found in it."""
    fetcher = AssetFetcher(job.assets)
    with _recorded_log() as records:
        source = weasyprint.HTML(string=job.html, url_fetcher=fetcher)
        root = source.etree_element
        name_headings(root)
        mark_phrases(root)
        document = source.render(stylesheets=[weasyprint.CSS(string=BOOKMARKS)], **OPTIONS)
        pages = read_pages(document.pages, root)
        with repaired_tags(document, root) as repair:
            draft = document.write_pdf(**OPTIONS)
    pdf = finish_pdf(draft, credentials=_credentials(root, job.spec), spaced_texts=repair.spaced_texts)
    faults = [
        *find_markup_faults(root, job.spec, name=Reader(root).name, characters=fonts.characters),
        *find_layout_faults(pages, job.spec),
        *find_pdf_faults(pdf, pages, job.spec, fonts),
    ]
    faults += _log_faults(records, fetcher.refused, faults, job.spec)
    if faults:
        raise SheetError(faults)
    return Sheet(
        name=job.spec.name,
        locale=job.spec.locale,
        pages=len(pages),
        pdf=pdf,
        slot=_describe_slot(pdf, pages, job.spec),
    )


def _describe_slot(pdf: bytes, pages: Sequence[PageLayout], spec: SheetSpec) -> str:
    """Return the JSON of the slot of a sheet; the words of the box itself stand above it."""
    boxes = [(page, frame) for page in pages for frame in page.frames if frame.block == f"div#{SLOT}"]
    if not boxes or spec.is_for_print_shop:
        return ""
    page, frame = boxes[0]
    words = max(leaf.area.bottom for leaf in page.leaves if frame.order in leaf.ancestors)
    edges = (
        frame.area.left + SIDE_MM,
        page.height_mm - frame.area.bottom + EDGE_MM,
        frame.area.right - SIDE_MM,
        page.height_mm - words - EDGE_MM / 2,
    )
    left, bottom, right, top = (round(edge * POINTS_PER_MM, 3) for edge in edges)
    sizes = (spec.minimum_size_pt * NAME_SCALE, max(spec.note_size_pt, spec.minimum_size_pt - SMALLER_PT))
    slot = read_slot(pdf, area=(left, bottom, right, top), sizes=sizes)
    return json.dumps(asdict(slot), sort_keys=True)


def _credentials(root: Any, spec: SheetSpec) -> Credentials:
    created = meta(root, "dcterms.created")
    return Credentials(
        title=root.findtext(".//title") or "",
        locale=spec.locale,
        created=created,
        modified=meta(root, "dcterms.modified") or created,
        description=meta(root, "description"),
        identifier=meta(root, "dcterms.identifier"),
        is_archival=not spec.is_for_print_shop,
    )


@contextmanager
def _recorded_log() -> Iterator[list[str]]:
    """Collect what WeasyPrint and the font tools say instead of raising."""
    records: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: records.append(record.getMessage())  # type: ignore[method-assign]
    loggers = [logging.getLogger(name) for name in ("weasyprint", "fontTools")]
    for logger in loggers:
        logger.addHandler(handler)
    try:
        yield records
    finally:
        for logger in loggers:
            logger.removeHandler(handler)


def _log_faults(
    records: Sequence[str], refused: Sequence[str], known: Sequence[SheetFault], spec: SheetSpec
) -> tuple[SheetFault, ...]:
    """Return what was logged, but for what is already said with its place."""
    said = [SAID_WITH_PLACE[fault.rule] for fault in known if fault.rule in SAID_WITH_PLACE]

    def fault(rule: str, **details: str) -> SheetFault:
        return SheetFault(sheet=spec.name, locale=spec.locale, page=0, block="", rule=rule, details=details)

    news = [
        record for record in dict.fromkeys(records) if not any(known in record for known in [*said, *refused])
    ]
    return (
        *(fault("refused-resource", url=url) for url in dict.fromkeys(refused)),
        *(fault("renderer", message=record) for record in news),
    )
