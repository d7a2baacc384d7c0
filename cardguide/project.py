"""A project folder: the only place that is read. Each file is read once, at the start of a run."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from cardguide.confirming import LOCK_FILE
from cardguide.dataset import FILES, OPTIONAL_FILES
from cardguide.projectfiles import project_files
from cardguide.translations import FOLDER as LOCALES


@dataclass(frozen=True, kw_only=True)
class Project:
    """The files of a project folder, as bytes or text by their path below their folder."""

    root: Path

    def __post_init__(self) -> None:
        deque(project_files(self.root), maxlen=0)  # refuses links

    def read_all(self) -> None:
        """Read everything that is read later, so that nothing of it can change on the way."""
        properties = (name for name, value in vars(Project).items() if isinstance(value, cached_property))
        deque((getattr(self, name) for name in properties), maxlen=0)

    def read_data(self) -> Mapping[str, bytes]:
        """Return the bytes of the data files by name; a missing file is left out."""
        return self._data

    @cached_property
    def _data(self) -> Mapping[str, bytes]:
        locales = sorted((self.root / "data" / LOCALES).glob("*.yaml"))
        names = [*FILES, *OPTIONAL_FILES, *(f"{LOCALES}/{file.stem}" for file in locales)]
        files = {name: self.root / "data" / f"{name}.yaml" for name in names}
        return {name: file.read_bytes() for name, file in files.items() if file.is_file()}

    def read_lock(self) -> bytes | None:
        """Return the bytes of what was confirmed, or none when there is no such file."""
        file = self.root / LOCK_FILE
        return file.read_bytes() if file.is_file() else None

    def data_text(self) -> str:
        """Return the data files as one text."""
        return b"\n".join(self.read_data().values()).decode("utf-8", "replace")

    @cached_property
    def templates(self) -> Mapping[str, str]:
        """Templates of pages, embeds and the root pages, by path below ``templates/``."""
        return self._texts("templates", ("*.jinja", "*.html"))

    @cached_property
    def styles(self) -> Mapping[str, str]:
        """Style sheets and their order, by name."""
        return self._texts("templates/styles", ("*.css", "*.txt"))

    @cached_property
    def scripts(self) -> Mapping[str, str]:
        """Scripts of the site, by name."""
        return self._texts("templates/scripts", ("*.js",))

    @cached_property
    def imprint_script(self) -> str:
        """The script of the page where an office fills in its imprint: one module, joined from its parts."""
        parts = self._texts("templates/imprint", ("*.js", "*.txt"))
        return "".join(parts[name] for name in parts["order.txt"].split())

    @cached_property
    def imprint_font(self) -> Mapping[str, bytes]:
        """The font of an imprint, with its licence, by name."""
        return {name: (self.fonts / name).read_bytes() for name in ("BIZUDPGothic-Regular.ttf", "OFL.txt")}

    @cached_property
    def embed_files(self) -> Mapping[str, str]:
        """Style sheets and scripts of the tables that partners embed, by name."""
        return self._texts("templates/embeds", ("*.css", "*.js", "*.json"))

    @property
    def embed_releases(self) -> tuple[str, ...]:
        """The folders of the frozen releases of the scripts for partners."""
        versions = {name.split("/")[1] for name in self.embed_files if name.startswith("releases/")}
        return tuple(f"embed/v{version}" for version in sorted(versions))

    @cached_property
    def municipalities(self) -> str:
        """The list of municipalities, as CSV; empty where the project has none."""
        file = self.root / "data" / "municipalities.csv"
        return file.read_text("utf-8") if file.is_file() else ""

    @cached_property
    def examples(self) -> Mapping[str, str]:
        """Programs that read the open data, by name."""
        return self._texts("templates/examples", ("*.py", "*.php"))

    @cached_property
    def flyer_files(self) -> Mapping[str, str]:
        """Plans, templates and styles of the flyers, with the macros and the tokens that they share with the site."""
        own = self._texts("flyers", ("*.jinja", "*.css", "*.yaml", "*.json"))
        return {**self.templates, "styles/tokens.css": self.styles["tokens.css"], **own}

    @cached_property
    def paper_files(self) -> Mapping[str, str]:
        """All that sheets are made from: the flyers, the shared templates, and the tokens under ``styles/``."""
        styles = {f"styles/{name}": text for name, text in self.styles.items()}
        return {**self.templates, **styles, **self.flyer_files}

    @property
    def fonts(self) -> Path:
        """The folder of the fonts on paper."""
        return self.root / "flyers" / "fonts"

    @cached_property
    def icon(self) -> bytes:
        """The icon of the site."""
        return (self.root / "templates" / "assets" / "icon.svg").read_bytes()

    def prose(self, locale: str) -> Mapping[str, str]:
        """Return the hand-written pages of a locale by name."""
        return self._prose.get(locale, {})

    @cached_property
    def _prose(self) -> Mapping[str, Mapping[str, str]]:
        """The hand-written pages by locale and name."""
        texts: dict[str, dict[str, str]] = {}
        for path, text in self._texts("content", ("*/**/*.md",)).items():
            locale, _, name = path.partition("/")
            texts.setdefault(locale, {})[name.removesuffix(".md")] = text
        return texts

    def _texts(self, folder: str, patterns: tuple[str, ...]) -> Mapping[str, str]:
        base = self.root / folder
        files = sorted({file for pattern in patterns for file in base.rglob(pattern)})
        return {file.relative_to(base).as_posix(): file.read_text("utf-8") for file in files}
