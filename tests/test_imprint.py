"""Sheets with the imprint of an office, as the office makes them: from the command line to the PDF."""

import csv
import io
import re
import subprocess
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import page
import pikepdf
import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from cardguide.cli import main
from cardguide.dataset import Dataset, read_dataset
from cardguide.imprint import COLUMNS, Imprint, create_imprints, find_imprint, read_imprints
from cardguide.pdf.raster import render_preview
from cardguide.pdf.slots import find_slot
from cardguide.pdf.typography import strip_break_marks
from cardguide.problems import DataError, rules
from cardguide.project import Project

PROJECT = Project(root=Path(__file__).parents[1])
CASES = Path(__file__).parent / "cases" / "imprints"
DAY = "2026-11-23"
LARGEST_SHEET = 150_000
ONE = "nagoya-en"
URL = "https://mihon.example/madoguchi/zairyu.html"
OFFICES = {
    "011011-ja": ("北海道札幌市", "中央区"),
    "042145-en": ("Higashimatsushima-shi", "Miyagi", "宮城県東松島市"),
    "221406-ja-en": ("静岡県浜松市", "天竜区", "Tenryu-ku", "Hamamatsu-shi, Shizuoka"),
    "nagoya-ja": ("名古屋出入国在留管理局", "報告（2026年11月23日）"),
    "nagoya-en": ("Nagoya Regional Immigration Services Bureau", "reported, November 23, 2026"),
    "yokohama-ja": ("東京出入国在留管理局", "横浜支局"),
    "yokohama-en": ("Yokohama District Office",),
}
LONGEST = {"042145": "東松島市", "141062": "横浜市保土ケ谷区", "462195": "いちき串木野市"}
OWN = {
    "ja": ("みなと見本区役所", "見本県見本市港町1丁目2番3号", "03-0000-0000", "平日の8:30から17:00まで"),
    "en": ("Minato-Mihon Ward Office", "1-2-3 Minatocho", "03-0000-0000", "Weekdays, 8:30 to 17:00"),
}


@cache
def dataset() -> Dataset:
    return read_dataset(PROJECT.read_data())


@cache
def imprints() -> tuple[Imprint, ...]:
    return create_imprints(dataset(), PROJECT.municipalities)


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """Return the sheets of one office of each kind, and those of a list of one's own, by code and language."""
    folder = tmp_path_factory.mktemp("imprints")
    code, locale = ONE.split("-", 1)
    options = ["--office", code, "--locale", locale, "--out", str(folder), "--as-of", DAY]
    assert main(["flyer", "A4", *options]) == 0
    own = str(CASES / "good" / "two_offices.csv")
    assert main(["flyers", "A4", "--office", own, "--out", str(folder), "--as-of", DAY]) == 0
    return {file.stem.removeprefix("a4-"): file.read_bytes() for file in folder.iterdir()}


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """Return the sheets of all offices in all languages, by code and language."""
    folder = tmp_path_factory.mktemp("batch")
    assert main(["flyers", "A4", "--office", "all", "--out", str(folder), "--as-of", DAY]) == 0
    return {file.stem.removeprefix("a4-"): file.read_bytes() for file in folder.iterdir()}


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return squeezed("".join(side.get_textpage().get_text_range() for side in document))


def squeezed(words: str) -> str:
    return re.sub(r"[\s￾\u00ad-]+", "", strip_break_marks(words))


def test_each_office_and_each_language_has_a_file_of_its_own(sheets: Mapping[str, bytes]) -> None:
    own = {f"{code}-{locale}" for code in ("minato-1", "north") for locale in ("ja", "en", "ja-en")}
    assert set(sheets) == {ONE, *own}


@pytest.mark.parametrize("name", OFFICES)
def test_the_sheet_names_the_office(name: str, batch: Mapping[str, bytes]) -> None:
    text = text_of(batch[name])
    assert [words for words in OFFICES[name] if squeezed(words) not in text] == []


@pytest.mark.parametrize("locale", ["ja", "en", "ja-en"])
def test_the_sheet_says_what_the_office_vouches_for(locale: str, sheets: Mapping[str, bytes]) -> None:
    text = text_of(sheets[f"minato-1-{locale}"])
    wanted = [words for each in ("ja", "en") if each in locale for words in OWN[each]]
    assert [words for words in [*wanted, URL] if squeezed(words) not in text] == []


@pytest.mark.parametrize("locale", ["ja", "en", "ja-en"])
def test_the_code_of_the_office_is_read_from_a_grey_print_of_150_dots(
    locale: str, sheets: Mapping[str, bytes]
) -> None:
    pdf = sheets[f"minato-1-{locale}"]
    sides = range(1, len(pypdfium2.PdfDocument(pdf)) + 1)
    pictures = [render_preview(pdf, page=side, width=round(210 / 25.4 * 150), is_grey=True) for side in sides]
    codes = [zxingcpp.read_barcodes(Image.open(io.BytesIO(picture))) for picture in pictures]
    assert URL in {code.text for found in codes for code in found}


@pytest.mark.parametrize("profile", ["ua1", "pdfa-2a"])
@pytest.mark.parametrize(
    "name", ["011011-ja", "nagoya-en", "yokohama-ja", "221406-ja-en", "minato-1-ja", "minato-1-ja-en"]
)
def test_an_imprinted_sheet_passes_the_rules_of_access_and_of_archives(
    name: str, profile: str, sheets: Mapping[str, bytes], batch: Mapping[str, bytes], tmp_path: Path
) -> None:
    file = tmp_path / "sheet.pdf"
    file.write_bytes({**batch, **sheets}[name])
    assert [str(failure) for failure in page.validate_pdf(str(file), profile=profile).failures] == []


def test_an_imprint_changes_neither_title_nor_edition(
    sheets: Mapping[str, bytes], batch: Mapping[str, bytes]
) -> None:
    def identity(name: str) -> tuple[str, str]:
        with pikepdf.Pdf.open(io.BytesIO({**batch, **sheets}[name])) as pdf:
            packet = pdf.Root.Metadata.read_bytes().decode()
            return str(pdf.docinfo["/Title"]), re.findall(r"<dc:identifier>(.*?)<", packet)[0]

    assert identity("011011-ja") == identity("nagoya-ja") == identity("minato-1-ja")


def test_the_same_office_makes_the_same_bytes_alone_and_among_all(
    sheets: Mapping[str, bytes], batch: Mapping[str, bytes]
) -> None:
    assert sheets[ONE] == batch[ONE]


def test_every_office_fits_on_every_sheet_and_its_words_are_those_of_the_list(
    batch: Mapping[str, bytes],
) -> None:
    assert len(batch) == 3 * len(imprints())
    for code, name in LONGEST.items():
        for locale in ("ja", "en", "ja-en"):
            assert squeezed(name) in text_of(batch[f"{code}-{locale}"])


def test_an_imprint_only_adds_to_the_end_of_the_sheet(batch: Mapping[str, bytes]) -> None:
    one, other = batch["011011-ja"], batch["nagoya-ja"]
    shared = next(place for place, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1])
    assert one[:shared].rstrip().rfind(b"%%EOF") > 0.9 * len(one)
    assert len(one) - shared < 8_000


@pytest.mark.parametrize("name", [ONE, "minato-1-ja-en"])
def test_an_imprinted_sheet_is_sound_light_and_read_in_its_languages(
    name: str, sheets: Mapping[str, bytes], tmp_path: Path
) -> None:
    file = tmp_path / "sheet.pdf"
    file.write_bytes(sheets[name])
    done = subprocess.run(["qpdf", "--check", str(file)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(sheets[name]) < LARGEST_SHEET


def test_the_lines_of_an_office_have_their_languages_and_its_links_their_labels(
    sheets: Mapping[str, bytes],
) -> None:
    with pikepdf.Pdf.open(io.BytesIO(sheets["minato-1-ja-en"])) as pdf:
        slot = find_slot(pdf)
        assert slot is not None
        kids = list(slot.K)[1:]
        said = [(str(kid.S), str(kid.Lang)) for kid in kids]
        figure = kids[-1]
        alternative = str(figure.Alt)
        links = [kid.K[0] for kid in kids if str(kid.S) == "/P" and isinstance(kid.K[0], pikepdf.Dictionary)]
        labels = [str(link.K[1].Obj.Contents) for link in links]
    assert said.count(("/P", "ja")) == 5
    assert said.count(("/P", "en")) == 3
    assert alternative == OWN["ja"][0] + " 住民窓口課"
    assert labels == [OWN["ja"][2], alternative]


def test_all_offices_are_those_with_counters_and_those_that_may_be_named() -> None:
    codes = [imprint.code for imprint in imprints()]
    assert len(codes) == len(set(codes)) == 1892 + 8 + 3
    assert not {"narita-airport", "010006", "011002"} & set(codes)


def test_nothing_unverified_is_printed_of_any_office() -> None:
    assert [imprint.code for imprint in imprints() if imprint.has_details] == []


@pytest.mark.parametrize(
    ("code", "near"), [("13103", "131032"), ("tokio", "tokyo"), ("天竜", "221406"), ("Nagoya", "nagoya")]
)
def test_an_unknown_code_is_answered_with_the_one_that_was_meant(code: str, near: str) -> None:
    with pytest.raises(DataError) as caught:
        find_imprint(imprints(), code)
    assert caught.value.problems[0].hint("en").startswith(f"did you mean {near} (")


def test_an_unknown_code_is_an_error_of_the_data(tmp_path: Path) -> None:
    assert main(["flyer", "A4", "--office", "999999", "--out", str(tmp_path)]) == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("wrong", [["A3"], ["A4", "--locale", "fr"]])
def test_a_sheet_that_there_is_not_is_an_error_of_usage(wrong: list[str], tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["flyer", *wrong, "--office", "tokyo", "--out", str(tmp_path)])
    assert caught.value.code == 2


def test_words_that_are_too_long_are_refused_with_their_office_and_the_others_are_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [["good", "見本市", "Mihon-shi"], ["bad", "見本市", "Unbreakable" * 9]]
    file = tmp_path / "own.csv"
    with file.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines).writerows([COLUMNS, *([*row, *[""] * 6] for row in rows)])
    options = ["--office", str(file), "--locale", "en", "--out", str(tmp_path), "--lang", "en"]
    assert main(["flyers", "A4", *options]) == 1
    assert "flyers/a4-bad-en (見本市)" in capsys.readouterr().out
    assert [each.name for each in tmp_path.glob("*.pdf")] == ["a4-good-en.pdf"]


def test_a_list_reads_the_same_with_the_mark_that_excel_writes() -> None:
    content = (CASES / "good" / "two_offices.csv").read_bytes()
    windows = b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n")
    assert read_imprints("own.csv", content) == read_imprints("own.csv", windows)


def faults_of(name: str) -> list[str]:
    with pytest.raises(DataError) as caught:
        read_imprints(name, (CASES / "bad" / name).read_bytes())
    problems = caught.value.problems
    assert all("{" not in problem.message(language) for problem in problems for language in ("ja", "en"))
    return [f"{problem.line} {problem.where} {problem.rule}" for problem in problems]


BAD = {
    "values.csv": [
        "3 code imprint-code",
        "4 name_en imprint-empty",
        "5 phone imprint-phone",
        "6 url imprint-url",
        "7 hours_en imprint-language",
        "8 address_ja imprint-line-end",
        "10 code imprint-code-twice",
        "11 row imprint-cells",
    ],
    "columns.csv": ["1 columns imprint-columns"],
    "encoding.csv": ["2 whole file imprint-encoding"],
    "quotes.csv": ["3 row imprint-quotes"],
    "no_rows.csv": ["1 rows imprint-no-rows"],
}


@pytest.mark.parametrize("name", BAD)
def test_a_wrong_list_is_refused_with_all_its_lines(name: str) -> None:
    assert faults_of(name) == BAD[name]


def test_every_rule_of_lists_is_broken_by_a_list() -> None:
    broken = {fault.rpartition(" ")[2] for faults in BAD.values() for fault in faults}
    assert broken | {"imprint-unknown"} == {rule for rule in rules() if rule.startswith("imprint-")}
