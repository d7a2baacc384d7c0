"""One sheet, from HTML to a proved PDF; runs only where ``FONTCONFIG_FILE`` names the fonts of the sheets."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import weasyprint

from cardguide.pdf.boxes import Reader, read_pages
from cardguide.pdf.fetcher import AssetFetcher
from cardguide.pdf.finish import Credentials, finish_pdf
from cardguide.pdf.fonts import FontSet
from cardguide.pdf.glyphs import find_pdf_faults
from cardguide.pdf.layout import find_layout_faults
from cardguide.pdf.markup import find_markup_faults, meta
from cardguide.pdf.sheets import Sheet, SheetError, SheetFault, SheetJob, SheetSpec
from cardguide.pdf.tags import repaired_tags

OPTIONS = {"pdf_variant": "pdf/ua-1", "output_intent": "srgb"}


def render_sheet(job: SheetJob, *, fonts: FontSet) -> Sheet:
    """Return the PDF of a job, or raise ``SheetError`` with every fault that can be found in it."""
    fetcher = AssetFetcher(job.assets)
    with _recorded_log() as records:
        source = weasyprint.HTML(string=job.html, url_fetcher=fetcher)
        root = source.etree_element
        document = source.render(**OPTIONS)
        pages = read_pages(document.pages, root)
        with repaired_tags(document, root) as repair:
            draft = document.write_pdf(**OPTIONS)
    pdf = finish_pdf(draft, credentials=_credentials(root, job.spec), spaced_texts=repair.spaced_texts)
    faults = [
        *find_markup_faults(root, job.spec, name=Reader(root).name, characters=fonts.characters),
        *find_layout_faults(pages, job.spec),
        *find_pdf_faults(pdf, pages, job.spec, fonts),
        *_log_faults(records, fetcher.refused, job.spec),
    ]
    if faults:
        raise SheetError(faults)
    return Sheet(name=job.spec.name, locale=job.spec.locale, pages=len(pages), pdf=pdf)


def _credentials(root: Any, spec: SheetSpec) -> Credentials:
    created = meta(root, "dcterms.created")
    return Credentials(
        title=root.findtext(".//title") or "",
        locale=spec.locale,
        created=created,
        modified=meta(root, "dcterms.modified") or created,
        description=meta(root, "description"),
        identifier=meta(root, "dcterms.identifier"),
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


def _log_faults(records: Sequence[str], refused: Sequence[str], spec: SheetSpec) -> Iterator[SheetFault]:
    def fault(rule: str, **details: str) -> SheetFault:
        return SheetFault(sheet=spec.name, locale=spec.locale, page=0, block="", rule=rule, details=details)

    for url in dict.fromkeys(refused):
        yield fault("refused-resource", url=url)
    for record in dict.fromkeys(records):
        if not any(url in record for url in refused):
            yield fault("renderer", message=record)
