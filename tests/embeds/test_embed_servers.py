"""The same tables behind a real web server with our headers, and in a browser of another family."""

import json
import os
import socket
import subprocess
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from embed_hosts import ROOT, SITE, World, serving, settled

from cardguide.outputs.headers import create_headers
from door.browser import find_firefox
from door.webserver import find_webserver

# While Firefox 140 waits with its picture for a page to load, it draws nothing and no ResizeObserver runs.
REPORT = """<script>
const frame = document.querySelector("iframe");
new MutationObserver(() => {
  fetch(`measured?height=${Math.round(frame.getBoundingClientRect().height)}`);
}).observe(frame, { attributes: true, attributeFilter: ["style"] });
</script><img src="hold" alt="">"""


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def nginx_rules(headers: str) -> str:
    """Return our ``_headers`` in the words of nginx."""
    rules = []
    for line in headers.splitlines():
        if line.startswith("  "):
            name, _, value = line.strip().partition(": ")
            rules.append(f'    add_header {name} "{value}" always;')
        else:
            rules += ["  }"] * bool(rules) + [f"  location {line.removesuffix('*')} {{"]
    return "\n".join([*rules, "  }"])


@pytest.fixture
def nginx(files: dict[str, bytes], tmp_path: Path) -> Iterator[str]:
    """Our files behind nginx, with the headers of ``_headers``."""
    program = find_webserver(ROOT)
    if program is None:
        pytest.skip("there is no nginx, and no apt-get to bring one")
    root = tmp_path / "www"
    for path, body in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(body)
    # Workers of nginx would lose the rights to a folder that only root may read.
    user = "user root; " if os.geteuid() == 0 else ""
    port, types = free_port(), "types { text/html html; text/javascript js; application/json json; }"
    headers = create_headers(locales=("ja", "en"), frozen=("embed/v1.0.0",)).content.decode()
    (tmp_path / "nginx.conf").write_text(
        f"{user}daemon off; pid {tmp_path}/pid; error_log {tmp_path}/error.log; events {{}}\n"
        f"http {{ access_log off; charset utf-8; {types}\n"
        + "".join(
            f"{kind}_temp_path {tmp_path}/{kind};\n"
            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        + f" server {{ listen 127.0.0.1:{port}; root {root};\n{nginx_rules(headers)}\n }} }}\n"
    )
    process = subprocess.Popen([program, "-p", tmp_path, "-c", tmp_path / "nginx.conf"])
    try:
        while process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except ConnectionRefusedError:
                continue
        assert process.poll() is None, (tmp_path / "error.log").read_text()
        yield f"http://localhost:{port}/"
    finally:
        process.terminate()
        process.wait()


def test_behind_nginx_the_frame_shows_the_whole_table(world: World, nginx: str) -> None:
    code = world.snippet("iframe-resize.html").replace(world.embed.address, nginx)
    page = world.open(code)
    assert settled(page, world.frame()) > 1000
    assert [line for line in world.console if "404" not in line] == []


def test_behind_nginx_the_component_is_replaced_and_a_release_is_checked(world: World, nginx: str) -> None:
    with urllib.request.urlopen(f"{nginx}embed/v1.0.0/integrity.json") as answer:  # noqa: S310 - our own server
        assert "immutable" in answer.headers["Cache-Control"]
        digest = json.load(answer)["procedures.js"]
    page = world.open(
        f'<src-procedures lang="ja"><p>pasted</p></src-procedures>'
        f'<script src="{nginx}embed/v1.0.0/procedures.js" integrity="{digest}" crossorigin="anonymous"></script>'
    )
    page.wait_for_function("document.querySelector('src-procedures').dataset.state === 'updated'")
    assert (
        page.evaluate(
            "document.querySelector('src-procedures').shadowRoot.querySelector('table').rows.length"
        )
        == 14
    )


def test_a_changed_release_is_refused_by_the_browser(world: World, nginx: str) -> None:
    page = world.open(
        f'<src-procedures><p>pasted</p></src-procedures><script src="{nginx}embed/v1.0.0/procedures.js"'
        f' integrity="sha384-{"A" * 64}" crossorigin="anonymous"></script>'
    )
    page.wait_for_load_state()
    assert page.get_by_text("pasted").is_visible()


def test_every_path_has_one_rule_only() -> None:
    text = create_headers(locales=("ja", "en"), frozen=("embed/v1.0.0",)).content.decode()
    patterns = [line for line in text.splitlines() if line.startswith("/")]
    assert len(patterns) == len(set(patterns))
    whole = [pattern.removesuffix("*") for pattern in patterns if pattern.endswith("*")]
    assert not [(a, b) for a in patterns for b in whole if a != f"{b}*" and a.startswith(b)]
    assert "X-Frame-Options" not in text


def test_in_firefox_the_frame_follows_its_content(files: dict[str, bytes], tmp_path: Path) -> None:
    program = find_firefox()
    if program is None:
        pytest.skip("Firefox is no package of this system")
    golden = (Path(__file__).parents[1] / "golden/v1/iframe-resize.html").read_text("utf-8")
    with (
        serving({}, name="127.0.0.1") as host,
        serving(dict(files), name="localhost", everywhere={"Access-Control-Allow-Origin": "*"}) as embed,
    ):
        measured = threading.Event()
        host.waited_for["measured"] = host.held["hold"] = measured
        code = golden.replace(SITE, embed.address).replace(' loading="lazy"', "")
        code = code.replace("min-height:", "--reserve:")
        page = host.put(
            "page.html", f'<!doctype html><meta charset="utf-8"><title>Host</title>{code}{REPORT}'
        )
        command = [program, "--headless", "--no-remote", "--profile", tmp_path, "--window-size=1000,800"]
        subprocess.run(
            [*command, "--screenshot", tmp_path / "page.png", page],
            env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin", "MOZ_HEADLESS": "1"},
            capture_output=True,
            timeout=180,
            check=True,
        )
        heights = [int(parse_qs(query)["height"][0]) for query in host.queries if query]
    assert heights
    assert 1200 < heights[-1] < 2500
    assert (tmp_path / "page.png").stat().st_size > 20_000
