"""The door: what build.py does before the command line of the project begins."""

import ast
import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from door.readiness import create_needs, create_stamp, missing_groups, stamp_file
from door.words import WORDS, choose_language

PROJECT = Path(__file__).parent.parent
COMMAND_LINE = """\
import json, os, sys
print(json.dumps({"arguments": sys.argv[1:], "utf8": sys.flags.utf8_mode, "folder": os.getcwd()}))
sys.exit(7 if "--fail" in sys.argv else 0)
"""


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a small project whose first run has set everything up."""
    project = create_project(tmp_path_factory.mktemp("door") / "with 空白")
    finished = run_door(project, "check", "--fail")
    assert finished.returncode == 7, finished.stderr
    return project


@pytest.fixture
def stale(prepared: Path) -> Iterator[Path]:
    """Return the project without the stamp of its set-up, and put it back afterwards."""
    stamp = stamp_file(prepared, "build")
    stamp.unlink(missing_ok=True)
    yield prepared
    stamp.write_bytes(create_stamp(prepared, "build"))


def create_project(folder: Path) -> Path:
    """Return a project with empty locks and a command line that tells what it was given."""
    shutil.copytree(PROJECT / "door", folder / "door", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(PROJECT / "build.py", folder)
    for path, text in {
        "requirements/build.txt": "# nothing\n",
        "requirements/test.txt": "# nothing\n",
        "cardguide/__init__.py": "",
        "cardguide/cli.py": COMMAND_LINE,
    }.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    return folder


def run_door(
    project: Path, *arguments: str, environment: Mapping[str, str] | None = None, folder: Path | None = None
) -> "subprocess.CompletedProcess[str]":
    """Run the door as a person does."""
    command = [sys.executable, str(project / "build.py"), *arguments]
    return run(command, environment=environment, folder=folder)


def run(
    command: Sequence[str], *, environment: Mapping[str, str] | None = None, folder: Path | None = None
) -> "subprocess.CompletedProcess[str]":
    """Run a command and keep what it says."""
    return subprocess.run(
        command,
        capture_output=True,
        encoding="utf-8",
        check=False,
        cwd=folder,
        env={**os.environ, "LC_ALL": "C.UTF-8", **(environment or {})},
    )


def start_door(project: Path, *arguments: str) -> "subprocess.Popen[str]":
    """Start the door in a process group of its own."""
    return subprocess.Popen(
        [sys.executable, str(project / "build.py"), *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    )


def read_until(process: "subprocess.Popen[str]", words: str) -> None:
    """Read what a process says until it says the words."""
    assert process.stderr
    for line in process.stderr:
        if words in line:
            return
    pytest.fail(f"the door never said {words!r}")


@pytest.mark.parametrize("version", [(2, 7), (3, 6), (3, 10)])
def test_an_older_python_gets_a_sentence_in_both_languages_and_exit_code_3(version: tuple[int, int]) -> None:
    pretend = (
        "import runpy, sys; sys.version_info = ({}, {}, 0); runpy.run_path('build.py', run_name='__main__')"
    )
    finished = run([sys.executable, "-c", pretend.format(*version)], folder=PROJECT)
    assert finished.returncode == 3
    assert f"this is Python {version[0]}.{version[1]}" in finished.stderr
    assert "以上が必要です" in finished.stderr
    assert "Traceback" not in finished.stderr


def test_build_py_is_readable_by_python_3_6_and_names_nothing_beyond_the_standard_library() -> None:
    tree = ast.parse((PROJECT / "build.py").read_text("utf-8"), feature_version=(3, 6))
    imported = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    assert imported == {"os", "sys"}


def test_the_door_imports_only_the_standard_library_and_itself() -> None:
    imported: set[str] = set()
    for path in (PROJECT / "door").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom):
                imported.add(str(node.module).partition(".")[0])
            elif isinstance(node, ast.Import):
                imported |= {name.name.partition(".")[0] for name in node.names}
    assert imported - sys.stdlib_module_names == {"door"}


@pytest.mark.parametrize(
    ("line", "groups", "libraries"),
    [
        ("", "build", True),
        ("check", "build", False),
        ("check --root elsewhere", "build", False),
        ("--help", "build", False),
        ("serve", "build", True),
        ("flyer sheet --office 131016", "build", True),
        ("build --only site,data", "build", False),
        ("build --only=embeds", "build", False),
        ("build --only site,flyers", "build", True),
        ("test -k check", "build test", True),
        ("bench", "build test", True),
    ],
)
def test_a_command_needs_no_more_than_it_uses(line: str, groups: str, *, libraries: bool) -> None:
    needs = create_needs(line.split())
    assert needs.groups == tuple(groups.split())
    assert needs.libraries is libraries
    assert needs.test_programs is ("test" in groups)


@pytest.mark.parametrize(
    ("line", "environment", "language"),
    [
        ("", {}, "en"),
        ("", {"LANG": "ja_JP.UTF-8"}, "ja"),
        ("", {"LANG": "ja_JP.UTF-8", "LC_ALL": "C"}, "en"),
        ("", {"LANG": "en_US.UTF-8", "LC_MESSAGES": "ja_JP.UTF-8"}, "ja"),
        ("check --lang ja", {"LANG": "C"}, "ja"),
        ("--lang=en check", {"LANG": "ja_JP.UTF-8"}, "en"),
        ("check --lang", {"LANG": "ja_JP.UTF-8"}, "ja"),
    ],
)
def test_the_door_speaks_the_language_asked_for_else_that_of_the_terminal(
    line: str, environment: Mapping[str, str], language: str
) -> None:
    assert choose_language(line.split(), environment) == language


@pytest.mark.parametrize("key", WORDS)
def test_both_languages_have_the_same_details(key: str) -> None:
    fields = [{part.partition("}")[0] for part in text.split("{")[1:]} for text in WORDS[key].values()]
    assert sorted(WORDS[key]) == ["en", "ja"]
    assert fields[0] == fields[1]


def test_a_ready_machine_goes_straight_to_the_command_line(prepared: Path, tmp_path: Path) -> None:
    log = prepared / "build" / "setup.log"
    log.unlink(missing_ok=True)
    finished = run_door(prepared, "check", "--root", "ほか", folder=tmp_path)
    assert finished.stderr == ""
    assert json.loads(finished.stdout) == {
        "arguments": ["check", "--root", "ほか"],
        "utf8": 1,
        "folder": str(tmp_path),
    }
    assert not log.exists()


def test_modules_come_from_the_project_wherever_it_is_called_from(prepared: Path, tmp_path: Path) -> None:
    (tmp_path / "cardguide").mkdir()
    (tmp_path / "cardguide" / "cli.py").write_text("raise SystemExit('the wrong command line')", "utf-8")
    finished = run_door(prepared, "check", folder=tmp_path, environment={"PYTHONPATH": str(tmp_path)})
    assert finished.returncode == 0, finished.stderr


@pytest.mark.parametrize("environment", [{"LC_ALL": "C"}, {"LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0"}])
def test_a_terminal_without_utf_8_changes_nothing(prepared: Path, environment: Mapping[str, str]) -> None:
    finished = run_door(prepared, "check", environment={**environment, "PYTHONUTF8": "0"})
    assert finished.returncode == 0
    assert json.loads(finished.stdout)["utf8"] == 1


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams_do_not_change_the_exit_code(prepared: Path, closed: str) -> None:
    command = [sys.executable, str(prepared / "build.py"), "check", "--fail"]
    assert run(["sh", "-c", f'exec "$@" {closed}', "sh", *command]).returncode == 7


def test_a_stamp_counts_for_one_lock_in_one_folder(prepared: Path, tmp_path: Path) -> None:
    assert missing_groups(prepared, ["build"]) == ()
    assert missing_groups(prepared, ["build", "test"]) == ("test",)
    moved = tmp_path / "moved"
    shutil.copytree(prepared, moved, symlinks=True)
    assert missing_groups(moved, ["build"]) == ("build",)


def test_another_lock_is_installed_before_the_command_runs(prepared: Path) -> None:
    lock = prepared / "requirements" / "build.txt"
    before = lock.read_bytes()
    lock.write_text("no-such-package==1 --hash=sha256:" + "0" * 64, "utf-8")
    try:
        finished = run_door(prepared, "check", environment={"PIP_NO_INDEX": "1"})
    finally:
        lock.write_bytes(before)
    assert finished.returncode == 3
    assert "No matching distribution found for no-such-package==1" in finished.stderr
    assert str(prepared / "build" / "setup.log") in finished.stderr
    assert "Traceback" not in finished.stderr
    assert not stamp_file(prepared, "build").exists()
    assert run_door(prepared, "check").returncode == 0


def test_a_killed_set_up_is_made_good_by_the_next_run(tmp_path: Path) -> None:
    project = create_project(tmp_path / "killed")
    process = start_door(project, "check")
    read_until(process, "virtual environment")
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    assert not stamp_file(project, "build").exists()
    assert run_door(project, "check").returncode == 0


def test_a_second_set_up_waits_and_then_finds_everything_done(stale: Path) -> None:
    with (stale / "build" / "setup.lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        process = start_door(stale, "check", "--fail")
        read_until(process, "Another set-up is running")
        stamp_file(stale, "build").write_bytes(create_stamp(stale, "build"))
    _, said = process.communicate()
    assert (process.returncode, said) == (7, "")


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_during_set_up_ends_it_with_the_code_of_the_signal(
    stale: Path, number: signal.Signals, code: int
) -> None:
    with (stale / "build" / "setup.lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        process = start_door(stale, "check")
        read_until(process, "Another set-up is running")
        process.send_signal(number)
        _, said = process.communicate(timeout=60)
    assert process.returncode == code
    assert said.startswith("Interrupted.")


def test_a_folder_that_cannot_be_written_is_exit_code_4(tmp_path: Path) -> None:
    project = create_project(tmp_path / "blocked")
    (project / "build").write_text("a file where a folder must be", "utf-8")
    finished = run_door(project, "check")
    assert finished.returncode == 4
    assert finished.stderr.startswith("Cannot write a file:")
