"""What several tests share: the real project, built once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from projects import build, copy_project

TODAY = "2026-11-23"


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project folder that was built as of a fixed day."""
    root = copy_project(tmp_path_factory.mktemp("project"))
    build(root, "--as-of", TODAY)
    return root


@pytest.fixture(scope="session")
def dist(project: Path) -> Path:
    """The published tree of that build."""
    return project / "dist"


@pytest.fixture
def scratch(project: Path, tmp_path: Path) -> Iterator[Path]:
    """A copy of the built project that a test may spoil."""
    import shutil

    shutil.copytree(project, tmp_path / "project")
    yield tmp_path / "project"
