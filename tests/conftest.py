"""What several tests share: the real project, built once."""

import shutil
from pathlib import Path

import pytest
from projects import TODAY, build, copy_project


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
