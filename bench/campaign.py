"""The long trials of publishing: ``python bench/campaign.py kills|disks|swaps``.

They take minutes and need root (for small disks) or nginx, so they are no part of the tests. Each prints JSON.
"""

import contextlib
import errno
import json
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

HOME = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(HOME))

from cardguide.publishing import MANIFEST, PublishError, publishing  # noqa: E402 - the path is set above

FILES = 60
KILLS, DISKS, SWAPS, REQUESTS = 200, 50, 20, 10_000
_BUILDER = f"""
import sys
from pathlib import Path
sys.path.insert(0, {str(HOME)!r})
from cardguide.publishing import publishing
number = 0
while True:
    number += 1
    with publishing(Path(sys.argv[1]), since="now") as fresh:
        for name in range({FILES}):
            (fresh / str(name)).write_text(str(number) * 2000)
    print("published", flush=True)
"""


def publish(dist: Path, text: str) -> None:
    """Publish a tree of files with one text."""
    with publishing(dist, since="now") as fresh:
        for name in range(FILES):
            (fresh / str(name)).write_text(text, "utf-8")


def is_whole(dist: Path) -> bool:
    """Tell whether all files of a tree come from one build."""
    texts = {file.read_text("utf-8") for file in dist.iterdir() if file.name != MANIFEST}
    return len(texts) == 1 and len(list(dist.iterdir())) == FILES + 1


def kills() -> dict[str, object]:
    """Kill a publishing process at random moments."""
    outcomes: Counter[str] = Counter()
    generator = random.Random(1)  # noqa: S311 - moments, not secrets
    for _ in range(KILLS):
        with tempfile.TemporaryDirectory() as folder:
            dist = Path(folder, "dist")
            with subprocess.Popen([sys.executable, "-c", _BUILDER, dist], stdout=subprocess.PIPE) as builder:
                builder.stdout.readline()  # type: ignore[union-attr]
                time.sleep(generator.uniform(0, 0.1))
                builder.kill()
            outcomes["whole" if is_whole(dist) else "torn"] += 1
            outcomes["left a fresh folder"] += (Path(folder) / ".dist.fresh").exists()
            publish(dist, "after")
            outcomes["mended by the next"] += is_whole(dist) and not (Path(folder) / ".dist.fresh").exists()
    return {"kills": KILLS, **outcomes}


def disks() -> dict[str, object]:
    """Publish onto disks of many sizes, most of them too small for two trees."""
    outcomes: Counter[str] = Counter()
    for size in range(300, 300 + 12 * DISKS, 12):
        with _small_disk(size) as disk:
            dist = disk / "dist"
            try:
                publish(dist, "a" * 2000)
            except PublishError:
                outcomes["no room for the first"] += 1
                continue
            try:
                publish(dist, "b" * 4500)
                outcomes["published"] += 1
            except PublishError as error:
                outcomes["refused with words"] += "free" in str(error) or "space" in str(error)
                outcomes["old tree changed"] += (dist / "0").read_text("utf-8") != "a" * 2000
            outcomes["whole" if is_whole(dist) else "torn"] += 1
            outcomes["leftovers"] += (disk / ".dist.fresh").exists()
    return {"disks": DISKS, **outcomes}


@contextlib.contextmanager
def _small_disk(kilobytes: int) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", folder], check=True)
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", folder], check=True)


def swaps() -> dict[str, object]:
    """Swap trees while nginx answers requests."""
    nginx = shutil.which("nginx") or sys.exit("nginx is not installed")
    with tempfile.TemporaryDirectory() as folder:
        dist = Path(folder, "dist")
        publish(dist, "0")
        Path(folder).chmod(0o755)
        configuration = Path(folder, "nginx.conf")
        configuration.write_text(
            f"daemon off; user root; worker_processes 2; pid {folder}/pid; error_log {folder}/error;\n"
            f"events {{}} http {{ access_log off; server {{ listen 127.0.0.1:8471; root {dist}; }} }}\n",
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
    except urllib.error.URLError as error:
        return f"failed: {getattr(error, 'code', errno.ECONNREFUSED)}"


if __name__ == "__main__":
    trials = {"kills": kills, "disks": disks, "swaps": swaps}
    for name in sys.argv[1:] or trials:
        print(json.dumps({name: trials[name]()}))
