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
from PIL import Image, ImageFilter

from cardguide.dataset import Dataset, read_dataset
from cardguide.outputs.editions import create_edition_pages, read_ledger, render_ledger
from cardguide.outputs.flyers import Flyers, Order, create_flyers, create_orders, current_editions
from cardguide.pdf.raster import render_preview
from cardguide.pdf.separation import find_screen_colours, inks_of
from cardguide.pdf.sheets import SheetError
from cardguide.pdf.typography import strip_break_marks
from cardguide.problems import DataError
from cardguide.project import Project
from cardguide.templating import create_environment
from cardguide.views.editions import create_editions

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
LARGEST_SHEET = 150_000
LARGEST_WITH_READINGS = 200_000
LARGEST_PICTURE = 100_000
COPIER_THRESHOLD = 150


@cache
def dataset() -> Dataset:
    return read_dataset(PROJECT.read_data())


def one_sheet() -> dict[str, str]:
    """Return the files with the plan of a single sheet, for tests that make it more than once."""
    files = {path: text for path, text in PROJECT.paper_files.items() if path != "a3/sheet.yaml"}
    first, *_ = files["a4/sheet.yaml"].split("  - locales: [en]")
    return files | {"a4/sheet.yaml": first}


def make_one(
    *, as_of: datetime.date = TODAY, cache_folder: Path | None = None, said: list[str] | None = None
) -> Flyers:
    return create_flyers(
        dataset(),
        files=one_sheet(),
        fonts=PROJECT.fonts,
        as_of=as_of,
        say=(said if said is not None else []).append,
        cache=cache_folder,
    )


@cache
def flyers() -> Flyers:
    return create_flyers(
        dataset(), files=PROJECT.paper_files, fonts=PROJECT.fonts, as_of=TODAY, say=lambda _: None, cache=None
    )


def pdf(name: str) -> bytes:
    return next(artifact.content for artifact in flyers().artifacts if artifact.path == f"flyers/{name}.pdf")


@cache
def orders() -> tuple[Order, ...]:
    return create_orders(dataset(), files=PROJECT.paper_files, as_of=TODAY)


def all_names() -> list[str]:
    return [order.path.removeprefix("flyers/") for order in orders()]


@cache
def text_of(name: str) -> str:
    return text_in(pdf(name))


def text_in(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
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
def test_every_sheet_passes_the_rules_of_access_and_of_archives(
    name: str, profile: str, tmp_path: Path
) -> None:
    file = tmp_path / "sheet.pdf"
    file.write_bytes(pdf(name))
    result = page.validate_pdf(str(file), profile=profile)
    assert [str(failure) for failure in result.failures] == []


@pytest.mark.parametrize(("sheet", "locales"), SHEETS.items())
def test_every_procedure_stands_on_the_sheet_by_its_official_name(
    sheet: str, locales: tuple[str, ...]
) -> None:
    text = text_of(f"{sheet}/a4")
    for procedure in dataset().procedures.values():
        for locale in locales:
            assert plain(procedure.name[locale]) in text


@pytest.mark.parametrize(("sheet", "locales"), SHEETS.items())
def test_the_items_the_addresses_and_the_launch_stand_on_the_sheet(
    sheet: str, locales: tuple[str, ...]
) -> None:
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
    coming_sheet, *_ = make_one(as_of=datetime.date(2026, 6, 1)).artifacts
    before, after = text_in(coming_sheet.content), text_of("ja/a4")
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
    edition = next(order.view.edition_page for order in orders() if order.path == f"flyers/{name}")
    assert {*ADDRESSES, edition} <= found


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
            tuple(float(str(part)) for part in instruction.operands)
            for side in document.pages
            for instruction in pikepdf.parse_content_stream(side)
            if str(instruction.operator) in {"rg", "RG"}
        }
    assert colours <= {(0, 0, 0), (1, 1, 1)}


def test_the_same_records_make_the_same_bytes() -> None:
    made = {artifact.path: artifact.content for artifact in make_one().artifacts}
    assert made.items() <= {artifact.path: artifact.content for artifact in flyers().artifacts}.items()


def test_a_kept_sheet_is_the_sheet_that_was_made(tmp_path: Path) -> None:
    said: list[str] = []
    first, second = (make_one(cache_folder=tmp_path / "kept", said=said) for _ in range(2))
    assert (first.artifacts, first.files) == (second.artifacts, second.files)
    assert len(said) == 1


def test_a_torn_entry_of_the_cache_is_made_anew(tmp_path: Path) -> None:
    first = make_one(cache_folder=tmp_path)
    for part in tmp_path.glob("*.0"):
        part.unlink()
    assert make_one(cache_folder=tmp_path).artifacts == first.artifacts


def test_the_edition_follows_from_the_facts_and_not_from_the_day() -> None:
    later = datetime.date(2027, 2, 3)
    editions = [
        {
            order.path: order.view.edition.id
            for order in create_orders(dataset(), files=PROJECT.paper_files, as_of=day)
        }
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


def test_an_old_edition_keeps_a_page_that_says_what_changed() -> None:
    old = current_editions(orders())[0]
    record = next(key for key in old.words if key.startswith("facts.voluntary"))
    past = old.model_copy(update={"id": "0ld0ld", "words": {**old.words, record: "something else"}})
    twins = {order.view.edition.id: order.view for order in orders()}
    views = create_editions(twins, current_editions(orders()), [past], flyers().files)
    page_of_past = next(view for view in views if view.id == "0ld0ld")
    assert not page_of_past.is_current
    assert [(change.record, change.before) for change in page_of_past.changes] == [
        ("facts.voluntary", "something else")
    ]
    assert {sheet.edition for sheet in page_of_past.sheets} == {old.id}
    assert all(view.is_current and not view.changes for view in views if view.id != "0ld0ld")


def test_the_ledger_keeps_what_was_recorded() -> None:
    current = current_editions(orders())
    old = current[0].model_copy(update={"words": {"facts.launch ja": "then"}})
    ledger = render_ledger([old], current)
    kept = {edition.id: edition for edition in read_ledger({"editions.json": ledger})}
    assert kept[old.id] == old
    assert set(kept) == {edition.id for edition in current}


def test_the_page_of_an_edition_says_what_its_sheet_says() -> None:
    artifacts = create_edition_pages(
        dataset(),
        create_environment(PROJECT.templates),
        twins=flyers().twins,
        current=flyers().editions,
        recorded=[],
        files=flyers().files,
        as_of=TODAY,
    )
    pages = {
        artifact.path: plain(re.sub(r"<[^>]+>", "", artifact.content.decode())) for artifact in artifacts
    }
    for order in orders():
        edition = order.view.edition
        words = pages[f"ja/editions/{order.flyer.name}-{edition.id}.md"]
        names = [
            procedure.name[locale]
            for procedure in dataset().procedures.values()
            for locale in order.version.locales
        ]
        assert [name for name in names if plain(name) not in words] == []
        assert all(address in words for address in ADDRESSES)


def test_an_answer_that_is_too_long_is_refused_with_its_place() -> None:
    data = dict(PROJECT.read_data())
    answer = "個別の事情等により、通常の在留カードが交付される場合があります。".encode()
    data["faq"] = data["faq"].replace(answer, answer * 12)
    with pytest.raises(SheetError) as caught:
        create_flyers(
            read_dataset(data),
            files=one_sheet(),
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
    assert (problem.file, problem.rule, problem.details["near"]) == (
        "flyers/a4/sheet.yaml",
        "flyer-id",
        "what-it-is",
    )
    assert problem.line > 1


def test_a_plan_with_an_unknown_key_is_refused_with_its_line() -> None:
    with pytest.raises(DataError) as caught:
        create_orders(dataset(), files=_with_plan({"  launch: launch": "  lunch: launch"}), as_of=TODAY)
    assert {problem.rule for problem in caught.value.problems} == {"flyer-plan"}
    assert all(problem.line > 1 for problem in caught.value.problems)


@pytest.mark.parametrize("name", all_names())
def test_a_sheet_is_light_enough_to_send(name: str) -> None:
    # Eight or ten sides with a reading above every kanji weigh more than two without.
    assert len(pdf(name)) < (LARGEST_SHEET if "simple" not in name else LARGEST_WITH_READINGS)


@pytest.mark.parametrize("name", all_names())
def test_the_codes_are_read_from_a_bad_copy(name: str) -> None:
    content = pdf(name)
    with pikepdf.Pdf.open(io.BytesIO(content)) as document:
        sizes = [float(side.mediabox[2]) / 72 for side in document.pages]
    copies = [
        photocopy(render_preview(content, page=number, width=round(inches * 200), is_grey=True))
        for number, inches in enumerate(sizes, start=1)
    ]
    found = {code.text for copy in copies for code in zxingcpp.read_barcodes(copy)}
    assert set(ADDRESSES) <= found


def photocopy(picture: bytes) -> Image.Image:
    """Return a side as an old copier gives it back: blurred, a little turned, in black and white only."""
    grey = Image.open(io.BytesIO(picture)).convert("L").filter(ImageFilter.GaussianBlur(1.2))
    turned = grey.rotate(1.2, fillcolor=255, resample=Image.Resampling.BICUBIC)
    return turned.point(lambda light: 255 if light > COPIER_THRESHOLD else 0)


def test_every_picture_is_light_enough_for_a_page_and_its_paper_is_white() -> None:
    pictures = [artifact for artifact in flyers().artifacts if artifact.path.endswith(".png")]
    heavy = {each.path: len(each.content) for each in pictures if len(each.content) > LARGEST_PICTURE}
    corners = {Image.open(io.BytesIO(each.content)).convert("RGB").getpixel((3, 3)) for each in pictures}
    assert heavy == {}
    assert corners == {(255, 255, 255)}


def test_what_the_site_says_of_a_sheet_is_true_of_its_file() -> None:
    contents = {artifact.path: artifact.content for artifact in flyers().artifacts}
    for file in flyers().files:
        with pikepdf.Pdf.open(io.BytesIO(contents[file.path])) as document:
            assert len(document.pages) == file.pages
            assert str(document.Root.Lang) == file.lang
        assert -(-len(contents[file.path]) // 1000) == file.kilobytes
        assert all(contents[picture].startswith(b"\x89PNG") for picture in file.pictures)
