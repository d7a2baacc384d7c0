"""The child process that makes sheets: one JSON line in for a job, one JSON line out for its result.

Started by ``press`` with ``FONTCONFIG_FILE`` set. What a library prints never reaches the answers, and the
process holds itself to its memory limit.
"""

import base64
import gc
import json
import math
import os
import resource
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, TextIO

from cardguide.pdf.fonts import FontSet
from cardguide.pdf.sheets import PressError, SheetError, SheetJob, SheetSpec

RARELY = (100_000, 50, 100)
"""When Python looks for circles of dead objects: a layout makes a million that live until its sheet is done."""
LIBRARIES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


def encode_job(job: SheetJob) -> str:
    """Return a job as one line."""
    assets = {name: base64.b64encode(content).decode() for name, content in job.assets.items()}
    return json.dumps({"html": job.html, "spec": asdict(job.spec), "assets": assets}) + "\n"


def decode_job(line: str) -> SheetJob:
    """Return the job of a line."""
    fields = json.loads(line)
    spec = fields["spec"] | {"page_size_mm": tuple(fields["spec"]["page_size_mm"])}
    assets = {name: base64.b64decode(content) for name, content in fields["assets"].items()}
    return SheetJob(html=fields["html"], spec=SheetSpec(**spec), assets=assets)


def answer(line: str, fonts: FontSet) -> Mapping[str, Any]:
    """Return the result of a job: a PDF, its faults, or what the machine lacks."""
    try:
        _require_libraries()
        from cardguide.pdf.render import render_sheet  # noqa: PLC0415 - loads the libraries just proved

        sheet = render_sheet(decode_job(line), fonts=fonts)
    except SheetError as error:
        return {"faults": [asdict(fault) for fault in error.faults]}
    except PressError as error:
        return {"reason": error.reason, "remedy": error.remedy}
    except MemoryError:
        return {
            "reason": "the sheet needs more memory than it is allowed",
            "remedy": "look for an endless layout",
        }
    return {"pages": sheet.pages, "slot": sheet.slot, "pdf": base64.b64encode(sheet.pdf).decode()}


def _require_libraries() -> None:
    """Refuse to work without Pango, or without the subsetter, which keeps the bytes the same between runs."""
    try:
        from weasyprint.text.ffi import harfbuzz_subset  # noqa: PLC0415 - fails where a library is missing
    except OSError as error:
        raise PressError(str(error).splitlines()[0], remedy=f"apt-get install {LIBRARIES}") from error
    if not harfbuzz_subset:
        raise PressError("libharfbuzz-subset is missing", remedy=f"apt-get install {LIBRARIES}")


def _private_output() -> TextIO:
    """Return the pipe to the parent, and send whatever a library prints to the error stream."""
    output = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return output


def _limit_time(seconds: int) -> None:
    """Let the system end this process once the next sheet has cost so much processor time, on a busy machine too."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = math.ceil(used.ru_utime + used.ru_stime) + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))


def main(fonts_directory: str, megabytes: str, seconds: str) -> None:
    """Answer jobs until the parent closes the pipe."""
    limit = int(megabytes) * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    gc.set_threshold(*RARELY)
    fonts = FontSet(directory=Path(fonts_directory))
    with _private_output() as output, open(0, encoding="utf-8") as jobs:
        for line in jobs:
            _limit_time(int(seconds))
            output.write(json.dumps(answer(line, fonts)) + "\n")
            output.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
