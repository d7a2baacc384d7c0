"""Look at every address that the data names, and say what became of it; a build never waits for this.

``python3 -m tools.look_at_sources [REGISTER]`` prints a line for each address that is not as it was, and keeps in the
register (``build/sources.json``) when each was last well, and the digest of what stood there. Exit code 0 whatever it
finds: a page that is gone is work for a person, not a fault of the data.
"""

import datetime
import hashlib
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from cardguide.dataset import Dataset, read_dataset
from cardguide.project import Project

ROOT = Path(__file__).resolve().parents[1]
REGISTER = ROOT / "build" / "sources.json"
PATIENCE = 20.0  # seconds
AGENT = "card-guide source check (reads each address once a week)"
# Words with which a server says "not found" while it answers 200.
_NOT_FOUND = re.compile(r"<title>[^<]*(?:見つかりません|not found|404|ページが存在しません)", re.IGNORECASE)
_TEXT = "text/html"
_ERROR, _REFUSALS = 400, frozenset({401, 403, 429})


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What an address answers: the status, 0 where nobody answered; the address in the end; kind and digest."""

    status: int
    address: str
    kind: str = ""
    digest: str = ""
    says_not_found: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """What the register keeps of an address."""

    seen_well_on: str = ""
    kind: str = ""
    digest: str = ""


def ask(address: str, patience: float = PATIENCE) -> Answer:
    """Return what an address answers; nobody there is an answer too."""
    request = Request(address, headers={"User-Agent": AGENT})  # noqa: S310 the data allows http and https only
    try:
        with urlopen(request, timeout=patience) as response:  # noqa: S310 likewise
            content = response.read()
            kind = response.headers.get_content_type()
            text = content[:4096].decode("utf-8", "replace") if kind == _TEXT else ""
            return Answer(
                status=response.status,
                address=response.url,
                kind=kind,
                digest=hashlib.sha256(content).hexdigest(),
                says_not_found=_NOT_FOUND.search(text) is not None,
            )
    except HTTPError as error:
        return Answer(status=error.code, address=address)
    except (OSError, HTTPException, ValueError):
        return Answer(status=0, address=address)


def judge(address: str, before: Entry, answer: Answer) -> str:
    """Say in a word what became of an address."""
    troubles = {
        "no answer": answer.status == 0,
        "refuses programs": answer.status in _REFUSALS,
        "gone": answer.status >= _ERROR or answer.says_not_found,
        "moved": answer.address.rstrip("/") != address.rstrip("/"),
        "another kind of file": before.kind not in {"", answer.kind},
        "changed": before.digest not in {"", answer.digest},
    }
    return next((trouble for trouble, is_so in troubles.items() if is_so), "well")


def look(
    addresses: Iterable[str],
    register: Mapping[str, Entry],
    day: datetime.date,
    ask_for: Callable[[str], Answer] = ask,
) -> Iterator[tuple[str, str, Entry]]:
    """Yield each address with what became of it, and what the register keeps from now on."""
    for address in addresses:
        before, answer = register.get(address, Entry()), ask_for(address)
        verdict = judge(address, before, answer)
        is_there = verdict in {"well", "changed", "another kind of file"}
        now = Entry(seen_well_on=day.isoformat(), kind=answer.kind, digest=answer.digest)
        yield address, verdict, now if is_there else before


def addresses_of(dataset: Dataset) -> list[str]:
    """Return every address of a source or a fact, once."""
    sources = (url for source in dataset.sources.values() for url in source.urls)
    facts = (fact.value for fact in dataset.facts.values() if fact.kind == "url" and fact.value)
    return sorted({*sources, *facts})


def read_register(file: Path) -> dict[str, Entry]:
    """Return what was kept; nothing where nothing was."""
    kept = json.loads(file.read_text("utf-8")) if file.is_file() else {}
    return {address: Entry(**entry) for address, entry in kept.items()}


def write_report(file: Path, dataset: Dataset, day: datetime.date) -> int:
    """Look at every address, print what is not as it was, and keep what was seen."""
    register: dict[str, Entry] = {}
    for address, verdict, entry in look(addresses_of(dataset), read_register(file), day):
        register[address] = entry
        if verdict != "well":
            print(f"{verdict}: {address} (last well: {entry.seen_well_on or 'never'})")
    file.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps({address: asdict(entry) for address, entry in register.items()}, indent=1)
    file.write_text(text + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    place = Path(sys.argv[1]) if sys.argv[1:] else REGISTER
    today = datetime.datetime.now(datetime.UTC).date()
    sys.exit(write_report(place, read_dataset(Project(root=ROOT).read_data()), today))
