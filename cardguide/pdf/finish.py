"""The last hand on a PDF: one XMP packet, matching dates, and what PDF/A-2a asks beside PDF/UA-1."""

import io
import re
import zlib
from collections.abc import Iterator, Mapping
from typing import Any, Literal

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf

from cardguide.pdf.separation import separate_inks
from cardguide.pdf.slimming import merge_plain_spans
from cardguide.pdf.slots import reserve_slot
from cardguide.pdf.truetype import slim_font
from cardguide.pdf.xmp import PRODUCER, Credentials, render_packet

BEST_COMPRESSION: Literal[9] = 9
MOST_ATTEMPTS = 16
LINE_ENDS = (b"\r", b"\n")
STREAM = re.compile(rb"/Length (\d+)[^>]*>>\nstream\n")


def finish_pdf(
    content: bytes, *, credentials: Credentials, spaced_texts: Mapping[tuple[int, int], str]
) -> bytes:
    """Return the PDF as PDF/UA-1 and PDF/A-2a in one file, with the same bytes for the same input."""
    # A stream of objects that the writer makes can end ambiguously, by chance; another count of objects changes all.
    drafts = (_finish(content, credentials, spaced_texts, attempt) for attempt in range(MOST_ATTEMPTS))
    return next(draft for draft in drafts if not _has_ambiguous_end(draft))


def _has_ambiguous_end(content: bytes) -> bool:
    ends = (found.end() + int(found[1]) for found in STREAM.finditer(content))
    return any(content[end - 1 : end] in LINE_ENDS for end in ends)


def _finish(
    content: bytes, credentials: Credentials, spaced_texts: Mapping[tuple[int, int], str], attempt: int
) -> bytes:
    with Pdf.open(io.BytesIO(content)) as pdf:
        _restore_spaces(pdf, spaced_texts)
        merge_plain_spans(pdf)
        _drop_repeated_links(pdf)
        reserve_slot(pdf)
        _slim_fonts(pdf)
        _forbid_interpolation(pdf)
        if credentials.is_archival:
            pdf.Root.OutputIntents[0].S = Name.GTS_PDFA1
        else:
            separate_inks(pdf)
        _compress_well(pdf)
        _lengthen_ambiguous_streams(pdf)
        _write_information(pdf, credentials)
        if attempt:
            _add_objects(pdf, attempt)
        pdf.Root.Lang = pikepdf.String(credentials.locale)
        return _save(pdf)


def _save(pdf: Pdf) -> bytes:
    result = io.BytesIO()
    pikepdf.settings.set_flate_compression_level(BEST_COMPRESSION)
    pdf.save(
        result,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        fix_metadata_version=False,
    )
    return result.getvalue()


def structure_elements(pdf: Pdf) -> Iterator[Object]:
    """Yield every element of the structure tree, in reading order."""
    waiting = [pdf.Root.StructTreeRoot.K] if Name.StructTreeRoot in pdf.Root else []
    while waiting:
        item = waiting.pop()
        if isinstance(item, Array):
            waiting.extend(reversed(list(item)))
        elif isinstance(item, Dictionary) and Name.S in item:
            yield item
            waiting.append(item.get(Name.K, Array()))


def _restore_spaces(pdf: Pdf, spaced_texts: Mapping[tuple[int, int], str]) -> None:
    pages: dict[Any, int] = {page.objgen: number for number, page in enumerate(pdf.pages)}
    for element in structure_elements(pdf):
        marks = [kid for kid in _kids(element) if isinstance(kid, int)]
        page = pages.get(element.Pg.objgen) if Name.Pg in element else None
        if len(marks) == 1 and page is not None and (page, marks[0]) in spaced_texts:
            element.ActualText = pikepdf.String(spaced_texts[page, marks[0]])


def _kids(element: Object) -> list[Any]:
    kids: Any = element.get(Name.K, Array())
    return list(kids) if isinstance(kids, Array) else [kids]


def _slim_fonts(pdf: Pdf) -> None:
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream) and Name.Length1 in item:
            program = slim_font(item.read_bytes())
            item.write(program)
            item.Length1 = len(program)


def _drop_repeated_links(pdf: Pdf) -> None:
    """Drop the links that have no place in the structure: see ``TagRepair``."""
    for page in pdf.pages:
        if Name.Annots in page:
            page.Annots = Array([link for link in page.Annots if Name.StructParent in link])


def _forbid_interpolation(pdf: Pdf) -> None:
    for item in pdf.objects:
        if (
            isinstance(item, pikepdf.Stream)
            and item.get(Name.Subtype) == Name.Image
            and Name.Interpolate in item
        ):
            del item[Name.Interpolate]


def _lengthen_ambiguous_streams(pdf: Pdf) -> None:
    """Lengthen by a byte without meaning each stream that ends with a line end.

    PDF/A wants a line end of its own before ``endstream``; beside another, a reader counts too few bytes.
    """
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream) and item.get(Name.Filter) == Name.FlateDecode:
            while item.read_raw_bytes().endswith(LINE_ENDS):
                _lengthen(item, b"\n")  # never a zero, which leaves the last byte of the checksum as it is


def _compress_well(pdf: Pdf) -> None:
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream) and item.get(Name.Filter, Name.FlateDecode) == Name.FlateDecode:
            item.write(zlib.compress(item.read_bytes(), BEST_COMPRESSION), filter=Name.FlateDecode)


def _lengthen(stream: Object, addition: bytes) -> None:
    longer = stream.read_bytes() + addition
    stream.write(zlib.compress(longer), filter=Name.FlateDecode)
    if Name.Length1 in stream:
        stream.Length1 = len(longer)


def _write_information(pdf: Pdf, credentials: Credentials) -> None:
    packet = pikepdf.Stream(pdf, render_packet(credentials))
    packet.Type, packet.Subtype = Name.Metadata, Name.XML
    pdf.Root.Metadata = pdf.make_indirect(packet)
    information = {
        "/Title": credentials.title,
        "/Subject": credentials.description,
        "/Producer": PRODUCER,
        "/CreationDate": _pdf_date(credentials.created),
        "/ModDate": _pdf_date(credentials.modified),
    }
    entries = {key: pikepdf.String(value) for key, value in information.items() if value}
    pdf.trailer.Info = pdf.make_indirect(Dictionary(entries))


def _add_objects(pdf: Pdf, count: int) -> None:
    """Add objects without meaning, in the place that PDF keeps for a program's own data."""
    own = Dictionary(
        LastModified=pdf.docinfo["/ModDate"],
        Private=Array([pdf.make_indirect(Dictionary()) for _ in range(count)]),
    )
    pdf.Root.PieceInfo = Dictionary({f"/{PRODUCER}": own})


def _pdf_date(day: str) -> str:
    return f"D:{day.replace('-', '')}000000+09'00'"
