"""The weekly look at the addresses of the data: what became of each, on a server that does everything wrong."""

import datetime
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from miniatures import read_miniature

from tools import look_at_sources
from tools.look_at_sources import Answer, Entry, addresses_of, ask, judge, look, read_register, write_report

DAY = datetime.date(2026, 11, 25)
WEEK = datetime.timedelta(days=7)
PAGE = "<!doctype html><title>{}</title><p>在留"


class _Odd(BaseHTTPRequestHandler):
    words = "在留手続"

    def do_GET(self) -> None:
        """Answer as the path says."""
        match self.path:
            case "/moved":
                self._answer(301, location="/page")
            case "/gone":
                self._answer(404)
            case "/soft":
                self._answer(200, PAGE.format("お探しのページは見つかりません"))
            case "/robots":
                self._answer(403)
            case "/sheet.pdf":
                self._answer(200, "%PDF-1.7", kind="application/pdf")
            case _:
                self._answer(200, PAGE.format(_Odd.words))

    def _answer(self, status: int, body: str = "", *, location: str = "", kind: str = "text/html") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        if location:
            self.send_header("Location", location)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    running = ThreadingHTTPServer(("127.0.0.1", 0), _Odd)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{running.server_port}"
    running.shutdown()
    running.server_close()


@pytest.mark.parametrize(
    ("path", "verdict"),
    [
        ("/page", "well"),
        ("/sheet.pdf", "well"),
        ("/moved", "moved"),
        ("/gone", "gone"),
        ("/soft", "gone"),
        ("/robots", "refuses programs"),
    ],
)
def test_what_became_of_an_address_is_told(server: str, path: str, verdict: str) -> None:
    assert judge(server + path, Entry(), ask(server + path)) == verdict


def test_nobody_there_is_no_answer() -> None:
    address = "http://127.0.0.1:1/"
    assert judge(address, Entry(), ask(address, patience=1)) == "no answer"


def test_a_replaced_file_is_told_once_and_then_well(server: str) -> None:
    addresses = [f"{server}/page"]
    ((_, first, kept),) = look(addresses, {}, DAY)
    _Odd.words = "新しい在留手続"
    ((_, second, again),) = look(addresses, {addresses[0]: kept}, DAY + WEEK)
    ((_, third, _),) = look(addresses, {addresses[0]: again}, DAY + 2 * WEEK)
    assert (first, second, third) == ("well", "changed", "well")


def test_a_sheet_that_became_a_page_is_told() -> None:
    before = Entry(seen_well_on="2026-11-18", kind="application/pdf", digest="a")
    answer = Answer(status=200, address="https://a.example/x.pdf", kind="text/html", digest="b")
    assert judge("https://a.example/x.pdf", before, answer) == "another kind of file"


def test_an_address_that_is_gone_keeps_the_day_on_which_it_was_well(server: str) -> None:
    before = Entry(seen_well_on="2026-11-18", kind="text/html", digest="a")
    ((_, verdict, kept),) = look([f"{server}/gone"], {f"{server}/gone": before}, DAY)
    assert (verdict, kept) == ("gone", before)


def test_the_report_names_what_is_not_well_and_never_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], server: str, tmp_path: Path
) -> None:
    monkeypatch.setattr(
        look_at_sources,
        "addresses_of",
        lambda _: [f"{server}/gone", f"{server}/moved", f"{server}/sheet.pdf"],
    )
    register = tmp_path / "build" / "sources.json"
    assert write_report(register, read_miniature(), DAY) == 0
    said = capsys.readouterr().out.splitlines()
    assert [line.partition(":")[0] for line in said] == ["gone", "moved"]
    assert "last well: never" in said[0]
    assert read_register(register)[f"{server}/sheet.pdf"].seen_well_on == DAY.isoformat()


def test_every_address_of_a_source_and_of_a_fact_is_looked_at() -> None:
    assert addresses_of(read_miniature()) == [
        "http://articles.example/act.html",
        "https://fees.example/2026",
        "https://www.moj.go.jp/isa/01_00644.html",
        "https://www.moj.go.jp/isa/tokutei.html",
    ]
