"""The manifest of a published tree: every file with its hash, and what the tree was made from and with.

It holds no time and no place, so that the same sources give the same manifest anywhere.
"""

import datetime
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from importlib import metadata
from pathlib import Path

from cardguide.pdf.system import system_libraries
from cardguide.projectfiles import project_files

MANIFEST = "manifest.json"
PACKAGE = Path(__file__).resolve().parent
# What decides about bytes; the rest of the lock serves these.
LIBRARIES = (
    "babel",
    "budoux",
    "fonttools",
    "icalendar",
    "jinja2",
    "markdown",
    "mkdocs",
    "mkdocs-material",
    "mkdocs-static-i18n",
    "openpyxl",
    "pikepdf",
    "pillow",
    "pydantic",
    "pydyf",
    "pypdfium2",
    "pyyaml",
    "segno",
    "weasyprint",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Making:
    """What a tree was made from and with. ``inputs`` is the hash of everything that decides about its bytes."""

    as_of: str
    inputs: str
    data: Mapping[str, str] = field(default_factory=dict)
    fonts: Mapping[str, str] = field(default_factory=dict)
    libraries: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Manifest:
    """What ``manifest.json`` says."""

    files: Mapping[str, str]
    made: Mapping[str, object] = field(default_factory=dict)


def create_making(root: Path, as_of: datetime.date) -> Making:
    """Return what a build of a project folder as of a day is made from and with."""
    sources = {file.relative_to(root).as_posix(): hash_of(file.read_bytes()) for file in project_files(root)}
    code = code_hashes()
    libraries = {name: metadata.version(name) for name in LIBRARIES} | dict(system_libraries())
    everything = json.dumps([as_of.isoformat(), sources, code, libraries], sort_keys=True)
    return Making(
        as_of=as_of.isoformat(),
        inputs=hash_of(everything.encode()),
        data={path: digest for path, digest in sources.items() if path.startswith("data/")},
        fonts={path: digest for path, digest in sources.items() if path.endswith((".ttf", ".otf"))},
        libraries=libraries,
    )


def hash_facts(making: Making) -> str:
    """Return the hash of what a tree says: its data and its day."""
    return hash_of(json.dumps([making.as_of, making.data], sort_keys=True).encode())


def code_hashes() -> Mapping[str, str]:
    """Return the hash of every file of this package."""
    files = (file for file in sorted(PACKAGE.rglob("*")) if file.suffix in {".py", ".toml"})
    return {file.relative_to(PACKAGE).as_posix(): hash_of(file.read_bytes()) for file in files}


def hash_of(content: bytes) -> str:
    """Return the hash that manifests hold."""
    return hashlib.sha256(content).hexdigest()


def create_manifest(hashes: Mapping[str, str], making: Making | None) -> bytes:
    """Return ``manifest.json``."""
    record = {"made": asdict(making) if making else {}, "files": dict(sorted(hashes.items()))}
    return (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def parse_manifest(content: bytes) -> Manifest:
    """Read back what ``create_manifest`` wrote; raise ``ValueError`` for anything else."""
    record = json.loads(content)
    try:
        return Manifest(files=dict(record["files"]), made=record.get("made", {}))
    except (LookupError, TypeError, AttributeError) as error:
        raise ValueError("not a manifest of a published tree") from error


def find_differences(
    manifest: Manifest, read: Callable[[str], bytes | None], present: Iterable[str] = ()
) -> Iterator[tuple[str, str]]:
    """Yield each path that differs from the manifest, with what is wrong: missing, changed or unknown."""
    for path, digest in manifest.files.items():
        content = read(path)
        if content is None:
            yield path, "missing"
        elif hash_of(content) != digest:
            yield path, "changed"
    yield from ((path, "unknown") for path in sorted({*present} - {*manifest.files, MANIFEST}))


def is_current(tree: Path, making: Making) -> bool:
    """Tell whether a published tree was made from just these inputs and is whole, byte for byte."""
    try:
        manifest = parse_manifest((tree / MANIFEST).read_bytes())
    except (OSError, ValueError):
        return False
    if manifest.made.get("inputs") != making.inputs:
        return False
    return not any(find_differences(manifest, reader_of(tree), files_of(tree)))


def describe_tree(tree: Path) -> str:
    """Say in a line which build a published tree is."""
    try:
        content = (tree / MANIFEST).read_bytes()
        manifest = parse_manifest(content)
    except (OSError, ValueError):
        return "no tree of a build"
    as_of = manifest.made.get("as_of", "?")
    return f"as of {as_of}, {len(manifest.files)} files, manifest sha256 {hash_of(content)}"


def reader_of(tree: Path) -> Callable[[str], bytes | None]:
    """Return a function that reads a file of a tree, or nothing where there is none."""
    return lambda path: (tree / path).read_bytes() if (tree / path).is_file() else None


def files_of(tree: Path) -> frozenset[str]:
    """Return the path of everything in a tree that is not a folder."""
    return frozenset(path.relative_to(tree).as_posix() for path in tree.rglob("*") if not path.is_dir())
