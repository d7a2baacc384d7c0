"""Rules about web addresses and phone numbers: where they may lead, and how they are written."""

import re
from collections.abc import Iterator
from itertools import chain
from urllib.parse import urlsplit

from cardguide.checks.survey import Survey
from cardguide.dataset import Path
from cardguide.problems import Problem

_GOVERNMENT = (".go.jp", ".lg.jp")
_TRACKING = re.compile(r"[?&](?:utm_\w+|fbclid|gclid|yclid|mc_[ce]id|ref|share)=", re.IGNORECASE)
_SHORTENERS = frozenset({"bit.ly", "t.co", "tinyurl.com", "goo.gl", "is.gd", "ow.ly", "x.gd", "lin.ee"})
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}")

# The agency's host of before 2019 answers without encryption only.
WITHOUT_ENCRYPTION = ("www.immi-moj.go.jp",)

_SWAPPED = 2

_PHONES = (
    re.compile(r"0120-\d{2,3}-\d{3,4}|0120-\d{4}-\d{2}"),
    re.compile(r"0570-\d{6}|0570-\d{3}-\d{3}"),
    re.compile(r"0\d{1,4}-\d{1,4}-\d{4}"),
    re.compile(r"\+\d{1,3}-\d{1,4}-\d{3,4}-\d{4}"),
)


def _addresses(survey: Survey) -> Iterator[tuple[Path, str]]:
    for path, source in survey.records("sources"):
        yield from (((*path, "urls", index), url) for index, url in enumerate(source.urls))
    for path, fact in survey.records("facts"):
        if fact.kind == "url" and fact.value is not None:
            yield (*path, "value"), fact.value
    site = survey.dataset.site
    for key in ("licence_url", "report_url"):
        if getattr(site, key) is not None:
            yield ("site", key), getattr(site, key)
    if site.publisher.contact_url is not None:
        yield ("site", "publisher", "contact_url"), site.publisher.contact_url


def _network(url: str) -> str:
    """Return the part of an address that names the host; nothing where that part is broken."""
    try:
        return urlsplit(url).netloc
    except ValueError:
        return ""


def check_hosts(survey: Survey) -> Iterator[Problem]:
    """An address has a plain host: no user, port, number or shortener."""
    for path, url in _addresses(survey):
        network = _network(url)
        if not _HOST.fullmatch(network) or network in _SHORTENERS or network.startswith("xn--"):
            yield survey.problem(path, "url-host", host=network)


def check_encryption(survey: Survey) -> Iterator[Problem]:
    """An address begins with https, but where a source knows no other."""
    for path, url in _addresses(survey):
        host = _network(url)
        is_public = host.endswith(_GOVERNMENT) or path[0] != "sources"
        if url.startswith("http:") and is_public and host not in WITHOUT_ENCRYPTION:
            yield survey.problem(path, "url-http", fixed=url.replace("http:", "https:", 1))


def check_tracking(survey: Survey) -> Iterator[Problem]:
    """An address carries nothing that follows readers."""
    for path, url in _addresses(survey):
        if match := _TRACKING.search(url):
            yield survey.problem(path, "url-tracking", words=match[0][1:])


def check_ends(survey: Survey) -> Iterator[Problem]:
    """An address ends where it ends: no bracket, stop or fragment swallowed from a sentence."""
    for path, url in _addresses(survey):
        if url[-1] in ".,;:!?)]}'\"」』" or "#" in url or any(character > "\x7f" for character in url):
            yield survey.problem(path, "url-end", url=url)


def check_official_hosts(survey: Survey) -> Iterator[Problem]:
    """An official source, and an address that readers are sent to, stands on a host of a public body."""
    for path, source in survey.records("sources"):
        for index, url in enumerate(source.urls if source.official else ()):
            if not _is_public(url):
                yield survey.problem((*path, "urls", index), "url-official", host=_network(url))
    for path, fact in survey.records("facts"):
        if fact.kind == "url" and fact.value is not None and not _is_public(fact.value):
            yield survey.problem((*path, "value"), "url-official", host=_network(fact.value))


def _is_public(url: str) -> bool:
    return _network(url).endswith((*_GOVERNMENT, "japaneselawtranslation.go.jp"))


def check_same_page(survey: Survey) -> Iterator[Problem]:
    """An address that readers are sent to is the address of a source that says so."""
    known = set(chain.from_iterable(source.urls for source in survey.dataset.sources.values()))
    for path, fact in survey.records("facts"):
        if fact.kind != "url" or fact.value is None or fact.value in known:
            continue
        cited = [survey.dataset.sources.get(reference.source) for reference in fact.sources]
        if not any(source is not None and source.kind == "flyer" for source in cited):
            yield survey.problem((*path, "value"), "url-unsourced", url=fact.value)


def check_hosts_alike(survey: Survey) -> Iterator[Problem]:
    """No host differs by one character from another host of the dataset."""
    places: dict[str, Path] = {}
    counts: dict[str, int] = {}
    for path, url in _addresses(survey):
        host = _network(url)
        places.setdefault(host, path)
        counts[host] = counts.get(host, 0) + 1
    hosts = sorted(places)
    for index, host in enumerate(hosts):
        for other in hosts[index + 1 :]:
            if _one_apart(host, other):
                rare, usual = sorted((host, other), key=lambda name: counts[name])
                yield survey.problem(places[rare], "url-alike", host=rare, other=usual)


def _one_apart(first: str, second: str) -> bool:
    """Tell whether one slip of the hand lies between two names: a letter more, less, other or swapped."""
    if len(first) == len(second):
        pairs = [pair for pair in zip(first, second, strict=True) if pair[0] != pair[1]]
        return len(pairs) == 1 or (len(pairs) == _SWAPPED and pairs[0] == pairs[1][::-1])
    shorter, longer = sorted((first, second), key=len)
    return any(longer[:index] + longer[index + 1 :] == shorter for index in range(len(longer)))


def check_addresses_once(survey: Survey) -> Iterator[Problem]:
    """No address is kept as two facts, and no two addresses have the same words."""
    seen: dict[tuple[str, str], str] = {}
    for path, fact in survey.records("facts"):
        if fact.kind != "url" or fact.value is None:
            continue
        labels = fact.label.root if fact.label is not None else {}
        said = {("value",): ("", fact.value)} | {
            ("label", tag): (tag, words) for tag, words in labels.items()
        }
        for where, words in said.items():
            if words in seen:
                yield survey.problem((*path, *where), "url-twice", words=words[1], other=seen[words])
            seen[words] = fact.id


def check_phones(survey: Survey) -> Iterator[Problem]:
    """A phone number has as many digits as its first ones ask for."""
    for path, fact in survey.records("facts"):
        if fact.kind != "phone" or fact.value is None:
            continue
        digits = fact.value.replace("-", "").removeprefix("+81").lstrip("+")
        expected = 9 if fact.value.startswith("+81") else 10
        if len(digits) != expected or not any(form.fullmatch(fact.value) for form in _PHONES):
            yield survey.problem((*path, "value"), "phone-wrong", number=fact.value, digits=str(expected))


def check_phones_once(survey: Survey) -> Iterator[Problem]:
    """No phone number is kept as two facts."""
    seen: dict[str, str] = {}
    for path, fact in survey.records("facts"):
        if fact.kind == "phone" and fact.value is not None:
            if fact.value in seen:
                yield survey.problem(
                    (*path, "value"), "phone-twice", number=fact.value, other=seen[fact.value]
                )
            seen[fact.value] = fact.id
