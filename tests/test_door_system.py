"""What the door asks of apt, of pip and of the locks."""

import os
import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from door import readiness, running, webserver
from door.browser import find_chromium, find_firefox
from door.readiness import Needs
from door.system import install_packages, needed_packages
from door.webserver import find_webserver, is_webserver_missing, unpack_webserver
from door.words import SetupError, Voice

PROJECT = Path(__file__).parent.parent
NEEDS = Needs(groups=("build",), libraries=True, test_programs=False)
LOCKS = ("build", "test")
MakeProgram = Callable[[str, str], Path]


@pytest.fixture
def make_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MakeProgram:
    """Return a function that puts a shell script on a path where nothing else is found."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))

    def make(name: str, script: str) -> Path:
        program = folder / name
        program.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
        program.chmod(0o755)
        return program

    return make


@pytest.fixture
def lacking_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the project need a library that no machine has."""
    monkeypatch.setattr(readiness, "LIBRARIES", {"libnowhere.so.9": "libnowhere9"})


def install(folder: Path) -> SetupError | None:
    """Install what is missing and return how that failed."""
    try:
        install_packages(PROJECT, NEEDS, log=folder / "setup.log", voice=Voice("en"))
    except SetupError as error:
        return error
    return None


def test_nothing_is_asked_of_a_machine_that_has_everything(make_program: MakeProgram, tmp_path: Path) -> None:
    make_program("apt-get", f"touch {tmp_path}/called")
    assert install(tmp_path) is None
    assert not (tmp_path / "called").exists()


@pytest.mark.usefixtures("lacking_library")
def test_without_root_or_sudo_the_exact_command_is_told(
    make_program: MakeProgram, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_program("apt-get", f"touch {tmp_path}/called")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    error = install(tmp_path)
    assert error is not None
    assert error.code == 3
    assert "  sudo apt-get update && sudo apt-get install -y --no-install-recommends libnowhere9" in str(
        error
    )
    assert not (tmp_path / "called").exists()


@pytest.mark.usefixtures("lacking_library")
def test_a_sudo_that_asks_for_a_password_is_not_used(
    make_program: MakeProgram, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_program("apt-get", f"touch {tmp_path}/called")
    make_program("sudo", "exit 1")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert "sudo apt-get install" in str(install(tmp_path))
    assert not (tmp_path / "called").exists()


@pytest.mark.usefixtures("lacking_library")
def test_a_system_without_apt_is_told_what_to_look_for(make_program: MakeProgram, tmp_path: Path) -> None:
    make_program("dnf", "exit 0")
    error = install(tmp_path)
    assert error is not None
    assert error.code == 3
    assert "libnowhere.so.9" in str(error)


@pytest.mark.usefixtures("lacking_library")
def test_stale_package_lists_are_refreshed_once(
    make_program: MakeProgram, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_program("apt-get", f'echo "$1" >> {tmp_path}/calls; [ "$1" = update ]')
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    error = install(tmp_path)
    assert error is not None
    assert error.code == 3
    assert (tmp_path / "calls").read_text("utf-8").split() == ["install", "update", "install"]


def test_what_apt_brings_is_found_afterwards(
    make_program: MakeProgram, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readiness, "LIBRARIES", {})
    monkeypatch.setattr(readiness, "TEST_LIBRARIES", {})
    monkeypatch.setattr(readiness, "_missing_for_screenshots", lambda _project: {})
    monkeypatch.setattr(readiness, "TEST_PROGRAMS", {"frobnicate": "frobnicate-tools"})
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    needs = NEEDS._replace(test_programs=True)
    assert needed_packages(PROJECT, needs) == {"frobnicate": "frobnicate-tools"}
    place = make_program("apt-get", "")
    make_program(
        "apt-get", f'printf "#!/bin/sh" > {place.parent}/frobnicate; /bin/chmod 755 {place.parent}/frobnicate'
    )
    install_packages(PROJECT, needs, log=tmp_path / "setup.log", voice=Voice("en"))
    assert needed_packages(PROJECT, needs) == {}


@pytest.mark.usefixtures("lacking_library")
def test_packages_that_change_nothing_are_an_error(
    make_program: MakeProgram, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_program("apt-get", "exit 0")
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert "still not found: libnowhere.so.9" in str(install(tmp_path))


def test_a_failure_shows_the_end_of_the_log_and_a_full_disk_is_exit_code_4(tmp_path: Path) -> None:
    script = "seq 1 40; echo 'OSError: [Errno 28] No space left on device'; exit 2"
    with pytest.raises(SetupError) as caught:
        running.run_logged(["sh", "-c", script], log=tmp_path / "log", voice=Voice("en"))
    assert caught.value.code == 4
    assert "  40\n  OSError: [Errno 28] No space left on device\n" in str(caught.value)
    assert "  20\n" not in str(caught.value)


def test_long_work_tells_its_last_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(running, "SECONDS_BETWEEN_LINES", 0.01)
    waits = f"echo Unpacking; until [ -e {tmp_path}/go ]; do :; done"
    speaker = Voice("en")

    class Releasing(Voice):
        def say(self, key: str, **details: object) -> None:
            speaker.say(key, **details)
            if details["line"] == "Unpacking":
                (tmp_path / "go").touch()

    running.run_logged(["sh", "-c", waits], log=tmp_path / "log", voice=Releasing("en"))
    assert " s: Unpacking\n" in capfd.readouterr().err


def test_a_snap_is_not_taken_for_a_browser_that_programs_may_drive(
    make_program: MakeProgram, tmp_path: Path
) -> None:
    make_program("chromium-browser", "exec /snap/bin/chromium")
    assert find_chromium(tmp_path) is None
    chrome = make_program("google-chrome", "exit 0")
    assert find_chromium(tmp_path) == str(chrome)


def test_a_browser_that_playwright_brought_is_found(make_program: MakeProgram, tmp_path: Path) -> None:
    make_program("true", "")
    shell = tmp_path / ".cache/browsers/chromium_headless_shell-1200/chrome-linux/headless_shell"
    shell.parent.mkdir(parents=True)
    shell.touch()
    assert find_chromium(tmp_path) is None, "half unpacked"
    (shell.parent.parent / "INSTALLATION_COMPLETE").touch()
    assert find_chromium(tmp_path) == str(shell)


def test_a_web_server_is_unpacked_and_never_installed(make_program: MakeProgram, tmp_path: Path) -> None:
    place = make_program("apt-get", f'echo "$1" >> {tmp_path}/calls; : > nginx.deb')
    make_program("env", 'cd "$2"; shift 2; exec "$@"')
    make_program("sh", 'exec /bin/sh "$@"')
    make_program("dpkg", f'/bin/mkdir -p "$3/usr/sbin"; /bin/cp {place} "$3/usr/sbin/nginx"')
    assert is_webserver_missing(tmp_path) or find_webserver(tmp_path) == "/usr/sbin/nginx"
    unpack_webserver(tmp_path, log=tmp_path / "log", voice=Voice("en"), prefix=())
    assert not is_webserver_missing(tmp_path)
    assert (tmp_path / ".cache" / "webserver" / "usr" / "sbin" / "nginx").exists()
    assert (tmp_path / "calls").read_text("utf-8").split() == ["download"]


def test_a_machine_without_apt_is_ready_without_a_web_server(
    make_program: MakeProgram, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_program("true", "")
    monkeypatch.setattr(webserver, "find_webserver", lambda _project: None)
    assert not is_webserver_missing(tmp_path)
    make_program("apt-get", "")
    assert is_webserver_missing(tmp_path)


def test_a_firefox_that_is_a_snap_is_not_taken(make_program: MakeProgram) -> None:
    make_program("firefox", "exec /snap/bin/firefox")
    assert find_firefox() is None
    firefox = make_program("firefox-esr", "exit 0")
    assert find_firefox() == str(firefox)


@pytest.mark.parametrize("group", LOCKS)
def test_a_lock_names_no_host_and_every_package_has_a_hash(group: str) -> None:
    text = (PROJECT / "requirements" / f"{group}.txt").read_text("utf-8")
    assert "://" not in text
    assert not re.search(r"^\s*--(?:extra-)?(?:index|find)", text, re.MULTILINE)
    packages = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    assert len(packages) > 20
    assert [package for package in packages if "--hash=sha256:" not in package] == []


def test_the_tests_run_on_exactly_what_the_build_runs_on() -> None:
    assert read_lock("build").items() <= read_lock("test").items()


@pytest.mark.parametrize("group", LOCKS)
def test_every_dependency_of_the_project_is_locked(group: str) -> None:
    settings = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))
    named = [entry for entry in settings["dependency-groups"][group] if isinstance(entry, str)]
    names = {re.split(r"[<>=!]", entry)[0] for entry in named}
    assert names <= read_lock(group).keys()


def read_lock(group: str) -> dict[str, str]:
    """Return the version of each package in a lock."""
    text = (PROJECT / "requirements" / f"{group}.txt").read_text("utf-8")
    return dict(re.findall(r"^([a-z0-9.-]+)==([^ ]+)", text, re.MULTILINE))
