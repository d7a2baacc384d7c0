"""The parts of an imprint one by one: glyphs cut from the font, streams, the end of a file."""

import io
import re
import zlib

import pikepdf
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st
from pdf_cases import ROOT

from cardguide.pdf.truetype import order_glyphs, read_typeface
from cardguide.pdf.updates import Trailer, append_update, render_address, render_stream, render_text

FILE = ROOT / "flyers" / "fonts" / "BIZUDPGothic-Regular.ttf"
FACE = read_typeface("BIZ-UDPGothic", FILE)
SOURCE = TTFont(FILE, lazy=True)
WORDS = "静岡県浜松市天竜区 Tenryu-ku, 03-0000-0000（）"


def test_the_font_is_read_as_a_library_reads_it() -> None:
    names = SOURCE.getBestCmap()
    assert {code: SOURCE.getGlyphID(name) for code, name in names.items()} == dict(FACE.glyphs)
    assert all(FACE.width(sign, FACE.units) == SOURCE["hmtx"][names[ord(sign)]][0] for sign in WORDS)


def test_a_cut_of_the_font_draws_the_same_outlines_with_the_same_widths() -> None:
    numbers = order_glyphs([WORDS])
    cut = TTFont(io.BytesIO(FACE.slice([0, *(FACE.glyphs[ord(sign)] for sign in numbers)])))
    names, order = SOURCE.getBestCmap(), cut.getGlyphOrder()
    for sign, number in numbers.items():
        theirs, ours = SOURCE["glyf"][names[ord(sign)]], cut["glyf"][order[number]]
        assert ours.numberOfContours == theirs.numberOfContours
        if ours.numberOfContours:
            assert ours.getCoordinates(cut["glyf"]) == theirs.getCoordinates(SOURCE["glyf"])
        assert cut["hmtx"][order[number]] == SOURCE["hmtx"][names[ord(sign)]]


def test_a_character_that_the_font_lacks_is_named_once() -> None:
    assert FACE.missing("𠮷野家𠮷") == "𠮷"
    assert FACE.missing(WORDS) == ""


@given(st.binary(max_size=200))
def test_no_stream_ends_so_that_a_reader_would_count_too_few_bytes(content: bytes) -> None:
    rendered = render_stream(content)
    found = re.match(rb"<< /Filter /FlateDecode /Length (\d+) >>\nstream\n", rendered)
    assert found
    packed = rendered[found.end() : found.end() + int(found[1])]
    assert rendered[found.end() + int(found[1]) :] == b"\nendstream"
    assert not packed.endswith((b"\r", b"\n"))
    assert zlib.decompress(packed).rstrip(b"\n") == content.rstrip(b"\n")


def test_a_stream_whose_checksum_would_end_it_with_a_line_end_is_lengthened() -> None:
    content = next(each for n in range(999) if zlib.compress(each := b"\0" * n + b"\x09").endswith(b"\n"))
    for is_font in (True, False):
        assert b"stream\n" in render_stream(content, is_font=is_font)


def test_an_update_replaces_and_adds_and_leaves_the_rest_as_it_was() -> None:
    with pikepdf.Pdf.new() as pdf:
        pdf.add_blank_page()
        pdf.Root.Sample = pdf.make_indirect(pikepdf.Dictionary(Old=True))
        pdf.trailer.Info = pdf.make_indirect(pikepdf.Dictionary())
        stream = io.BytesIO()
        pdf.save(stream, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    base = stream.getvalue()
    with pikepdf.Pdf.open(io.BytesIO(base)) as pdf:
        sample, size = pdf.Root.Sample.objgen[0], int(pdf.trailer.Size)
        trailer = Trailer(
            size=size,
            start=int(base.split(b"startxref\n")[-1].split()[0]),
            root="{} {} R".format(*pdf.Root.objgen),
            info="{} {} R".format(*pdf.trailer.Info.objgen),
            identifier=bytes(pdf.trailer.ID[0]).hex(),
        )
    objects = {sample: b"<< /New %d 0 R >>" % (size + 1), size + 1: b"(more)"}
    updated = append_update(base, objects, trailer)
    assert updated.startswith(base)
    assert updated == append_update(base, objects, trailer)
    with pikepdf.Pdf.open(io.BytesIO(updated)) as pdf:
        assert str(pdf.Root.Sample.New) == "more"
        assert len(pdf.pages) == 1
        first, second = (bytes(each) for each in pdf.trailer.ID)
    assert first.hex() == trailer.identifier != second.hex()


def test_words_and_addresses_are_written_so_that_they_come_back() -> None:
    for words in ("見本（港）", "𠮷", "a) (b\\"):
        assert str(pikepdf.Object.parse(render_text(words).encode("ascii"))) == words
    address = "https://mihon.example/?a=(1)\\"
    assert str(pikepdf.Object.parse(render_address(address).encode("ascii"))) == address
