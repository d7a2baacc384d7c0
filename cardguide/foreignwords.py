"""Words in another script than the page's, marked with their language, so that they are read and drawn rightly."""

import re

_TOKEN = re.compile(r"<!--.*?-->|<[^>]+>", re.DOTALL)
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z][\w-]*)")
_LANG = re.compile(r'\slang="([^"]*)"')
_JAPANESE = re.compile(
    r"[\u3041-\u30ff\u4e00-\u9fff々〆]+(?:[、「」（）・][\u3041-\u30ff\u4e00-\u9fff々〆]+)*"
)
_VOID = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "path", "source", "wbr"})
#: Here a span cannot stand, or means nothing.
_PLAIN = frozenset({"script", "style", "code", "text", "tspan", "title", "textarea"})


def mark_japanese(html: str, locale: str) -> str:
    """Return the HTML of a page in which every Japanese word outside a ``lang`` of its own carries one."""
    if locale == "ja":
        return html
    done: list[str] = []
    open_elements: list[tuple[str, str, int]] = [("", locale, -1)]
    at = 0
    for token in _TOKEN.finditer(html):
        _add_text(done, html[at : token.start()], open_elements[-1])
        done.append(token[0])
        _follow(open_elements, token[0], len(done) - 1)
        at = token.end()
    _add_text(done, html[at:], open_elements[-1])
    return "".join(done)


def _follow(open_elements: list[tuple[str, str, int]], token: str, index: int) -> None:
    """Keep the list of open elements, each with its language and the place of its tag."""
    tag = _TAG.match(token)
    if tag is None or tag["name"] in _VOID or token.endswith("/>"):
        return
    if tag["end"]:
        names = [name for name, _, _ in open_elements]
        if tag["name"] in names[1:]:
            del open_elements[len(names) - 1 - names[::-1].index(tag["name"]) :]
        return
    lang = _LANG.search(token)
    open_elements.append((tag["name"], lang[1] if lang else open_elements[-1][1], index))


def _add_text(done: list[str], text: str, parent: tuple[str, str, int]) -> None:
    name, lang, index = parent
    if lang == "ja" or name in _PLAIN or not _JAPANESE.search(text):
        done.append(text)
    elif name == "option":  # holds text alone
        done[index] = done[index].replace("<option", '<option lang="ja"', 1)
        done.append(text)
    else:
        done.append(_JAPANESE.sub(r'<span lang="ja">\g<0></span>', text))
