"""Sheets as their readers meet them: sound ones are printed as promised, broken ones are refused."""

import io
import re
import subprocess
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path

import page
import pikepdf
import pytest
from pdf_cases import QR_URL, SheetCase, describe, fonts, read_cases

from cardguide.pdf.finish import structure_elements
from cardguide.pdf.press import Press
from cardguide.pdf.raster import render_preview
from cardguide.pdf.sheets import Sheet, SheetError, SheetFault
from cardguide.problems import rules

GOOD = read_cases("good_sheets")
BROKEN = read_cases("broken_sheets")
LONG_LINK = (
    "The list of all the procedures, with the counter, the papers and the fee of each one in plain English"
)


@pytest.fixture(scope="module")
def press() -> Iterator[Press]:
    with Press(fonts()) as running:
        yield running


@pytest.fixture(scope="module")
def sheets(press: Press) -> Mapping[str, Sheet]:
    return {sheet.name: sheet for sheet in press.render([case.job for case in GOOD])}


@pytest.fixture(scope="module")
def faults(press: Press) -> Mapping[str, list[SheetFault]]:
    with pytest.raises(SheetError) as caught:
        press.render([case.job for case in BROKEN])
    found: dict[str, list[SheetFault]] = {case.name: [] for case in BROKEN}
    for fault in caught.value.faults:
        found[fault.sheet].append(fault)
    return found


@pytest.fixture
def bilingual(sheets: Mapping[str, Sheet]) -> Iterator[pikepdf.Pdf]:
    with pikepdf.Pdf.open(io.BytesIO(sheets["bilingual"].pdf)) as pdf:
        yield pdf


def test_at_least_twenty_broken_sheets_are_seeded() -> None:
    assert len(BROKEN) >= 20


@pytest.mark.parametrize("case", BROKEN, ids=lambda case: case.name)
def test_a_broken_sheet_is_refused_with_block_page_and_measure(
    case: SheetCase, faults: Mapping[str, list[SheetFault]]
) -> None:
    assert case.head["expect"], "a broken sheet must expect at least one fault"
    assert [describe(fault) for fault in faults[case.name]] == case.head["expect"]


@pytest.mark.parametrize("case", BROKEN, ids=lambda case: case.name)
def test_a_fault_speaks_both_languages(case: SheetCase, faults: Mapping[str, list[SheetFault]]) -> None:
    for fault in faults[case.name]:
        for language in ("ja", "en"):
            assert fault.problem.message(language)
            assert fault.problem.hint(language)
            assert "{" not in fault.problem.message(language)


def test_every_rule_about_sheets_is_broken_by_a_sheet_or_by_a_spoiled_file(
    faults: Mapping[str, list[SheetFault]],
) -> None:
    broken = {fault.problem.rule for found in faults.values() for fault in found}
    spoiled = {"sheet-font", "sheet-wrong-glyph", "sheet-file-size"}  # see test_pdf_parts
    assert broken | spoiled == {rule for rule in rules() if rule.startswith("sheet-")}


@pytest.mark.parametrize("case", GOOD, ids=lambda case: case.name)
def test_a_good_sheet_raises_no_alarm_and_is_small(case: SheetCase, sheets: Mapping[str, Sheet]) -> None:
    assert sheets[case.name].pages == case.job.spec.pages
    assert len(sheets[case.name].pdf) < 150_000


@pytest.mark.parametrize("case", GOOD, ids=lambda case: case.name)
@pytest.mark.parametrize("profile", ["ua1", "pdfa-2a"])
def test_one_file_is_accessible_and_archival(
    case: SheetCase, profile: str, sheets: Mapping[str, Sheet], tmp_path: Path
) -> None:
    path = tmp_path / "sheet.pdf"
    path.write_bytes(sheets[case.name].pdf)
    report = page.validate_pdf(str(path), profile=profile)
    assert report.is_compliant, report.failures


@pytest.mark.parametrize("case", GOOD, ids=lambda case: case.name)
def test_a_second_reader_finds_the_file_sound(
    case: SheetCase, sheets: Mapping[str, Sheet], tmp_path: Path
) -> None:
    path = tmp_path / "sheet.pdf"
    path.write_bytes(sheets[case.name].pdf)
    done = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_element_that_changes_the_language_says_so(bilingual: pikepdf.Pdf) -> None:
    source = next(case for case in GOOD if case.name == "bilingual").job.html
    asked = re.findall(r'<(?!html)\w+ [^>]*?\blang="(\w+)"', source)
    said = [str(element.Lang) for element in structure_elements(bilingual) if "/Lang" in element]
    assert str(bilingual.Root.Lang) == "ja"
    assert _without_repeats(said) == _without_repeats(asked)
    assert len(said) >= len(asked)


def test_the_title_and_the_bookmarks_are_in_the_language_of_the_sheet(bilingual: pikepdf.Pdf) -> None:
    assert str(bilingual.docinfo["/Title"]) == "特定在留カードの見本"
    with bilingual.open_outline() as outline:
        titles = [item.title for item in outline.root]
    assert titles == ["特定在留カード Specified Residence Card", "Questions"]


def test_a_link_is_printed_and_named_by_its_words(bilingual: pikepdf.Pdf) -> None:
    links = [link for side in bilingual.pages for link in side.get("/Annots", [])]
    assert {str(link.Contents) for link in links} == {"手続の一覧", LONG_LINK}
    assert {int(link.F) for link in links} == {4}


def test_a_figure_says_what_it_shows_and_lies_on_the_page(bilingual: pikepdf.Pdf) -> None:
    figures = [element for element in structure_elements(bilingual) if element.S == "/Figure"]
    assert [str(figure.Alt) for figure in figures] == ["カードの表の絵", "この紙が新しいか確かめるページ"]
    left, bottom, right, top = (float(edge) for edge in figures[0].A.BBox)
    assert right - left == pytest.approx(40 * 72 / 25.4, abs=0.1)
    assert top - bottom == pytest.approx(26 * 72 / 25.4, abs=0.1)
    assert 0 < bottom < top < 842


def test_table_headers_say_what_they_head(bilingual: pikepdf.Pdf) -> None:
    scopes = [str(element.A.Scope) for element in structure_elements(bilingual) if element.S == "/TH"]
    assert scopes == ["/Column"] * 3 + ["/Row"] * 2


def test_a_space_at_the_end_of_a_line_is_read_aloud(bilingual: pikepdf.Pdf) -> None:
    spoken = [
        str(element.ActualText) for element in structure_elements(bilingual) if "/ActualText" in element
    ]
    assert spoken == [
        ", and nobody has to have one, so ",
        "The list of all the procedures, with the counter, the ",
    ]


def test_a_reading_is_told_from_its_word(sheets: Mapping[str, Sheet]) -> None:
    with pikepdf.Pdf.open(io.BytesIO(sheets["readings"].pdf)) as pdf:
        parts = [
            [str(part.S) for part in element.K] for element in structure_elements(pdf) if element.S == "/Ruby"
        ]
    assert len(parts) == sheets_source("readings").count("<ruby")
    assert {tuple(each) for each in parts} == {("/RB", "/RT")}


def test_bookmarks_and_links_say_the_words_without_their_readings(sheets: Mapping[str, Sheet]) -> None:
    with pikepdf.Pdf.open(io.BytesIO(sheets["readings"].pdf)) as pdf:
        with pdf.open_outline() as outline:
            assert [item.title for item in outline.root] == ["特定在留カード"]
        links = [str(link.Contents) for side in pdf.pages for link in side.get("/Annots", [])]
    assert links == ["手続きのリスト"]


def sheets_source(name: str) -> str:
    return next(case for case in GOOD if case.name == name).job.html


def test_decoration_is_not_read_aloud(sheets: Mapping[str, Sheet], tmp_path: Path) -> None:
    assert "→" not in _structure_text(sheets["dense_japanese"], tmp_path)
    assert "一つ目のことがら" in _structure_text(sheets["dense_japanese"], tmp_path)


def test_the_code_is_read_from_a_grey_print_of_150_dots_an_inch(
    sheets: Mapping[str, Sheet], tmp_path: Path
) -> None:
    picture = tmp_path / "back.png"
    width = round(210 / 25.4 * 150)
    picture.write_bytes(render_preview(sheets["bilingual"].pdf, page=2, width=width, is_grey=True))
    done = subprocess.run(
        ["zbarimg", "--raw", "-q", str(picture)], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == QR_URL


def test_the_sheet_carries_its_edition_and_its_day_but_nobody_and_no_machine(bilingual: pikepdf.Pdf) -> None:
    packet = bilingual.Root.Metadata.read_bytes().decode()
    assert "<dc:identifier>sample-3f2a</dc:identifier>" in packet
    assert "2026-06-14T00:00:00+09:00" in packet
    assert packet.count("<rdf:RDF") == 1
    assert set(bilingual.docinfo) == {"/Title", "/Subject", "/Producer", "/CreationDate", "/ModDate"}


def test_a_preview_is_the_same_picture_every_time(sheets: Mapping[str, Sheet]) -> None:
    first, second = (render_preview(sheets["bilingual"].pdf, page=1, width=480) for _ in range(2))
    assert first == second
    assert first.startswith(b"\x89PNG")
    assert int.from_bytes(first[16:20]) == 480


def _without_repeats(values: list[str]) -> list[str]:
    """Return a list in which nothing stands twice in a row: a link over two lines is two elements."""
    return [value for value, _ in groupby(values)]


def _structure_text(sheet: Sheet, folder: Path) -> str:
    path = folder / "sheet.pdf"
    path.write_bytes(sheet.pdf)
    command = ["pdfinfo", "-struct-text", str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout
