"""The page where an office fills in its sheet: what comes out of the browser is what the command writes."""

import io
import json
from pathlib import Path

import page as validator
import pikepdf
import pypdfium2
import pytest
import zxingcpp
from built import LOCALES, document
from PIL import Image
from playwright.sync_api import Browser, Page, Request

from cardguide.pdf.imprints import Imprinter
from cardguide.pdf.raster import render_preview
from cardguide.pdf.sheets import Sheet
from cardguide.pdf.slots import decode_slot
from cardguide.pdf.truetype import read_typeface
from cardguide.views.imprints import ImprintLine

URL = "https://mihon.example/madoguchi/zairyu.html?a=(1)"
NAME = "みなと見本区役所 住民窓口課"
TYPED = {
    "name_ja": NAME,
    "name_en": "Minato-Mihon Ward Office",
    "address_ja": "見本県見本市港町1丁目2番3号",
    "address_en": "1-2-3 Minatocho, Mihon-shi",
    "phone": "03-0000-0000",
    "hours_ja": "平日の8:30から17:00まで",
    "hours_en": "Weekdays, 8:30 to 17:00",
    "url": URL,
}
JAPANESE = (
    ImprintLine(lang="ja", text=NAME, is_name=True),
    ImprintLine(lang="ja", text=TYPED["address_ja"]),
    ImprintLine(lang="ja", text="03-0000-0000", address="tel:0300000000", label="03-0000-0000"),
    ImprintLine(lang="ja", text=TYPED["hours_ja"], starts_row=False),
    ImprintLine(lang="ja", text=URL, address=URL, label=NAME),
)


def fill(
    page: Page, address: str, typed: dict[str, str], *, sheet: str = "ja/a4.pdf", locale: str = "ja"
) -> None:
    """Type into the form and send it off."""
    page.goto(f"{address}{locale}/imprint/")
    page.wait_for_selector(".imprint__form:not([hidden])")
    choices = json.loads(page.get_attribute("[data-imprint]", "data-imprint") or "")
    index = [each["path"] for each in choices["sheets"]].index(f"flyers/{sheet}")
    page.select_option("#imprint-sheet", str(index))
    for field, words in typed.items():
        page.fill(f"#imprint-{field}", words)
    page.click(".imprint__form button")


def made(page: Page) -> bytes:
    """Return the PDF as a person gets it: by following the link, which the policy of the page allows."""
    page.wait_for_selector(".imprint__result a")
    page.locator(".imprint__result a").evaluate("link => { link.download = 'sheet.pdf' }")
    with page.expect_download() as download:
        page.click(".imprint__result a")
    return Path(download.value.path()).read_bytes()


def objects_of(pdf: bytes) -> list[bytes]:
    """Return what each object of a file holds, but for the one that names the places of the others."""
    with pikepdf.Pdf.open(io.BytesIO(pdf)) as document:
        return [
            item.read_bytes() if isinstance(item, pikepdf.Stream) else item.unparse()
            for item in document.objects
            if not (isinstance(item, pikepdf.Stream) and item.get("/Type") == "/XRef")
        ]


def test_the_browser_writes_what_the_command_writes(page: Page, address: str, dist: Path) -> None:
    fill(page, address, {name: words for name, words in TYPED.items() if name != "url"})
    pdf = made(page)
    sheet = Sheet(name="a4", locale="ja", pages=2, pdf=(dist / "flyers" / "ja" / "a4.pdf").read_bytes())
    slot = decode_slot((dist / "flyers" / "ja" / "a4.slot.json").read_text("utf-8"))
    face = read_typeface("BIZ-UDPGothic", dist / "assets" / "fonts" / "BIZUDPGothic-Regular.ttf")
    assert pdf.startswith(sheet.pdf)
    assert objects_of(pdf) == objects_of(Imprinter(sheet, slot, face).imprint("a4", JAPANESE[:-1], None))


@pytest.mark.parametrize("sheet", ["ja/a4.pdf", "en/a4-large.pdf", "ja-en/a4.pdf"])
def test_a_sheet_filled_in_is_accessible_archival_and_its_code_is_read(
    sheet: str, page: Page, address: str, tmp_path: Path
) -> None:
    fill(page, address, TYPED, sheet=sheet)
    file = tmp_path / "sheet.pdf"
    file.write_bytes(made(page))
    for profile in ("ua1", "pdfa-2a"):
        assert [str(each) for each in validator.validate_pdf(str(file), profile=profile).failures] == []
    sides = range(1, len(pypdfium2.PdfDocument(file)) + 1)
    width = round(210 / 25.4 * 150)
    pictures = [render_preview(file.read_bytes(), page=side, width=width, is_grey=True) for side in sides]
    found = {code.text for each in pictures for code in zxingcpp.read_barcodes(Image.open(io.BytesIO(each)))}
    assert URL in found


def test_nothing_that_is_typed_leaves_the_browser(page: Page, address: str) -> None:
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))  # noqa: PLW0108 - a built-in method is refused
    fill(page, address, TYPED)
    made(page)
    remote = [request for request in asked if not request.url.startswith("blob:")]
    assert all(request.method == "GET" and request.url.startswith(address) for request in remote)
    assert not any("mihon" in request.url for request in remote)


def test_it_works_again_without_a_connection(page: Page, address: str) -> None:
    fill(page, address, TYPED)
    made(page)
    page.context.set_offline(True)
    page.fill("#imprint-name_ja", "見本市")
    page.click(".imprint__form button")
    assert made(page).count(b"%%EOF") == 2
    page.context.set_offline(False)


@pytest.mark.parametrize(
    ("field", "words", "said"),
    [
        ("address_ja", "港" * 70, "はみ出します"),
        ("name_ja", "𠮷野市", "印刷できない文字"),
        ("url", "https://mihon.example/" + "a" * 78, "PDFができました"),
    ],
)
def test_what_does_not_fit_is_said(field: str, words: str, said: str, page: Page, address: str) -> None:
    fill(page, address, {**TYPED, field: words})
    page.wait_for_function(
        "said => document.querySelector('.imprint [role=status]').textContent.includes(said)", arg=said
    )


@pytest.mark.parametrize("locale", LOCALES)
def test_the_form_asks_only_in_languages_of_sheets_that_take_an_imprint(dist: Path, locale: str) -> None:
    form = document(dist / locale / "imprint" / "index.html")
    choices = json.loads(form.xpath("//@data-imprint")[0])
    printed = {tag for sheet in choices["sheets"] for tag in sheet["locales"]}
    assert set(form.xpath("//main//input[@lang]/@lang")) == printed


def test_without_scripts_the_page_says_what_to_do(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}en/imprint/")
    assert not page.locator(".imprint__form").is_visible()
    assert page.locator("main a[href$='/flyers/']").first.is_visible()
    context.close()
