"""Print what the build runs on as CycloneDX JSON: ``python requirements/sbom.py > sbom.json``.

Read from the lock, so every hash is the one that is installed; licences come from the installed packages.
"""

import json
import re
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

HERE = Path(__file__).resolve().parent
PACKAGE = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>[^\s;\\]+)")
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def read_lock(lock: str) -> Iterator[tuple[str, str, list[str]]]:
    """Yield name, version and the hashes of the wheels of every package of a lock."""
    for block in re.split(r"\n(?=\S)", lock):
        if match := PACKAGE.match(block):
            yield match["name"], match["version"], HASH.findall(block)


def create_component(name: str, version: str, hashes: list[str]) -> dict[str, object]:
    """Return one package; a package for another kind of Python is not installed, and its licence is left out."""
    return {
        "type": "library",
        "name": name,
        "version": version,
        "purl": f"pkg:pypi/{name}@{version}",
        "hashes": [{"alg": "SHA-256", "content": content} for content in hashes],
        "licenses": [{"license": {"name": licence}} for licence in find_licences(name)],
    }


def find_licences(name: str) -> list[str]:
    """Return what an installed package says of its licence."""
    try:
        about = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return []
    classified = [
        each.rpartition(" :: ")[2] for each in about.get_all("Classifier") or [] if "License ::" in each
    ]
    words = (
        about.get("License-Expression")
        or ", ".join(classified)
        or (about.get("License") or "").partition("\n")[0]
    )
    return [words] if words else []


def create_fonts() -> Iterator[dict[str, object]]:
    """Yield the fonts that are shipped inside every sheet."""
    for line in (HERE.parent / "flyers" / "fonts" / "SHA256SUMS").read_text("utf-8").splitlines():
        content, name = line.split()
        if name.endswith(".ttf"):
            yield {
                "type": "file",
                "name": name,
                "hashes": [{"alg": "SHA-256", "content": content}],
                "licenses": [{"license": {"id": "OFL-1.1"}}],
            }


def main() -> None:
    """Print the bill."""
    packages = read_lock((HERE / "build.txt").read_text("utf-8"))
    components = [*(create_component(*package) for package in packages), *create_fonts()]
    bill = {"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1, "components": components}
    sys.stdout.write(json.dumps(bill, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main()
