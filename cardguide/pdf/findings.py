"""From what one look finds to the faults of a sheet."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from cardguide.pdf.sheets import SheetFault, SheetSpec

Details = Mapping[str, str]
Finding = tuple[int, str, str, Details]


def create_faults(findings: Iterable[Finding], spec: SheetSpec) -> Iterator[SheetFault]:
    """Yield one fault for each page, block and rule that was measured, and one for each other finding.

    A measured fault keeps the largest ``millimetres`` and the sum of the ``characters``.
    """
    for _, group in groupby(sorted(findings, key=_sameness), key=_sameness):
        several = list(group)
        page, block, rule, _ = several[0]
        yield SheetFault(
            sheet=spec.name,
            locale=spec.locale,
            page=page,
            block=block,
            rule=rule,
            details=_merge([details for *_, details in several]),
        )


def _sameness(finding: Finding) -> tuple[int, str, str, str]:
    page, block, rule, details = finding
    return page, block, rule, "" if details.keys() & {"millimetres", "characters"} else str(details)


def _merge(several: list[Details]) -> Details:
    merged = dict(several[0])
    if "millimetres" in merged:
        merged["millimetres"] = max((details["millimetres"] for details in several), key=float)
    if "characters" in merged:
        merged["characters"] = str(sum(int(details["characters"]) for details in several))
    return merged
