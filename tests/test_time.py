"""What is said depends on the day, in Japan's time, and on nothing else."""

import datetime
from pathlib import Path

import pytest
from built import page_text, pdf_text, squeezed
from oracle import Oracle
from projects import build, copy_project, tree
from renderings import facts_on_sheet

from cardguide import terminal

DAYS = ("2026-06-13", "2026-06-14", "2026-06-15", "2026-09-30", "2026-10-01")


@pytest.fixture(scope="module")
def days(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Build as of each boundary day, every second one on a machine in Tokyo."""
    root = copy_project(tmp_path_factory.mktemp("days"))
    trees = {}
    for number, day in enumerate(DAYS):
        zone = ("UTC", "Asia/Tokyo")[number % 2]
        build(root, "--as-of", day, "--out", root / day, zone=zone)
        trees[day] = root / day
    return trees


FUTURE = {"ja": "申請できるようになります", "en": "you will be able to apply"}


@pytest.mark.parametrize("locale", ["ja", "en"])
@pytest.mark.parametrize("day", DAYS)
def test_the_card_is_coming_until_the_day_of_launch(days: dict[str, Path], day: str, locale: str) -> None:
    text = page_text(days[day] / locale / "procedures" / "exchange" / "index.html")
    assert (FUTURE[locale] in text) == (day < "2026-06-14")


@pytest.mark.parametrize("day", DAYS)
def test_the_sheet_speaks_from_the_same_day(days: dict[str, Path], day: str) -> None:
    text = squeezed(pdf_text(days[day] / "flyers" / "ja" / "a4.pdf"))
    assert ("ひとつのカードになります。" in text) == (day < "2026-06-14")
    assert ("ひとつのカードです。" in text) == (day >= "2026-06-14")


@pytest.mark.parametrize("locale", ["ja", "en"])
@pytest.mark.parametrize("day", DAYS)
def test_the_printed_sheet_says_each_sentence_of_the_day(
    days: dict[str, Path], day: str, locale: str
) -> None:
    text = squeezed(pdf_text(days[day] / "flyers" / locale / "a4.pdf"))
    oracle = Oracle(datetime.date.fromisoformat(day), locale)
    assert [fact for fact in sorted(facts_on_sheet()) if squeezed(oracle.words(fact)) not in text] == []


@pytest.mark.parametrize("day", DAYS)
def test_the_counters_have_opened_on_the_fifteenth(days: dict[str, Path], day: str) -> None:
    text = squeezed(page_text(days[day] / "ja" / "index.html"))
    assert ("2026年6月15日（月曜日）に始まりました" in text) == (day >= "2026-06-15")


@pytest.mark.parametrize(("day", "now"), [("2026-09-30", "6,000円"), ("2026-10-01", "33,000円")])
def test_the_present_fees_stand_first(days: dict[str, Path], day: str, now: str) -> None:
    text = page_text(days[day] / "ja" / "fees" / "index.html")
    first = text.index(now)
    others = [text.index(amount) for amount in ("6,000円", "33,000円") if amount != now and amount in text]
    assert all(first < other for other in others)


def test_the_same_day_gives_the_same_bytes_in_every_zone(tmp_path: Path) -> None:
    root = copy_project(tmp_path / "root")
    for zone in ("UTC", "Asia/Tokyo"):
        build(root, "--as-of", "2026-10-01", "--out", tmp_path / zone.replace("/", "-"), zone=zone)
    assert tree(tmp_path / "UTC") == tree(tmp_path / "Asia-Tokyo")


def test_today_is_the_day_in_japan(monkeypatch: pytest.MonkeyPatch) -> None:
    class Clock(datetime.datetime):
        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> "Clock":
            return cls(2026, 6, 13, 15, 0, 0, tzinfo=datetime.UTC).astimezone(tz)

    monkeypatch.setattr("cardguide.terminal.datetime.datetime", Clock)
    assert terminal.today_in_tokyo() == datetime.date(2026, 6, 14)
