"""The parts of the press one by one: phrases, codes, the audit of outlines, the order of painting."""

import io
import string
import zlib
from dataclasses import replace
from itertools import pairwise

import pikepdf
import pytest
import segno
import tinyhtml5
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_cases import CASES, fonts, read_case

from cardguide.pdf.codes import draw_code
from cardguide.pdf.finish import _lengthen_ambiguous_streams
from cardguide.pdf.geometry import Rectangle
from cardguide.pdf.glyphs import find_pdf_faults
from cardguide.pdf.phrases import mark_phrases
from cardguide.pdf.press import Press
from cardguide.pdf.qr import render_qr
from cardguide.pdf.sheets import Sheet
from cardguide.pdf.typography import WORD_JOINER, ZERO_WIDTH_SPACE, keep_phrases, strip_break_marks

JOB = read_case(CASES / "good_sheets" / "bilingual.html").job


@pytest.fixture(scope="module")
def sheet() -> Sheet:
    with Press(fonts(), workers=1) as press:
        return press.render([JOB])[0]


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("2026年6月14日から特定在留カードが使えます。", "2026年6月14日から|特定在留カードが|使えます。"),
        ("手数料は10,000円です（窓口の場合）。", "手数料は|10,000円です|（窓口の|場合）。"),
        (
            "くわしくはhttps://www.moj.go.jp/isa/を見てください。",
            "くわしくは|https://www.moj.go.jp/isa/を|見てください。",
        ),
        ("「はい」と答えた人は、午前8時30分に来ます。", "「はい」と|答えた|人は、|午前8時30分に|来ます。"),
        ("申請した日ではなく、4つの日です。", "申請した日ではなく、|4つの|日です。"),
        ("マイナンバーカードとして使えます。", "マイナンバーカードとして|使えます。"),
        ("「特定特別永住者証明書」を申請できます。", "「特定特別永住者証明書」を|申請できます。"),
        ("", ""),
        ("plain English text", "plain English text"),
    ],
)
def test_japanese_breaks_between_phrases_and_never_inside_a_date_or_an_amount(
    text: str, phrases: str
) -> None:
    assert keep_phrases(text).replace(ZERO_WIDTH_SPACE, "|").replace(WORD_JOINER, "") == phrases


def test_the_characters_of_a_phrase_are_held_together() -> None:
    assert keep_phrases("使えます") == WORD_JOINER.join("使えます")


@pytest.mark.parametrize(
    ("phrase", "runs"),
    [
        ("特定在留カード等交付申請、", "特定在留|カード|等交付申請、"),
        ("在シンガポール日本国大使館", "在|シンガポール|日本国大使館"),
        ("外国人在留総合インフォメーションセンター", "外国人在留総合|インフォメーションセンター"),
        ("申し込むことができますか。", "申し込むことができますか。"),
    ],
)
def test_a_phrase_too_long_for_a_column_may_break_where_the_script_changes(phrase: str, runs: str) -> None:
    assert keep_phrases(phrase) == "".join(WORD_JOINER.join(run) for run in runs.split("|"))


def test_a_number_in_the_text_is_no_end_of_a_line() -> None:
    text = '<p lang="ja" data-phrases="on">次の<data value="4">4</data>つが変わります。</p>'
    root = tinyhtml5.parse(text, namespace_html_elements=False)
    mark_phrases(root)
    assert f"4{WORD_JOINER}つ" in "".join(root.itertext())


def test_a_phrase_goes_on_from_one_element_to_the_next() -> None:
    root = tinyhtml5.parse(
        '<p lang="ja" data-phrases="on"><time>2026年6月14日</time>から<b>使え</b>ます。<br/>'
        '<span lang="en">It is new.</span><span data-phrases="off">使えます。</span></p>',
        namespace_html_elements=False,
    )
    mark_phrases(root)
    text = "".join(root.itertext())
    assert text.replace(ZERO_WIDTH_SPACE, "|").replace(WORD_JOINER, "") == (
        "2026年6月14日から|使えます。It is\u00a0new.使えます。"
    )
    assert f"日{WORD_JOINER}か" in text


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("You cannot apply by itself alone.", "You cannot apply by itself\u00a0alone."),
        ("Application for permanent residence", "Application for permanent residence"),
        ("Alone.", "Alone."),
        ("The My Number function is valid.", "The My\u00a0Number function is\u00a0valid."),
        ("of ", "of "),
    ],
)
def test_a_short_word_never_stands_alone_on_the_last_line_and_a_name_is_whole(text: str, bound: str) -> None:
    root = tinyhtml5.parse(f'<p lang="en" data-phrases="on">{text}</p>', namespace_html_elements=False)
    mark_phrases(root)
    assert "".join(root.itertext()) == bound


@given(st.text(alphabet="在留カードの、。（）「」年月日円0123456789 abc", max_size=60))
def test_break_marks_change_no_text_and_can_be_added_twice(text: str) -> None:
    marked = keep_phrases(text)
    assert strip_break_marks(marked) == text
    assert keep_phrases(marked) == marked


@given(st.text(alphabet="在留カードの、。（）「」ー", max_size=60))
def test_no_break_is_allowed_before_a_closing_mark_or_after_an_opening_one(text: str) -> None:
    for before, after in pairwise(keep_phrases(text).split(ZERO_WIDTH_SPACE)):
        assert before[-1:] not in {"（", "「"}
        assert after[:1] not in {"、", "。", "）", "」", "ー"}


@settings(deadline=None)
@given(st.text(alphabet=string.ascii_letters + string.digits + "-._~:/?#&=%+", min_size=1, max_size=220))
def test_a_code_is_that_of_the_library_to_the_last_module(address: str) -> None:
    code = segno.make(address, error="m", micro=False, boost_error=False)
    assert draw_code(address) == tuple(map(bytes, code.matrix))


def test_a_code_that_no_phone_could_read_is_refused() -> None:
    with pytest.raises(ValueError, match="not readable at 10 mm"):
        render_qr("https://example.com/" + "a" * 100, size_mm=10, title="見本")


def test_a_code_has_its_size_its_quiet_zone_and_its_words() -> None:
    drawing = render_qr("https://example.com/", size_mm=20, title="a < b")
    assert 'width="20mm" height="20mm"' in drawing
    assert "<title>a &lt; b</title>" in drawing
    assert 'viewBox="0 0 33 33"' in drawing


def test_an_outline_that_is_not_the_one_of_its_character_is_found(sheet: Sheet) -> None:
    with pikepdf.Pdf.open(io.BytesIO(sheet.pdf)) as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and "/ToUnicode" in item:
                swapped = _swap_hexadecimals(item.ToUnicode.read_bytes(), "在", "留")
                item.ToUnicode.write(swapped)
        changed = io.BytesIO()
        pdf.save(changed)
    faults = find_pdf_faults(changed.getvalue(), (), JOB.spec, fonts())
    assert {fault.details["glyph"] for fault in faults if fault.rule == "wrong-glyph"} == {
        "在 (U+5728)",
        "留 (U+7559)",
    }


def test_a_foreign_font_a_script_and_a_large_file_are_found(sheet: Sheet) -> None:
    with pikepdf.Pdf.open(io.BytesIO(sheet.pdf)) as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and str(item.get("/BaseFont")).endswith("-UDPGothic"):
                item.BaseFont = pikepdf.Name("/NotoSansJP")
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        pdf.Root.Padding = pdf.make_stream(_noise(600_000))
        changed = io.BytesIO()
        pdf.save(changed)
    rules = {fault.rule for fault in find_pdf_faults(changed.getvalue(), (), JOB.spec, fonts())}
    assert rules == {"font", "active-content", "file-size"}


@pytest.mark.parametrize("end", [b"\r", b"\n"], ids=["carriage-return", "line-feed"])
def test_no_stream_ends_with_a_line_end_which_readers_would_not_count(end: bytes) -> None:
    content = next(text for n in range(9999) if zlib.compress(text := b"%" + b"x" * n).endswith(end))
    with pikepdf.Pdf.new() as pdf:
        pdf.Root.Sample = stream = pdf.make_stream(b"")
        stream.write(zlib.compress(content), filter=pikepdf.Name.FlateDecode)
        assert stream.read_raw_bytes().endswith(end)
        _lengthen_ambiguous_streams(pdf)
        assert not stream.read_raw_bytes().endswith((b"\r", b"\n"))
        assert stream.read_bytes().strip() == content


def test_a_rectangle_knows_how_far_it_sticks_out_and_how_much_it_shares() -> None:
    outer = Rectangle(left=0, top=0, right=100, bottom=50)
    inner = Rectangle(left=90, top=40, right=105, bottom=52)
    assert inner.excess_over(outer) == 5
    assert inner.overlap_with(outer) == 10
    assert inner.overlap_with(replace(inner, left=105, right=110)) == 0


def _swap_hexadecimals(content: bytes, first: str, second: str) -> bytes:
    one, other = (f"> <{ord(character):04x}>".encode() for character in (first, second))
    return content.replace(one, b"@").replace(other, one).replace(b"@", other)


def _noise(size: int) -> bytes:
    """Return bytes that no compression makes smaller."""
    value, noise = 1, bytearray()
    while len(noise) < size:
        value = value * 6364136223846793005 % 2**64 + 1442695040888963407
        noise += (value % 2**64).to_bytes(8)
    return bytes(noise)
