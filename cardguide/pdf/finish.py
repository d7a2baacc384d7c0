"""The last hand on a PDF: one XMP packet, matching dates, and what PDF/A-2a asks beside PDF/UA-1."""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf

PRODUCER = "cardguide"


@dataclass(frozen=True, kw_only=True, slots=True)
class Credentials:
    """What a PDF says about itself; ``created`` and ``modified`` are calendar days in Japan (YYYY-MM-DD)."""

    title: str
    locale: str
    created: str
    modified: str
    description: str = ""
    identifier: str = ""


def finish_pdf(content: bytes, *, credentials: Credentials, spaced_texts: Mapping[tuple[int, int], str]) -> bytes:
    """Return the PDF as PDF/UA-1 and PDF/A-2a in one file, with the same bytes for the same input."""
    with Pdf.open(io.BytesIO(content)) as pdf:
        _restore_spaces(pdf, spaced_texts)
        _forbid_interpolation(pdf)
        _write_information(pdf, credentials)
        pdf.Root.Lang = pikepdf.String(credentials.locale)
        pdf.Root.OutputIntents[0].S = Name.GTS_PDFA1
        result = io.BytesIO()
        pdf.save(
            result,
            deterministic_id=True,
            linearize=True,
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
    pages = {page.objgen: number for number, page in enumerate(pdf.pages)}
    for element in structure_elements(pdf):
        marks = [kid for kid in _kids(element) if isinstance(kid, int)]
        page = pages.get(element.Pg.objgen) if Name.Pg in element else None
        if len(marks) == 1 and page is not None and (page, marks[0]) in spaced_texts:
            element.ActualText = pikepdf.String(spaced_texts[page, marks[0]])


def _kids(element: Object) -> list[Any]:
    kids: Any = element.get(Name.K, Array())
    return list(kids) if isinstance(kids, Array) else [kids]


def _forbid_interpolation(pdf: Pdf) -> None:
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream) and item.get(Name.Subtype) == Name.Image and Name.Interpolate in item:
            del item[Name.Interpolate]


def _write_information(pdf: Pdf, credentials: Credentials) -> None:
    packet = pikepdf.Stream(pdf, _packet(credentials).encode("utf-8"))
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


def _pdf_date(day: str) -> str:
    return f"D:{day.replace('-', '')}000000+09'00'"


def _packet(credentials: Credentials) -> str:
    """Return the XMP packet; PDF/A wants the PDF/UA property described, because its own list predates it."""
    title, description, identifier = (
        escape(text) for text in (credentials.title, credentials.description, credentials.identifier)
    )
    language = escape(credentials.locale)
    optional = (
        f'   <dc:description><rdf:Alt><rdf:li xml:lang="x-default">{description}</rdf:li></rdf:Alt></dc:description>\n'
        if description
        else ""
    ) + (f"   <dc:identifier>{identifier}</dc:identifier>\n" if identifier else "")
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
    xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
    xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
    xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
   <dc:format>application/pdf</dc:format>
   <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
   <dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
{optional}   <xmp:CreateDate>{credentials.created}T00:00:00+09:00</xmp:CreateDate>
   <xmp:ModifyDate>{credentials.modified}T00:00:00+09:00</xmp:ModifyDate>
   <xmp:MetadataDate>{credentials.modified}T00:00:00+09:00</xmp:MetadataDate>
   <pdf:Producer>{PRODUCER}</pdf:Producer>
   <pdfuaid:part>1</pdfuaid:part>
   <pdfaid:part>2</pdfaid:part>
   <pdfaid:conformance>A</pdfaid:conformance>
   <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
    <pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
    <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
    <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
    <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
     <pdfaProperty:name>part</pdfaProperty:name>
     <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
     <pdfaProperty:category>internal</pdfaProperty:category>
     <pdfaProperty:description>Part of ISO 14289 to which the file conforms</pdfaProperty:description>
    </rdf:li></rdf:Seq></pdfaSchema:property>
   </rdf:li></rdf:Bag></pdfaExtension:schemas>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""
