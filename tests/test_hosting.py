"""The recipes for hosts do what ``hosting/README.md`` says: nginx itself, and hosts that read ``_headers``."""

import os
import re
import socket
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from http.client import HTTPMessage
from pathlib import Path

import pytest
from projects import HOME

from cardguide.outputs.headers import create_headers
from door.webserver import find_webserver

NO_FRAME = "frame-ancestors 'none'"
TREE = {
    "index.html": "landing " * 200,
    "404.html": "nothing here",
    "ja/index.html": "日本語" * 400,
    "embed/v1/ja/procedures.html": "table " * 300,
    "data/v1/facts.json": "{}",
    "assets/site.0123456789.css": "a{}",
    "flyers/ja/a4.pdf": "%PDF",
    "_headers": "/x\n",
    ".hidden": "secret",
}
# Limits and meaning: https://developers.cloudflare.com/pages/configuration/headers/ and
# https://docs.netlify.com/manage/routing/headers/; both take every rule that matches, and join equal names by commas.
MOST_RULES, LONGEST_LINE = 100, 2000


def ask(url: str, **headers: str) -> tuple[int, HTTPMessage, bytes]:
    """Return status, headers and body of an answer, an error too."""
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(url, headers=names)  # noqa: S310 - our own server
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 - our own server
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read()


@pytest.fixture(scope="module")
def nginx(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a small tree with ``hosting/nginx.conf``; only address, root and places for its files are changed."""
    program = find_webserver(HOME)
    if program is None:
        pytest.skip("there is no nginx, and no apt-get to bring one")
    folder = tmp_path_factory.mktemp("nginx")
    for path, text in TREE.items():
        (folder / "dist" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "dist" / path).write_text(text, "utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    recipe = (HOME / "hosting/nginx.conf").read_text("utf-8")
    recipe = recipe.replace("listen 8080;", f"listen 127.0.0.1:{port};")
    recipe = recipe.replace("/srv/card-guide/dist", str(folder / "dist"))
    user = "user root; " if os.geteuid() == 0 else ""
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    places = "".join(f"{kind}_temp_path {folder}/{kind}; " for kind in kinds)
    types = "types { text/html html; text/css css; application/json json; application/pdf pdf; }"
    (folder / "nginx.conf").write_text(
        f"{user}daemon off; pid {folder}/pid; error_log {folder}/error.log; events {{}}\n"
        f"http {{ access_log off; {types} {places}\n{recipe}\n}}\n",
        "utf-8",
    )
    with subprocess.Popen([program, "-p", folder, "-c", folder / "nginx.conf"]) as server:
        try:
            _await(port, server, folder / "error.log")
            yield f"http://127.0.0.1:{port}/"
        finally:
            server.terminate()


def _await(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    while server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            continue
        return
    pytest.fail(log.read_text("utf-8"))


@pytest.mark.parametrize(
    ("path", "framing", "origins", "cached"),
    [
        ("", NO_FRAME, None, "public, max-age=600"),
        ("ja/", NO_FRAME, None, "public, max-age=600"),
        ("embed/v1/ja/procedures.html", None, "*", "public, max-age=600"),
        ("data/v1/facts.json", NO_FRAME, "*", "public, max-age=600"),
        ("assets/site.0123456789.css", NO_FRAME, None, "public, max-age=31536000, immutable"),
        ("flyers/ja/a4.pdf", NO_FRAME, None, "public, max-age=3600"),
    ],
)
def test_nginx_sends_the_headers_of_each_kind(
    nginx: str, path: str, framing: str | None, origins: str | None, cached: str
) -> None:
    status, headers, _ = ask(nginx + path)
    assert status == 200
    assert headers["Content-Security-Policy"] == framing
    assert headers["Access-Control-Allow-Origin"] == origins
    assert headers.get_all("Cache-Control") == [cached]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert not re.search(r"\d", headers["Server"])


def test_nginx_says_in_our_words_that_a_page_is_missing(nginx: str) -> None:
    for path in ("nowhere/", "_headers", ".hidden", "ja/nowhere.html"):
        status, headers, body = ask(nginx + path)
        assert (status, body) == (404, b"nothing here"), path
        assert headers["Content-Security-Policy"] == NO_FRAME


def test_nginx_compresses_and_lets_an_unchanged_page_be(nginx: str) -> None:
    _, headers, body = ask(nginx + "ja/", Accept_Encoding="gzip")
    assert headers["Content-Encoding"] == "gzip"
    assert len(body) < len(TREE["ja/index.html"].encode())
    _, plain, _ = ask(nginx + "data/v1/facts.json")
    status, _, body = ask(nginx + "data/v1/facts.json", If_None_Match=plain["ETag"])
    assert (status, body) == (304, b"")


def parse_rules(text: str) -> list[tuple[re.Pattern[str], list[tuple[str, str]]]]:
    """Return the rules of a ``_headers`` file as such hosts document it: a path with ``*``, then indented headers."""
    rules: list[tuple[re.Pattern[str], list[tuple[str, str]]]] = []
    for line in text.splitlines():
        if line.startswith("  "):
            name, separator, value = line.strip().partition(": ")
            assert separator
            rules[-1][1].append((name, value))
        else:
            assert line.startswith("/")
            assert line.count("*") <= 1
            rules.append((re.compile(re.escape(line).replace(r"\*", ".*")), []))
    return rules


def headers_for(text: str, path: str) -> Mapping[str, str]:
    """Return what such a host sends for a path: all rules that match, equal names joined."""
    sent: dict[str, str] = {}
    for pattern, headers in parse_rules(text):
        if pattern.fullmatch(path):
            for name, value in headers:
                sent[name] = f"{sent[name]}, {value}" if name in sent else value
    return sent


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        *((page, {"Content-Security-Policy": NO_FRAME}) for page in ("/", "/index.html", "/404.html", "/404")),
        ("/ja/", {"Content-Security-Policy": NO_FRAME, "X-Content-Type-Options": "nosniff"}),
        ("/en/fees/", {"Content-Security-Policy": NO_FRAME, "X-Content-Type-Options": "nosniff"}),
        ("/embed/v1/ja/procedures.html", {"Access-Control-Allow-Origin": "*",
                                          "Cache-Control": "public, max-age=600"}),
        ("/embed/v1.0.0/procedures.js", {"Cache-Control": "public, max-age=31536000, immutable"}),
        ("/data/v1/facts.json", {"Access-Control-Allow-Origin": "*"}),
        ("/feeds/ja.atom", {"Access-Control-Allow-Origin": "*"}),
    ],
)  # fmt: skip
def test_hosts_that_read_the_headers_file_send_each_header_once(path: str, expected: dict[str, str]) -> None:
    text = create_headers(locales=("ja", "en"), frozen=("embed/v1.0.0",)).content.decode()
    sent = headers_for(text, path)
    assert expected.items() <= sent.items()
    assert "Content-Security-Policy" not in sent or not path.startswith("/embed/")


def test_the_headers_file_keeps_to_the_limits_of_the_hosts() -> None:
    locales = [f"x{letter}" for letter in "abcdefghijklmnopqrst"]
    text = create_headers(
        locales=locales, frozen=[f"embed/v1.{minor}.0" for minor in range(40)]
    ).content.decode()
    assert len(parse_rules(text)) <= MOST_RULES
    assert max(map(len, text.splitlines())) <= LONGEST_LINE
