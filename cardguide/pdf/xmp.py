"""The XMP packet of a sheet: one, plain, and the same as its information dictionary."""

from dataclasses import dataclass
from xml.sax.saxutils import escape

PRODUCER = "cardguide"
NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
}
ARCHIVAL = """   <pdfaid:part>2</pdfaid:part>
   <pdfaid:conformance>A</pdfaid:conformance>
"""
ALTERNATIVE = '<rdf:Alt><rdf:li xml:lang="x-default">{}</rdf:li></rdf:Alt>'
TEMPLATE = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="" {namespaces}>
   <dc:format>application/pdf</dc:format>
   <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
   <dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
{optional}   <xmp:CreateDate>{created}T00:00:00+09:00</xmp:CreateDate>
   <xmp:ModifyDate>{modified}T00:00:00+09:00</xmp:ModifyDate>
   <xmp:MetadataDate>{modified}T00:00:00+09:00</xmp:MetadataDate>
   <pdf:Producer>{producer}</pdf:Producer>
   <pdfuaid:part>1</pdfuaid:part>
{archival}   <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
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


@dataclass(frozen=True, kw_only=True, slots=True)
class Credentials:
    """What a PDF says about itself; ``created`` and ``modified`` are calendar days in Japan (YYYY-MM-DD)."""

    title: str
    locale: str
    created: str
    modified: str
    description: str = ""
    identifier: str = ""
    is_archival: bool = True


def render_packet(credentials: Credentials) -> bytes:
    """Return the packet; PDF/A wants the PDF/UA property described, because its own list predates it."""
    optional = {
        "description": ALTERNATIVE.format(escape(credentials.description)),
        "identifier": escape(credentials.identifier),
    }
    packet = TEMPLATE.format(
        namespaces=" ".join(f'xmlns:{prefix}="{address}"' for prefix, address in NAMESPACES.items()),
        title=escape(credentials.title),
        language=escape(credentials.locale),
        created=credentials.created,
        modified=credentials.modified,
        producer=PRODUCER,
        archival=ARCHIVAL if credentials.is_archival else "",
        optional="".join(
            f"   <dc:{name}>{content}</dc:{name}>\n"
            for name, content in optional.items()
            if getattr(credentials, name)
        ),
    )
    return packet.encode("utf-8")
