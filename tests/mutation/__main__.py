"""Run the whole: the tests import each other by their own names, so their folder must be searched."""

import runpy
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
runpy.run_module("mutation.command", run_name="__main__")
