"""The libraries of the system that lay out text: they decide about bytes, and no lock of ours names them."""

import ctypes
from collections.abc import Mapping
from functools import cache

_VERSIONS = {
    "pango": ("libpango-1.0.so.0", "pango_version_string"),
    "harfbuzz": ("libharfbuzz.so.0", "hb_version_string"),
}


@cache
def system_libraries() -> Mapping[str, str]:
    """Return the version of each; empty where a library is missing, which the press then says in words."""
    return {name: _ask(*question) for name, question in _VERSIONS.items()}


def _ask(library: str, function: str) -> str:
    try:
        say = getattr(ctypes.CDLL(library), function)
    except (OSError, AttributeError):
        return ""
    say.restype = ctypes.c_char_p
    return str((say() or b"").decode("ascii", "replace"))
