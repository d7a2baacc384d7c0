"""The layers of the package: a module imports only from its own layer or a lower one."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "cardguide"

LAYERS = (
    ("problems", "locales", "artifacts", "addresses", "foreignwords", "htmltext", "placeholders"),
    (
        "yaml*",
        "characters",
        "model",
        "factmodel",
        "recordmodel",
        "sitemodel",
        "filemodel",
        "guide*",
        "changemodel",
        "accessmodel",
        "formats",
        "richtext",
        "templating",
        "siteframe",
        "translations",
        "reading",
        "furigana",
        "linebreaks",
        "phrases",
        "glosses",
    ),
    (
        "dataset",
        "flyerplan",
        "imprint",
        "validity",
        "walking",
        "freshness",
        "scheduled",
        "reviewing",
        "checks",
        "confirming",
        "views",
    ),
    ("outputs", "pdf", "sitemap", "store"),
    (
        "project",
        "projectfiles",
        "staging",
        "sidebyside",
        "readahead",
        "pagekeys",
        "sitebuild",
        "proofs",
        "manifest",
        "publishing",
        "verifying",
        "preview",
        "rebuilding",
    ),
    (
        "building",
        "previewing",
        "backroom",
        "meaning",
        "checking",
        "benching",
        "imprinting",
        "recording",
        "upkeep",
        "mkdocs_hook",
        "cli",
        "commandline",
        "commands",
        "terminal",
    ),
)
# One module for each library that could be exchanged; the rest of the package does not know it.
HOMES = {
    "yaml": {"yaml*", "sitemap"},
    "weasyprint": {"pdf"},
    "babel": {"formats"},
    "mkdocs": {"sitebuild", "mkdocs_hook", "preview"},
    "lxml": {"proofs"},
    "budoux": {"phrases"},
}


def layer_of(name: str) -> int:
    for level, names in enumerate(LAYERS):
        if any(name == known or (known.endswith("*") and name.startswith(known[:-1])) for known in names):
            return level
    raise KeyError(f"cardguide/{name} stands in no layer; add it to LAYERS and to adr/0001")


def modules() -> list[Path]:
    return sorted(
        path for path in PACKAGE.rglob("*.py") if path.name != "__init__.py" or path.parent != PACKAGE
    )


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_module_imports_only_from_lower_layers(path: Path) -> None:
    level = layer_of(name_of(path))
    for module in imported(path):
        if module.startswith("cardguide."):
            other = module.split(".")[1]
            assert layer_of(other) <= level, f"{path.name} imports {module}, which stands higher"


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_library_is_known_in_its_home_only(path: Path) -> None:
    for module in imported(path):
        homes = HOMES.get(module.split(".")[0])
        here = name_of(path)
        assert homes is None or any(
            here == home or (home.endswith("*") and here.startswith(home[:-1])) for home in homes
        )


def test_outputs_do_not_know_each_other() -> None:
    shared = {"search", "assets"}
    for path in (PACKAGE / "outputs").glob("*.py"):
        others = {
            module.split(".")[2] for module in imported(path) if module.startswith("cardguide.outputs.")
        }
        assert others <= shared | {path.stem}, f"{path.name} imports {others - shared}"


def test_an_upward_import_would_be_seen() -> None:
    assert layer_of("model") < layer_of("views") < layer_of("outputs") < layer_of("cli")
