"""The summary of the night as one page that needs no other file: what asks for someone, what was done, what waits."""

from collections.abc import Sequence

from processor.model.findings import Finding, Severity
from processor.pages.french import capital, moment, several
from processor.pages.links import address
from processor.pages.markup import Markup, element, together
from processor.pages.page import banner, chip, foot, main, page
from processor.pages.report import Line, Report, Section, by_severity, shown

_LOOKS = {Severity.STOP: "bad", Severity.ROW: "wait", Severity.NOTE: "note"}


def report_html(report: Report) -> str:
    """The page, for `rapport.html`: it carries its stylesheet, runs nothing and loads nothing."""
    return page(
        f"Résumé de la nuit — {report.workbook}",
        banner(
            report.organisation,
            element("h1", "Résumé de la nuit"),
            element("p", report.workbook, " · ", moment(report.now), class_="subtitle"),
        ),
        main(
            element("p", report.outcome, class_=f"outcome {_look(report.findings)}"),
            _tiles(report),
            _attention(report),
            _sections("Ce qui a été fait", report.sections, "Rien n’a été changé cette nuit."),
            _sections("Ce qui attend", report.waiting, ""),
        ),
        foot(
            "Écrit par Séances. Le classeur dit la même chose, ligne par ligne, dans la colonne « Contrôle »."
        ),
        embedded=True,
    )


def _look(findings: Sequence[Finding]) -> str:
    gravest = next((severity for severity in Severity if any(f.severity is severity for f in findings)), None)
    return _LOOKS[gravest] if gravest and gravest is not Severity.NOTE else "good"


def _tiles(report: Report) -> Markup | None:
    counts = [(section.title, len(section.lines)) for section in report.sections if section.lines]
    if not counts:
        return None
    tiles = together(element("li", element("b", count), " ", title) for title, count in counts)
    return element("ul", tiles, class_="tiles", aria_label="En chiffres")


def _attention(report: Report) -> Markup:
    count = len(report.findings)
    if not count and not report.next_steps:
        return element(
            "section",
            element("h2", "À faire"),
            element("p", "Rien ne demande votre attention.", class_="calm"),
        )
    heading = element(
        "h2", "À faire ", element("span", f"({several(count, 'point')})", class_="count") if count else None
    )
    steps = element("ol", together(element("li", step) for step in report.next_steps), class_="steps")
    groups = together(_group(severity, sheets) for severity, sheets in by_severity(report.findings))
    return element("section", heading, steps if report.next_steps else None, groups)


def _group(severity: Severity, sheets: list[tuple[str, list[Finding]]]) -> Markup:
    total = sum(len(findings) for _, findings in sheets)
    heading = element(
        "h3", chip(severity.label, _LOOKS[severity]), " ", element("span", total, class_="count")
    )
    return element(
        "div",
        heading,
        together(_sheet(sheet, findings, severity) for sheet, findings in sheets),
        class_="group",
    )


def _sheet(sheet: str, findings: list[Finding], severity: Severity) -> Markup:
    heading = element("h4", f"Feuille « {sheet} »") if sheet else None
    cards = together(_finding(finding) for finding in findings)
    return together((heading, element("ul", cards, class_=f"findings {_LOOKS[severity]}")))


def _finding(finding: Finding) -> Markup:
    place = f"Cellule {finding.cell}" if finding.cell else f"Ligne {finding.row}" if finding.row else ""
    where = together((element("b", place), f" {finding.header}" if finding.header else None))
    return element(
        "li",
        element("p", where, class_="where") if place or finding.header else None,
        element("p", capital(finding.problem), class_="problem"),
        element("p", capital(finding.why), class_="why"),
        element("p", element("b", "Que faire : "), finding.fix, class_="fix"),
    )


def _sections(title: str, sections: tuple[Section, ...], nothing: str) -> Markup | None:
    kept = shown(sections)
    if not kept and not nothing:
        return None
    content = (
        together(_section(section) for section in kept) if kept else element("p", nothing, class_="nothing")
    )
    return element("section", element("h2", title), content)


def _section(section: Section) -> Markup:
    count = element("span", f"({len(section.lines)})", class_="count") if section.lines else None
    return element(
        "div",
        element("h3", f"{section.title} ", count),
        element("p", section.note, class_="why") if section.note else None,
        element("ul", together(_line(line) for line in section.lines), class_="lines")
        if section.lines
        else None,
        class_="group",
    )


def _line(line: Line) -> Markup:
    said, href = line
    return element("li", element("a", said, href=address(href)) if href else said)
