"""The summary of the night as HTML: a page that needs no other file, and the same as a mail."""

from collections.abc import Iterator

from processor.model.findings import Finding, Severity
from processor.pages.rendering import page, rendered
from processor.pages.report import Report, by_severity, shown

_LOOKS = {Severity.STOP: "bad", Severity.ROW: "wait", Severity.NOTE: "note"}
# Gmail cuts a mail at 102 kB; what is left out stands in rapport.html and in the text of the same mail.
_FINDINGS, _LINES = 40, 12


def report_html(report: Report) -> str:
    """The page, for `rapport.html`: it carries its stylesheet, runs nothing and loads nothing."""
    groups = list(by_severity(report.findings))
    return page("report.html", {"groups": groups, **_both(report)}, embedded=True)


def report_mail(report: Report) -> str:
    """The same as the page, shortened where it is long, and without links, which lead nowhere from a mail."""
    untold = max(0, len(report.findings) - _FINDINGS)
    shortened = {"told": list(_told(report)), "untold": untold, "most_lines": _LINES}
    return rendered("mail.html", {**shortened, **_both(report)})


def _both(report: Report) -> dict[str, object]:
    """What the page and the mail are both given; the tiles say how many of each thing the night did."""
    found = {finding.severity for finding in report.findings}
    return {
        "report": report,
        "organisation": report.organisation,
        "looks": _LOOKS,
        "look": _LOOKS[next((one for one in Severity if one in found), Severity.NOTE)],
        "tiles": [section for section in report.sections if section.lines],
        "done": shown(report.sections),
        "waiting": shown(report.waiting),
    }


def _told(report: Report) -> Iterator[tuple[Severity, int, list[Finding]]]:
    """Of each severity, how many findings there are, and those that a mail has room for."""
    left = _FINDINGS
    for severity, sheets in by_severity(report.findings):
        found = [finding for _, group in sheets for finding in group]
        if left > 0:
            yield severity, len(found), found[:left]
        left -= len(found)
