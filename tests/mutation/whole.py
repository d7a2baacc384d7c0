"""Mutants that concern a whole file: its encoding, its end, its presence."""

from collections.abc import Iterator, Mapping
from functools import partial

from mutation.operators import Mutant

_ENCODINGS = ("shift_jis", "euc_jp", "utf-16", "iso2022_jp")


def create_whole_mutants(contents: Mapping[str, bytes]) -> Iterator[Mutant]:
    """Yield mutants of whole files; they may be refused anywhere in their file."""
    for name, content in contents.items():
        text, lines = content.decode(), tuple(range(1, content.count(b"\n") + 3))
        wrong = {f"encoding {encoding}": text.encode(encoding, "ignore") for encoding in _ENCODINGS}
        wrong |= {f"cut at {part} of 4": content[: len(content) * part // 4] for part in (1, 2, 3)}
        wrong |= {"empty": b"", "comments only": b"# nothing\n", "two documents": content + b"---\nmore: 1\n"}
        wrong |= {"a control character": content[:40] + b"\x07" + content[40:]}
        for what, changed in wrong.items():
            yield Mutant(
                operator="whole file",
                name=name,
                where="",
                lines=lines,
                new=(),
                shown=what,
                make=partial(bytes, changed),
            )
