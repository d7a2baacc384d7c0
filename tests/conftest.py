"""What several tests share: the real project, built once."""

import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from projects import TODAY, build, copy_project
from site_server import browsing, serving

# A shell lets what it starts in the background ignore interrupts, and every program started from here would, too.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a copy of the project folder as of a fixed day, once."""
    root = copy_project(tmp_path_factory.mktemp("project"))
    build(root, "--as-of", TODAY)
    return root


@pytest.fixture(scope="session")
def dist(project: Path) -> Path:
    """Return the published tree of that build."""
    return project / "dist"


@pytest.fixture
def scratch(project: Path, tmp_path: Path) -> Path:
    """Return a copy of the built project that a test may spoil."""
    shutil.copytree(project, tmp_path / "project")
    return tmp_path / "project"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the one browser of the run: Playwright's driver can be started once in a process."""
    with browsing() as browser:
        yield browser


@pytest.fixture(scope="module")
def address(dist: Path) -> Iterator[str]:
    """Serve the published tree and give its address."""
    with serving(dist) as address:
        yield address


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Open a page of its own for each test."""
    page = browser.new_page()
    yield page
    page.close()
