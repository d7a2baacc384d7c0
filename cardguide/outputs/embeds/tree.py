"""A table as a tree for the component: ``[name, attributes, child, ...]``, text as strings."""

from html.parser import HTMLParser

Tree = list["str | dict[str, str] | Tree"]
_EMPTY = frozenset({"br"})
_LAYOUT_ONLY = frozenset({"table", "thead", "tbody", "tfoot", "tr", "ul"})


def create_tree(html: str) -> Tree:
    """Return the one element of an HTML fragment; space between rows and cells is left out."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.root


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root: Tree = []
        self._open: list[Tree] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node: Tree = [tag, {name: value or "" for name, value in attrs}]
        if self._open:
            self._open[-1].append(node)
        else:
            self.root = node
        if tag not in _EMPTY:
            self._open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if self._open.pop()[0] != tag:
            raise ValueError(f"the template closes <{tag}> in the wrong place")

    def handle_data(self, data: str) -> None:
        if self._open and not (self._open[-1][0] in _LAYOUT_ONLY and not data.strip()):
            self._open[-1].append(data.replace("\n", " ") if data.strip() else " ")
