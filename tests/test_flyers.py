"""The flyers as their readers meet them: the real data, real PDFs, real pictures."""

import datetime
import io
import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import page
import pikepdf
import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from cardguide.dataset import Dataset, read_dataset
from cardguide.outputs.flyers import Flyers, create_flyers, create_orders
from cardguide.pdf.raster import render_preview
from cardguide.pdf.separation import find_screen_colours, inks_of
from cardguide.pdf.sheets import SheetError
from cardguide.pdf.typography import strip_break_marks
from cardguide.problems import DataError
from cardguide.project import Project

ROOT = Path(__file__).parents[1]
PROJECT = Project(root=ROOT)
TODAY = datetime.date(2026, 11, 23)
SHEETS = {"ja": ("ja",), "en": ("en",), "ja-en": ("ja", "en")}
ADDRESSES = ("https://www.moj.go.jp/isa/tokutei.html", "https://www.kojinbango-card.go.jp/contact/tel/")
REMOVED = {
    "ja": ("在留期間", "許可の種類", "許可年月日", "交付年月日"),
    "en": ("period of stay", "type of permit", "date of permit", "date of issue"),
}
LAUNCH = {"ja": "令和8年（2026年）6月14日", "en": "June 14, 2026"}
NOT_OFFICIAL = {
    "ja": "出入国在留管理庁が作成したものではありません",
    "en": "not made by the Immigration Services Agency",
}
LARGEST_SHEET = 170_000


@cache
def dataset() -> Dataset:
    return read_dataset(PROJECT.read_data())


@cache
def flyers(as_of: datetime.date = TODAY) -> Flyers:
    return create_flyers(
        dataset(), files=PROJECT.paper_files, fonts=PROJECT.fonts, as_of=as_of, say=lambda _: None, cache=None
    )


def pdf(name: str, as_of: datetime.date = TODAY) -> bytes:
    return next(artifact.content for artifact in flyers(as_of).artifacts if artifact.path == f"flyers/{name}.pdf")


def all_names() -> list[str]:
    orders = create_orders(dataset(), files=PROJECT.paper_files, as_of=TODAY)
    return [order.path.removeprefix("flyers/") for order in orders]


@cache
def text_of(name: str, as_of: datetime.date = TODAY) -> str:
    document = pypdfium2.PdfDocument(pdf(name, as_of))
    words = "\n".join(side.get_textpage().get_text_range() for side in document)
    return plain(words)


def plain(words: str) -> str:
    """Return words as a reader takes them in: no break marks, no line ends, one kind of space."""
    words = strip_break_marks(words).replace("￾", "").replace("\u00ad", "")
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", words))


def rules() -> list[tuple[str, str]]:
    """Return each sheet with the rules it must pass: inks and the colours of an archive exclude each other."""
    archival = [name for name in all_names() if not name.endswith("-print")]
    return [*((name, "ua1") for name in all_names()), *((name, "pdfa-2a") for name in archival)]


@pytest.mark.parametrize(("name", "profile"), rules())
def test_every_sheet_passes_the_rules_of_access_and_of_archives(name: str, profile: str, tmp_path: Path) -> None:
    file = tmp_path / "sheet.pdf"
    file.write_bytes(pdf(name))
    result = page.validate_pdf(str(file), profile=profile)
    assert [str(failure) for failure in result.failures] == []


@pytest.mark.parametrize(("sheet", "locales"), SHEETS.items())
def test_every_procedure_stands_on_the_sheet_by_its_official_name(sheet: str, locales: tuple[str, ...]) -> None:
    text = text_of(f"{sheet}/a4")
    for procedure in dataset().procedures.values():
        for locale in locales:
            assert plain(procedure.name[locale]) in text


@pytest.mark.parametrize(("sheet", "locales"), SHEETS.items())
def test_the_items_the_addresses_and_the_launch_stand_on_the_sheet(sheet: str, locales: tuple[str, ...]) -> None:
    text = text_of(f"{sheet}/a4")
    wanted = [*ADDRESSES, *(words for locale in locales for words in (*REMOVED[locale], LAUNCH[locale]))]
    assert [words for words in wanted if plain(words) not in text] == []


@pytest.mark.parametrize(("sheet", "locales"), SHEETS.items())
def test_the_six_questions_stand_on_the_sheet_with_the_start_of_their_answers(
    sheet: str, locales: tuple[str, ...]
) -> None:
    text = text_of(f"{sheet}/a4")
    questions = [question for question in dataset().questions.values() if question.flyer]
    assert len(questions) == 6
    for question in questions:
        for locale in locales:
            assert plain(question.question[locale]) in text


@pytest.mark.parametrize(("sheet", "locales"), SHEETS.items())
def test_the_sheet_says_who_did_not_make_it(sheet: str, locales: tuple[str, ...]) -> None:
    assert all(plain(NOT_OFFICIAL[locale]) in text_of(f"{sheet}/a4") for locale in locales)


def test_before_the_launch_the_sheet_speaks_of_what_is_coming() -> None:
    before, after = text_of("ja/a4", datetime.date(2026, 6, 1)), text_of("ja/a4")
    coming, present = plain("ひとつのカードになります"), plain("ひとつのカードです")
    assert (coming in before, present in before) == (True, False)
    assert (coming in after, present in after) == (False, True)


@pytest.mark.parametrize("name", all_names())
def test_the_codes_lead_to_the_printed_addresses_on_a_grey_print_of_150_dots(name: str) -> None:
    content = pdf(name)
    with pikepdf.Pdf.open(io.BytesIO(content)) as document:
        sizes = [float(side.mediabox[2]) / 72 for side in document.pages]
    pictures = [
        Image.open(io.BytesIO(render_preview(content, page=number, width=round(inches * 150), is_grey=True)))
        for number, inches in enumerate(sizes, start=1)
    ]
    found = {code.text for picture in pictures for code in zxingcpp.read_barcodes(picture)}
    assert set(ADDRESSES) <= found


@pytest.mark.parametrize("name", [name for name in all_names() if name.endswith("-print")])
def test_a_sheet_for_the_print_shop_has_room_to_cut_and_no_screen_colour(name: str) -> None:
    with pikepdf.Pdf.open(io.BytesIO(pdf(name))) as document:
        assert find_screen_colours(document) == ()
        for side in document.pages:
            trim, bleed = ([float(edge) for edge in side[box]] for box in ("/TrimBox", "/BleedBox"))
            millimetres = [abs(inner - outer) * 25.4 / 72 for inner, outer in zip(trim, bleed, strict=True)]
            assert millimetres == pytest.approx([3, 3, 3, 3], abs=0.01)


def test_a_sheet_for_the_screen_has_screen_colours() -> None:
    with pikepdf.Pdf.open(io.BytesIO(pdf("ja/a4"))) as document:
        assert find_screen_colours(document) == ("RG", "rg")


@pytest.mark.parametrize(
    ("colour", "inks"),
    [((0, 0, 0), (0, 0, 0, 1)), ((1, 1, 1), (0, 0, 0, 0)), ((0.106, 0.141, 0.188), (0, 0, 0, 1))],
)
def test_text_is_printed_in_black_alone(
    colour: tuple[float, float, float], inks: tuple[float, float, float, float]
) -> None:
    assert inks_of(*colour) == inks


@pytest.mark.parametrize("name", [name for name in all_names() if name.endswith("-black")])
def test_a_black_sheet_has_one_ink(name: str) -> None:
    with pikepdf.Pdf.open(io.BytesIO(pdf(name))) as document:
        colours = {
            tuple(float(part) for part in operands)
            for side in document.pages
            for operands, operator in pikepdf.parse_content_stream(side)
            if str(operator) in {"rg", "RG"}
        }
    assert colours <= {(0, 0, 0), (1, 1, 1)}


def test_the_same_records_make_the_same_bytes() -> None:
    again = create_flyers(
        dataset(), files=PROJECT.paper_files, fonts=PROJECT.fonts, as_of=TODAY, say=lambda _: None, cache=None
    )
    assert again == flyers()


def test_a_kept_sheet_is_the_sheet_that_was_made(tmp_path: Path) -> None:
    said: list[str] = []
    first, second = (
        create_flyers(
            dataset(),
            files=PROJECT.paper_files,
            fonts=PROJECT.fonts,
            as_of=TODAY,
            say=said.append,
            cache=tmp_path / "kept",
        )
        for _ in range(2)
    )
    assert first == second == flyers()
    assert len(said) == 1


def test_a_torn_entry_of_the_cache_is_made_anew(tmp_path: Path) -> None:
    arguments = {"files": PROJECT.paper_files, "fonts": PROJECT.fonts, "as_of": TODAY, "cache": tmp_path}
    create_flyers(dataset(), say=lambda _: None, **arguments)  # type: ignore[arg-type]
    for part in tmp_path.glob("*.0"):
        part.unlink()
    assert create_flyers(dataset(), say=lambda _: None, **arguments) == flyers()  # type: ignore[arg-type]


def test_the_edition_follows_from_the_facts_and_not_from_the_day() -> None:
    later = datetime.date(2027, 2, 3)
    editions = [
        {order.path: order.view.edition.id for order in create_orders(dataset(), files=PROJECT.paper_files, as_of=day)}
        for day in (TODAY, later)
    ]
    assert editions[0] == editions[1]
    assert len(set(editions[0].values())) >= len(SHEETS)


def test_a_changed_fact_makes_a_new_edition() -> None:
    data = dict(PROJECT.read_data())
    data["facts"] = data["facts"].replace(b"0120-95-0178", b"0120-95-0179")
    changed = create_orders(read_dataset(data), files=PROJECT.paper_files, as_of=TODAY)
    present = create_orders(dataset(), files=PROJECT.paper_files, as_of=TODAY)
    pairs = zip(changed, present, strict=True)
    assert all(new.view.edition.id != old.view.edition.id for new, old in pairs)


def test_an_answer_that_is_too_long_is_refused_with_its_place() -> None:
    data = dict(PROJECT.read_data())
    answer = "個別の事情等により、通常の在留カードが交付される場合があります。".encode()
    data["faq"] = data["faq"].replace(answer, answer * 12)
    with pytest.raises(SheetError) as caught:
        create_flyers(
            read_dataset(data),
            files=PROJECT.paper_files,
            fonts=PROJECT.fonts,
            as_of=TODAY,
            say=lambda _: None,
            cache=None,
        )
    assert {fault.locale for fault in caught.value.faults} == {"ja"}
    assert "page-count" in {fault.rule for fault in caught.value.faults}


def _with_plan(change: Mapping[str, str]) -> dict[str, str]:
    files = dict(PROJECT.paper_files)
    for old, new in change.items():
        files["a4/sheet.yaml"] = files["a4/sheet.yaml"].replace(old, new)
    return files


def test_a_plan_that_names_no_record_is_refused_with_line_and_suggestion() -> None:
    with pytest.raises(DataError) as caught:
        create_orders(dataset(), files=_with_plan({"lead: [what-it-is": "lead: [what-it-si"}), as_of=TODAY)
    problem = caught.value.problems[0]
    assert (problem.file, problem.rule, problem.details["near"]) == ("flyers/a4/sheet.yaml", "flyer-id", "what-it-is")
    assert problem.line > 1


def test_a_plan_with_an_unknown_key_is_refused_with_its_line() -> None:
    with pytest.raises(DataError) as caught:
        create_orders(dataset(), files=_with_plan({"  launch: launch": "  lunch: launch"}), as_of=TODAY)
    assert {problem.rule for problem in caught.value.problems} == {"flyer-plan"}
    assert all(problem.line > 1 for problem in caught.value.problems)


@pytest.mark.parametrize("sheet", ["ja", "en"])
def test_a_sheet_is_light_enough_to_send(sheet: str) -> None:
    assert len(pdf(f"{sheet}/a4")) < LARGEST_SHEET


def test_what_the_site_says_of_a_sheet_is_true_of_its_file() -> None:
    contents = {artifact.path: artifact.content for artifact in flyers().artifacts}
    for file in flyers().files:
        with pikepdf.Pdf.open(io.BytesIO(contents[file.path])) as document:
            assert len(document.pages) == file.pages
            assert str(document.Root.Lang) == file.lang
        assert -(-len(contents[file.path]) // 1000) == file.kilobytes
        assert all(contents[picture].startswith(b"\x89PNG") for picture in file.pictures)
