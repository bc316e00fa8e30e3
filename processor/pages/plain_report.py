"""The summary of the night as plain text, for a mail."""

from collections.abc import Iterator

from processor.model.catalogue import say
from processor.model.findings import finding_text
from processor.model.french import moment
from processor.pages.report import Report, Section, by_severity, shown


def report_text(report: Report) -> str:
    """The same as the page, in the same order; links are left out, since they lead nowhere from a mail.

    >>> from datetime import datetime
    >>> print(report_text(Report(datetime(2026, 12, 1, 3, 30), "centre.xlsx", "Tout est fait.",
    ...     sections=(Section("Séances déplacées", (("S-0012 Accueil", None),)),))).replace("\\xa0", " "))
    Résumé de la nuit du mardi 1er décembre 2026 à 3 h 30
    centre.xlsx
    <BLANKLINE>
    Tout est fait.
    <BLANKLINE>
    À FAIRE
    Rien ne demande votre attention.
    <BLANKLINE>
    CE QUI A ÉTÉ FAIT
    Séances déplacées (1)
      - S-0012 Accueil
    <BLANKLINE>
    """
    blocks = (
        _opening(report),
        _attention(report),
        _sections(say("report.done"), report.sections, say("report.text.nothing")),
    )
    waiting = _sections(say("report.waiting"), report.waiting, "")
    return "\n\n".join(block for block in (*blocks, waiting) if block) + "\n"


def _opening(report: Report) -> str:
    return f"{say('report.text.title', when=moment(report.now))}\n{report.workbook}\n\n{report.outcome}"


def _attention(report: Report) -> str:
    heading = say("report.todo").upper()
    if not report.findings and not report.next_steps:
        return f"{heading}\n{say('report.calm')}"
    count = " " + say("report.points", count=len(report.findings)) if report.findings else ""
    steps = [f"{number}. {step}" for number, step in enumerate(report.next_steps, 1)]
    findings = [
        finding_text(one)
        for _, sheets in by_severity(report.findings)
        for _, group in sheets
        for one in group
    ]
    return "\n".join((heading + count, *steps, *(["\n\n".join(findings)] if findings else [])))


def _sections(title: str, sections: tuple[Section, ...], nothing: str) -> str:
    kept = shown(sections)
    if not kept:
        return f"{title.upper()}\n{nothing}" if nothing else ""
    return f"{title.upper()}\n" + "\n\n".join("\n".join(_section(section)) for section in kept)


def _section(section: Section) -> Iterator[str]:
    yield f"{section.title} ({len(section.lines)})" if section.lines else section.title
    if section.note:
        yield f"  {section.note}"
    for said, _ in section.lines:
        yield f"  - {said}"
