"""Whatever happens to a build, readers keep one whole tree, and the person at the terminal gets a sentence."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from projects import HOME, TODAY, replace_once, run, tree

BUILD = [sys.executable, "-m", "cardguide.cli", "build", "--lang", "en", "--as-of", TODAY]


def start(root: Path, *arguments: str) -> subprocess.Popen[str]:
    """Start a build that has something to do."""
    environment = {"PATH": os.environ["PATH"], "HOME": "/", "PYTHONPATH": str(HOME), "PYTHONUTF8": "1"}
    return subprocess.Popen(
        [*BUILD, "--root", str(root), *arguments],
        cwd=HOME,
        env=environment,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    )


def wait_for_line(build: subprocess.Popen[str], line: str) -> None:
    """Read what a build says until it says a line."""
    assert build.stderr
    assert any(said.strip() == line for said in build.stderr), f"the build never said {line!r}"


def change(root: Path) -> None:
    """Change the sources in a way that changes pages only."""
    file = root / "content" / "en" / "about.md"
    file.write_text(file.read_text("utf-8") + "\nOne more sentence.\n", "utf-8")


def hidden(root: Path) -> set[str]:
    """Return what lies beside the published tree."""
    return {path.name for path in root.iterdir() if path.name.startswith(".dist")}


@pytest.mark.parametrize(
    ("number", "code", "moment"),
    [
        (signal.SIGINT, 130, "flyers"),
        (signal.SIGTERM, 143, "pages"),
        (signal.SIGINT, 130, "proofs"),
        (signal.SIGTERM, 143, "publishing"),
        (signal.SIGKILL, -9, "publishing"),
    ],
)
def test_a_build_that_is_stopped_leaves_the_old_tree_or_the_new_one(
    scratch: Path, number: signal.Signals, code: int, moment: str
) -> None:
    before = tree(scratch / "dist")
    change(scratch)
    with start(scratch) as build:
        wait_for_line(build, moment)
        build.send_signal(number)
        _, said = build.communicate(timeout=120)
    assert "Traceback" not in said
    assert build.returncode in {code, 0}
    if build.returncode:
        assert tree(scratch / "dist") == before
    if number is not signal.SIGKILL:
        assert not {".dist.fresh"} & hidden(scratch)
    again = run("verify", scratch / "dist")
    assert again.returncode == 0, again.stderr


def test_what_a_killed_build_left_is_cleared_by_the_next(scratch: Path) -> None:
    change(scratch)
    with start(scratch) as build:
        wait_for_line(build, "proofs")
        build.kill()
    assert ".dist.fresh" in hidden(scratch)
    assert run("build", "--root", scratch, "--as-of", TODAY).returncode == 0
    assert hidden(scratch) == {".dist.lock", ".dist.previous"}
    assert "One more sentence." in (scratch / "dist/en/about/index.html").read_text("utf-8")


def test_of_builds_at_once_one_publishes_and_the_others_say_who_does(scratch: Path) -> None:
    change(scratch)
    with start(scratch) as first:
        wait_for_line(first, "flyers")
        others = [start(scratch), start(scratch, "--out", str(scratch / "other"))]
        said = [other.communicate(timeout=120)[1] for other in others]
        assert first.wait(timeout=120) == 0
    assert [other.returncode for other in others] == [4, 4]
    assert all(f"a build is running already, process {first.pid}" in text for text in said)
    assert not (scratch / "other").exists()


def test_an_unchanged_build_writes_nothing(scratch: Path) -> None:
    times = {path: path.stat().st_mtime_ns for path in (scratch / "dist").rglob("*")}
    result = run("build", "--root", scratch, "--as-of", TODAY)
    assert result.returncode == 0
    assert "nothing has changed" in result.stderr
    assert {path: path.stat().st_mtime_ns for path in (scratch / "dist").rglob("*")} == times
    assert ".dist.previous" not in hidden(scratch)


def test_a_tree_that_somebody_spoiled_is_built_anew(scratch: Path) -> None:
    before = tree(scratch / "dist")
    (scratch / "dist/en/index.html").write_text("spoiled", "utf-8")
    result = run("build", "--root", scratch, "--as-of", TODAY)
    assert result.returncode == 0, result.stderr
    assert tree(scratch / "dist") == before


@pytest.mark.parametrize(
    "place", ["data/extra.yaml", "content/en/secret.md", "templates/more", "flyers/a4/x.css"]
)
def test_a_link_in_the_sources_is_refused(scratch: Path, place: str) -> None:
    before = tree(scratch / "dist")
    (scratch / place).symlink_to("/etc")
    for command in ("check", "build"):
        result = run(command, "--root", scratch)
        assert result.returncode == 4
        assert place in result.stderr
        assert "symbolic link" in result.stderr
    assert tree(scratch / "dist") == before


def test_an_output_that_is_a_link_is_refused(scratch: Path) -> None:
    (scratch / "real").mkdir()
    (scratch / "out").symlink_to(scratch / "real")
    result = run("build", "--root", scratch, "--out", scratch / "out", "--as-of", TODAY)
    assert result.returncode == 4
    assert "symbolic link" in result.stderr
    assert list((scratch / "real").iterdir()) == []


def test_an_output_among_the_sources_is_refused(scratch: Path) -> None:
    for place in ("data", "content/out", "."):
        assert run("build", "--root", scratch, "--out", scratch / place).returncode == 2


def test_wrong_data_leaves_the_published_tree_alone(scratch: Path) -> None:
    before = tree(scratch / "dist")
    replace_once(scratch / "data" / "site.yaml", "default_locale: ja", "default_locale: jp")
    result = run("build", "--root", scratch, "--as-of", TODAY)
    assert result.returncode == 1
    assert "data/site.yaml:" in result.stdout
    assert tree(scratch / "dist") == before


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing: a test reads what the program says."""


@pytest.fixture
def served(dist: Path) -> Iterator[str]:
    """Serve the published tree on the loopback."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(dist))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()
        thread.join()


def test_a_served_copy_is_proved_file_by_file(served: str, dist: Path) -> None:
    result = run("verify", served, "--like", dist)
    assert result.returncode == 0, result.stderr
    assert "0 differ" in result.stderr


def test_verify_names_what_differs(scratch: Path) -> None:
    (scratch / "dist/en/index.html").write_text("other", "utf-8")
    (scratch / "dist/404.html").unlink()
    (scratch / "dist/more.html").write_text("more", "utf-8")
    result = run("verify", scratch / "dist")
    assert result.returncode == 1
    for line in ("404.html: missing", "en/index.html: changed", "more.html: unknown"):
        assert line in result.stderr


def test_verify_says_when_there_is_nothing_to_verify(tmp_path: Path) -> None:
    for place in (tmp_path, "http://127.0.0.1:9/"):
        result = run("verify", place)
        assert result.returncode == 4
        assert "Traceback" not in result.stderr
