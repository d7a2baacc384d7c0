"""Write data/schema/, which editors read, from the models of the data files.

python3 tools/write_schemas.py
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from cardguide.dataset import FILES  # noqa: E402 - the project is no package
from cardguide.outputs.schemas import create_editor_schemas  # noqa: E402 - likewise


def main() -> None:
    """Write every schema."""
    for artifact in create_editor_schemas(FILES):
        target = ROOT / "data" / artifact.path
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(artifact.content)


if __name__ == "__main__":
    main()
