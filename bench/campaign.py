"""The long trials of publishing: ``python bench/campaign.py kills|disks|crowds|barred|swaps``.

They take minutes and need root (for small disks) or nginx, so they are no part of the tests. Each prints JSON.
"""

import contextlib
import errno
import hashlib
import http.client
import json
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

HOME = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(HOME))

from cardguide.publishing import PublishError, publishing  # noqa: E402 - the path is set above
from door.webserver import find_webserver  # noqa: E402 - likewise

FILES = 60
KILLS, DISKS, SWAPS, REQUESTS, CROWDS = 200, 50, 20, 10_000, range(2, 9)
_BUILDER = f"""
import sys
from pathlib import Path
sys.path.insert(0, {str(HOME)!r})
from cardguide.publishing import publishing
with publishing(Path(sys.argv[1]), since="now") as fresh:
    print("begun", flush=True)
    for name in range({FILES}):
        (fresh / str(name)).write_text(sys.argv[2])
print("published", flush=True)
"""


def start(dist: Path, text: str) -> subprocess.Popen[str]:
    """Start a process that publishes a tree of files with one text."""
    command = [sys.executable, "-c", _BUILDER, str(dist), text]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def hash_of(dist: Path) -> str:
    """Return one hash of all that a tree holds, names, bytes and modes."""
    digest = hashlib.sha256()
    for path in sorted(dist.rglob("*")):
        digest.update(f"{path.relative_to(dist)} {path.stat().st_mode:o}".encode())
        digest.update(path.read_bytes() if path.is_file() else b"")
    return digest.hexdigest()


def known_hashes(*texts: str) -> list[str]:
    """Return the hashes of the trees that hold just one of the texts."""
    hashes = []
    for text in texts:
        with tempfile.TemporaryDirectory() as folder:
            publish(Path(folder, "dist"), text)
            hashes.append(hash_of(Path(folder, "dist")))
    return hashes


def publish(dist: Path, text: str) -> None:
    """Publish a tree of files with one text."""
    with publishing(dist, since="now") as fresh:
        for name in range(FILES):
            (fresh / str(name)).write_text(text, "utf-8")


OLD, NEW, LONG = "a" * 2000, "b" * 2000, "c" * 4500


def kills() -> dict[str, object]:
    """Kill a publishing process at random moments of its work; the tree must be the old one or the new one."""
    old, new = known_hashes(OLD, NEW)
    outcomes: Counter[str] = Counter()
    generator, whole = random.Random(1), _time_of_work()  # noqa: S311 - moments, not secrets
    for _ in range(KILLS):
        with tempfile.TemporaryDirectory() as folder:
            dist = Path(folder, "dist")
            publish(dist, OLD)
            with start(dist, NEW) as builder:
                builder.stdout.readline()  # type: ignore[union-attr]
                time.sleep(generator.uniform(0, 1.2 * whole))
                builder.kill()
            outcomes[{old: "the old tree", new: "the new tree"}.get(hash_of(dist), "TORN")] += 1
            outcomes["left a fresh folder"] += (Path(folder) / ".dist.fresh").exists()
            publish(dist, NEW)
            clean = {"dist", ".dist.lock", ".dist.previous", ".dist.previous-2"}
            left = {path.name for path in Path(folder).iterdir()} - clean
            outcomes["mended by the next"] += hash_of(dist) == new and not left
    return {"kills": KILLS, **outcomes}


def _time_of_work() -> float:
    """Return how long one build works here, so that kills fall before, into and after the swap."""
    with tempfile.TemporaryDirectory() as folder:
        dist = Path(folder, "dist")
        publish(dist, OLD)
        with start(dist, NEW) as builder:
            builder.stdout.readline()  # type: ignore[union-attr]
            begun = time.perf_counter()
            builder.wait()
            return time.perf_counter() - begun


def disks() -> dict[str, object]:
    """Publish onto disks of many sizes, most of them too small for two trees."""
    old, new = known_hashes(OLD, LONG)
    outcomes: Counter[str] = Counter()
    for size in range(300, 300 + 12 * DISKS, 12):
        with _disk(f"size={size}k") as disk:
            dist = disk / "dist"
            try:
                publish(dist, OLD)
            except PublishError:
                outcomes["no room for the first"] += 1
                continue
            try:
                publish(dist, LONG)
                outcomes["published"] += 1
            except PublishError as error:
                outcomes["refused with words"] += "free" in str(error) or "space" in str(error)
            outcomes[{old: "the old tree", new: "the new tree"}.get(hash_of(dist), "TORN")] += 1
            outcomes["leftovers"] += (disk / ".dist.fresh").exists()
    return {"disks": DISKS, **outcomes}


def crowds() -> dict[str, object]:
    """Start two to eight builds at once, five times each; each of the texts is a whole tree, or none is there."""
    outcomes: Counter[str] = Counter()
    texts = [letter * 2000 for letter in "stuvwxyz"]
    hashes = known_hashes(OLD, *texts)
    for count in (count for count in CROWDS for _ in range(5)):
        with tempfile.TemporaryDirectory() as folder:
            dist = Path(folder, "dist")
            publish(dist, OLD)
            builders = [start(dist, text) for text in texts[:count]]
            said = [builder.communicate() for builder in builders]
            outcomes["builds"] += count
            outcomes["published"] += sum(builder.returncode == 0 for builder in builders)
            outcomes["told who is building"] += sum(
                "a build is running already" in words for _, words in said
            )
            outcomes["a whole tree" if hash_of(dist) in hashes else "TORN"] += 1
            outcomes["leftovers"] += (Path(folder) / ".dist.fresh").exists()
    return {"crowds": len(CROWDS) * 5, **outcomes}


def barred() -> dict[str, object]:
    """Publish where it cannot be: no room for names, a disk for reading only, a folder that is a disk of its own."""
    return {
        "no inodes left": _refusal("size=4m,nr_inodes=80"),
        "read-only": _refusal("size=4m", lambda disk: _mount("-o", "remount,ro", str(disk))),
        "the output is a disk of its own": _refusal_of_mounted(),
        "sources and temporary files on other disks": _other_disks(),
    }


def _refusal(options: str, bar: Callable[[Path], None] = lambda _: None) -> str:
    with _disk(options) as disk:
        publish(disk / "dist", OLD)
        bar(disk)
        return _try(disk / "dist")


def _refusal_of_mounted() -> str:
    """Publish into a mount point: it cannot change places with the fresh folder beside it (EXDEV or EBUSY)."""
    with _disk("size=4m") as dist:
        publish(dist / "inner", OLD)
        for path in (dist / "inner").iterdir():
            path.rename(dist / path.name)
        (dist / "inner").rmdir()
        shutil.rmtree(dist / ".inner.previous", ignore_errors=True)
        (dist / ".inner.lock").unlink()
        return _try(dist)


def _other_disks() -> str:
    with _disk("size=4m") as output, _disk("size=4m") as temporary, _tempdir(temporary):
        publish(output / "dist", OLD)
        return _try(output / "dist")


@contextlib.contextmanager
def _tempdir(folder: Path) -> Iterator[None]:
    before, tempfile.tempdir = tempfile.tempdir, str(folder)
    try:
        yield
    finally:
        tempfile.tempdir = before


def _try(dist: Path) -> str:
    before = hash_of(dist)
    try:
        publish(dist, NEW)
    except PublishError as error:
        kept = "the old tree is as it was" if hash_of(dist) == before else "TORN"
        return f"refused ({error}); {kept}"
    return "published"


@contextlib.contextmanager
def _disk(options: str) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        _mount("-t", "tmpfs", "-o", options, "tmpfs", folder)
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", folder], check=True)


def _mount(*arguments: str) -> None:
    subprocess.run(["mount", *arguments], check=True)


def swaps() -> dict[str, object]:
    """Swap trees while nginx answers requests."""
    nginx = find_webserver(HOME) or sys.exit("nginx is not installed")
    with tempfile.TemporaryDirectory() as folder:
        dist = Path(folder, "dist")
        publish(dist, "0")
        Path(folder).chmod(0o755)
        configuration = Path(folder, "nginx.conf")
        kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        places = "".join(f"{kind}_temp_path {folder}/{kind}; " for kind in kinds)
        configuration.write_text(
            f"daemon off; user root; worker_processes 2; pid {folder}/pid; error_log {folder}/error;\n"
            f"events {{}} http {{ {places} access_log off; server {{ listen 127.0.0.1:8471; root {dist}; }} }}\n",
            "utf-8",
        )
        with subprocess.Popen([nginx, "-c", configuration, "-p", folder]) as server:
            outcomes = _ask_while_swapping(dist)
            server.terminate()
    return {"swaps": SWAPS, **outcomes}


def _ask_while_swapping(dist: Path) -> Counter[str]:
    outcomes: Counter[str] = Counter()
    _await_server()

    swapped = threading.Event()

    def ask() -> None:
        number = 0
        while number < REQUESTS // 4 or not swapped.is_set():
            outcomes[_answer(f"http://127.0.0.1:8471/{number % FILES}")] += 1
            number += 1

    readers = [threading.Thread(target=ask) for _ in range(4)]
    for reader in readers:
        reader.start()
    for number in range(SWAPS):
        publish(dist, str(number + 1))
    swapped.set()
    for reader in readers:
        reader.join()
    return outcomes


def _await_server() -> None:
    while _answer("http://127.0.0.1:8471/0") != "answered":
        pass


def _answer(url: str) -> str:
    try:
        with urllib.request.urlopen(url, timeout=10) as response:  # noqa: S310 - our own address
            return "answered" if response.read() else "empty"
    except (OSError, http.client.HTTPException) as error:
        return f"failed: {getattr(error, 'code', errno.ECONNREFUSED)}"


if __name__ == "__main__":
    trials = {"kills": kills, "disks": disks, "crowds": crowds, "barred": barred, "swaps": swaps}
    for name in sys.argv[1:] or trials:
        print(json.dumps({name: trials[name]()}))
