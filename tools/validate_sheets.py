"""Prove a sample of many sheets: ``python tools/validate_sheets.py FOLDER [--share 0.05] [--seed N]``.

For what ``build.py flyers A4 --office all`` has written: each sheet of the sample must be PDF/UA-1 and PDF/A-2a without
a single failure. Prints one line for each failure and the sum at the end; the exit code is 1 if there was one.
"""

import argparse
import math
import random
import sys
from pathlib import Path

import page as validator

PROFILES = ("ua1", "pdfa-2a")
PROGRESS = 50  # sheets between two words to the person who waits


def main() -> int:
    """Validate the sample and say what is wrong with it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--share", type=float, default=0.05)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    sheets = sorted(options.folder.rglob("*.pdf"))
    if not sheets:
        sys.exit(f"{options.folder}: there are no sheets")
    sample = random.Random(options.seed).sample(sheets, math.ceil(len(sheets) * options.share))  # noqa: S311 - no secret
    failures = 0
    for count, sheet in enumerate(sample, start=1):
        for profile in PROFILES:
            for failure in validator.validate_pdf(str(sheet), profile=profile).failures:
                print(f"{sheet.name}: {profile}: {failure}")
                failures += 1
        if count % PROGRESS == 0:
            print(f"{count} of {len(sample)}", file=sys.stderr)
    print(f"{len(sample)} of {len(sheets)} sheets, {' and '.join(PROFILES)}: {failures} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
