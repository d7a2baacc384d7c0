"""Freeze the scripts for partners under a version.

    python3 tools/release_embeds.py 1.1.0

What was released is published for ever and never edited: partners check it with integrity hashes.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from cardguide.outputs.embeds.scripts import SCRIPTS, create_scripts  # noqa: E402 - the project is no package
from cardguide.project import Project  # noqa: E402


def main(version: str) -> None:
    """Write the scripts as they are now into a folder of their own."""
    project = Project(root=ROOT)
    folder = ROOT / "templates" / "embeds" / "releases" / version
    folder.mkdir(parents=True)
    for artifact in create_scripts(tokens=project.styles["tokens.css"], files=project.embed_files):
        name = artifact.path.removeprefix("embed/v1/")
        if name in SCRIPTS:
            (folder / name).write_bytes(artifact.content)


if __name__ == "__main__":
    main(sys.argv[1])
