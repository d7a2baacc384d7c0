"""The press on a bad day: layouts without end, missing fonts and libraries, other machines."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from pdf_cases import CASES, ROOT, fonts, read_case

from cardguide.pdf.fonts import load_font_set
from cardguide.pdf.press import Limits, Press
from cardguide.pdf.sheets import PressError, SheetJob, SheetSpec
from cardguide.pdf.worker import decode_job, encode_job

GOOD = read_case(CASES / "good_sheets" / "bilingual.html").job
ENDLESS = SheetJob(
    html="<html lang='ja'><title>終わらない</title>"
    + "<div style='display: flex'>" * 40
    + "<p>文</p>"
    + "</div>" * 40,
    spec=GOOD.spec,
)
HUNGRY = SheetJob(
    html="<html lang='ja'><title>大食い</title>"
    "<p style='display: grid; grid-template-columns: repeat(99999999, 1mm)'>文</p>",
    spec=GOOD.spec,
)
PRINT_DIGEST = """
import hashlib, sys
from pathlib import Path
sys.path[:0] = sys.argv[1:3]
from pdf_cases import CASES, fonts, read_case
from cardguide.pdf.press import Press
with Press(fonts(), workers=1) as press:
    sheet, = press.render([read_case(CASES / "good_sheets" / "bilingual.html").job])
print(hashlib.sha256(sheet.pdf).hexdigest())
"""


def test_a_layout_that_does_not_end_is_stopped_and_the_press_goes_on() -> None:
    with Press(fonts(), workers=1, limits=Limits(seconds=8)) as press:
        with pytest.raises(PressError, match="did not end in time"):
            press.render([ENDLESS])
        (sheet,) = press.render([GOOD])
    assert sheet.pages == 2


def test_a_sheet_that_eats_all_memory_is_stopped() -> None:
    limits = Limits(megabytes=300)
    with Press(fonts(), workers=1, limits=limits) as press, pytest.raises(PressError, match=r"[Mm]emory"):
        press.render([HUNGRY])


def test_a_job_survives_the_way_to_the_child() -> None:
    job = SheetJob(html="<p>𠮷\n</p>", spec=GOOD.spec, assets={"a.bin": bytes(range(256))})
    assert decode_job(encode_job(job)) == job


def test_the_sheets_of_a_press_come_in_the_order_of_their_jobs() -> None:
    names = ["poster", "bilingual", "dense_japanese"]
    with Press(fonts()) as press:
        sheets = press.render([read_case(CASES / "good_sheets" / f"{name}.html").job for name in names])
    assert [sheet.name for sheet in sheets] == names


@pytest.mark.parametrize(
    "surroundings",
    [
        {"TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
        {
            "TZ": "America/Los_Angeles",
            "LC_ALL": "C.UTF-8",
            "PYTHONHASHSEED": "4711",
            "SOURCE_DATE_EPOCH": "1",
        },
    ],
    ids=["tokyo", "los-angeles"],
)
def test_the_bytes_are_the_same_in_every_process_zone_and_hash_seed(surroundings: dict[str, str]) -> None:
    with Press(fonts(), workers=1) as press:
        (sheet,) = press.render([GOOD])
    done = subprocess.run(
        [sys.executable, "-c", PRINT_DIGEST, str(ROOT), str(ROOT / "tests")],
        env={"PATH": os.defpath} | surroundings,
        cwd="/",
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == hashlib.sha256(sheet.pdf).hexdigest()


def test_a_font_that_is_not_the_pinned_one_is_refused(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "flyers" / "fonts", tmp_path / "fonts")
    with (tmp_path / "fonts" / "BIZUDPGothic-Bold.ttf").open("ab") as font:
        font.write(b"\0")
    with pytest.raises(PressError, match=r"BIZUDPGothic-Bold\.ttf is missing or is not the pinned one"):
        load_font_set(tmp_path / "fonts")


def test_a_missing_font_folder_is_refused_before_a_layout_without_fonts_can_crash(tmp_path: Path) -> None:
    with pytest.raises(PressError, match="fonts of the sheets are missing"):
        load_font_set(tmp_path)


def test_a_missing_library_is_named_with_the_command_that_installs_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    fake = tmp_path / "weasyprint" / "text"
    fake.mkdir(parents=True)
    for folder in (fake, fake.parent):
        (folder / "__init__.py").touch()
    (fake / "ffi.py").write_text("raise OSError(\"cannot load library 'libpango-1.0-0'\")")
    monkeypatch.setattr("cardguide.pdf.press.PACKAGE_ROOT", f"{tmp_path}:{ROOT}")
    with Press(fonts(), workers=1) as press, pytest.raises(PressError) as caught:
        press.render([GOOD])
    assert "libpango-1.0-0" in caught.value.reason
    assert caught.value.remedy == "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


def test_importing_the_press_loads_no_typesetter() -> None:
    code = (
        "import sys, cardguide.pdf.press; sys.exit('weasyprint' in sys.modules or 'fontTools' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_the_specification_of_a_sheet_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        GOOD.spec.pages = 3  # type: ignore[misc]
    assert isinstance(GOOD.spec, SheetSpec)
