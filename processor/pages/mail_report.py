"""The summary of the night as the HTML of a mail: tables and inline styles, since Outlook reads neither style sheets nor grids."""

from collections.abc import Iterator, Sequence

from processor.model.findings import Finding, Severity
from processor.pages.french import capital, moment, several
from processor.pages.markup import Markup, element, together
from processor.pages.report import Report, Section, by_severity, shown

# Gmail cuts a mail at 102 kB; what is left out stands in rapport.html and in the text of the same mail.
_FINDINGS, _LINES, _TILES = 40, 12, 3
_FONT = "font-family:'Segoe UI',Helvetica,Arial,sans-serif;"
_INK, _MUTED, _LINE = "#1f2933", "#56636c", "#dde4e6"
_LOOKS = {
    Severity.STOP: ("#93291e", "#fae5e2"),
    Severity.ROW: ("#76500a", "#fbf0d9"),
    Severity.NOTE: ("#17594c", "#e3f1ee"),
}


def report_mail(report: Report) -> str:
    """The same as the page, shortened where it is long, and without links, which lead nowhere from a mail."""
    rows = together((_banner(report), _body(report), _foot()))
    card = _table(
        rows, width="640", style=f"width:100%;max-width:640px;border:1px solid {_LINE};background:#ffffff"
    )
    frame = element("tr", element("td", card, align="center", style="padding:20px 8px"))
    head = together(
        (
            element("meta", charset="utf-8"),
            element("meta", name="viewport", content="width=device-width, initial-scale=1"),
            element("meta", name="color-scheme", content="light"),
            element("title", _title(report)),
        )
    )
    body = element("body", _table(frame, width="100%", bgcolor="#f5f7f7"), style="margin:0;padding:0")
    return f"<!DOCTYPE html>\n{element('html', element('head', head), body, lang='fr')}\n"


def _title(report: Report) -> str:
    return f"Résumé de la nuit — {report.workbook}"


def _table(rows: Markup, **attributes: str) -> Markup:
    return element("table", rows, role="presentation", border=0, cellspacing=0, cellpadding=0, **attributes)


def _cell(*content: object, style: str = "", **attributes: str | int) -> Markup:
    """A cell of one row. Outlook takes fonts from no parent: each cell says its own."""
    said = f"{_FONT}font-size:15px;line-height:1.45;color:{_INK};{style}"
    return element("td", *content, style=said, **attributes)


def _row(*content: object, style: str = "", **attributes: str | int) -> Markup:
    return element("tr", _cell(*content, style=style, **attributes))


def _said(text: object, style: str) -> Markup:
    return element("span", text, style=style)


def _banner(report: Report) -> Markup:
    white = "color:#ffffff;"
    parts: list[object] = []
    if report.organisation:
        parts += [_said(report.organisation, f"{white}font-size:13px;font-weight:bold"), element("br")]
    parts += [
        _said("Résumé de la nuit", f"{white}font-size:26px;font-weight:bold;line-height:1.3"),
        element("br"),
        _said(f"{report.workbook} · {moment(report.now)}", f"{white}font-size:14px"),
    ]
    return _row(*parts, style="padding:22px 28px", bgcolor="#1f6f78")


def _body(report: Report) -> Markup:
    rows = [
        *_outcome(report),
        *_tiles(report),
        *_attention(report),
        *_sections("Ce qui a été fait", report.sections, "Rien n’a été changé cette nuit."),
        *_sections("Ce qui attend", report.waiting, ""),
    ]
    return _row(_table(together(rows), width="100%"), style="padding:22px 28px 8px")


def _outcome(report: Report) -> Iterator[Markup]:
    told = {finding.severity for finding in report.findings}
    ink, ground = _LOOKS[next((one for one in Severity if one in told), Severity.NOTE)]
    yield _row(
        report.outcome, style=f"padding:12px 16px;font-weight:bold;font-size:16px;color:{ink}", bgcolor=ground
    )


def _tiles(report: Report) -> Iterator[Markup]:
    """How many of each thing, three a line; nothing in a night that did nothing."""
    counts = [(len(section.lines), section.title) for section in report.sections if section.lines]
    lines = []
    for first in range(0, len(counts), _TILES):
        some = counts[first : first + _TILES]
        cells = [_tile(*one) for one in some]
        cells += [_cell(width="33%")] * (_TILES - len(some))
        lines.append(element("tr", *cells))
    if lines:
        yield _row(_table(together(lines), width="100%"), style="padding:14px 0 0")


def _tile(count: int, title: str) -> Markup:
    number = _said(count, "font-size:24px;font-weight:bold;color:#185860")
    label = _said(title, f"font-size:13px;color:{_MUTED}")
    return _cell(number, element("br"), label, style="padding:6px 12px 6px 0", width="33%", valign="top")


def _attention(report: Report) -> Iterator[Markup]:
    total = len(report.findings)
    yield _heading("À faire", f"({several(total, 'point')})" if total else "")
    if not total and not report.next_steps:
        yield _row("Rien ne demande votre attention.", style="color:#17594c")
    for number, step in enumerate(report.next_steps, 1):
        yield _row(f"{number}. {step}", style="padding:2px 0")
    left = _FINDINGS
    for severity, sheets in by_severity(report.findings):
        found = [finding for _, group in sheets for finding in group]
        if left > 0:
            yield _label(severity, len(found))
        for finding in found[: max(0, left)]:
            yield _finding(finding)
        left -= len(found)
    if left < 0:
        yield _more(-left, "les autres points sont")


def _label(severity: Severity, count: int) -> Markup:
    ink, ground = _LOOKS[severity]
    chip = _said(
        f"\u00a0{severity.label}\u00a0",
        f"background:{ground};color:{ink};font-size:13px;font-weight:bold",
    )
    return _row(chip, _said(f" {count}", f"color:{_MUTED}"), style="padding:10px 0 6px")


def _finding(finding: Finding) -> Markup:
    place = f"cellule {finding.cell}" if finding.cell else f"ligne {finding.row}" if finding.row else ""
    sheet = f"Feuille « {finding.sheet} »" if finding.sheet else ""
    where = ", ".join(part for part in (sheet, place) if part)
    where += f" ({finding.header})" if finding.header else ""
    parts = [
        _said(where, f"font-size:13px;color:{_MUTED}") if where else None,
        element("br") if where else None,
        _said(capital(finding.problem), "font-weight:bold"),
        element("br"),
        _said(capital(finding.why), f"color:{_MUTED}"),
        element("br"),
        _said("Que faire : ", "font-weight:bold"),
        finding.fix,
    ]
    ink = _LOOKS[finding.severity][0]
    inner = _row(*parts, style=f"padding:2px 0 2px 12px;border-left:3px solid {ink}")
    return _row(_table(inner, width="100%"), style="padding:0 0 14px")


def _sections(title: str, sections: tuple[Section, ...], nothing: str) -> Iterator[Markup]:
    kept = shown(sections)
    if not kept and not nothing:
        return
    yield _heading(title)
    if not kept:
        yield _row(nothing, style=f"color:{_MUTED}")
    for section in kept:
        yield _subtitle(section)
        if section.note:
            yield _row(section.note, style=f"color:{_MUTED};padding:0 0 4px")
        yield from _lines(section)


def _lines(section: Section) -> Iterator[Markup]:
    shown_ = section.lines if len(section.lines) <= _LINES + 1 else section.lines[:_LINES]
    for said, _ in shown_:
        yield _row(said, style=f"padding:5px 0;font-size:14px;border-bottom:1px solid {_LINE}")
    if len(shown_) < len(section.lines):
        yield _more(len(section.lines) - len(shown_), "la suite est")


def _more(count: int, what: str) -> Markup:
    return _row(
        f"… et {count} de plus : {what} dans rapport.html, à côté du classeur.",
        style=f"padding:6px 0;font-size:14px;color:{_MUTED}",
    )


def _heading(said: str, count: str = "") -> Markup:
    parts: Sequence[object] = (
        _said(said, "font-size:19px;font-weight:bold"),
        _said(f" {count}", f"font-size:16px;color:{_MUTED}") if count else None,
    )
    return _row(*parts, style="padding:26px 0 6px")


def _subtitle(section: Section) -> Markup:
    count = _said(f" ({len(section.lines)})", f"font-weight:normal;color:{_MUTED}") if section.lines else None
    return _row(section.title, count, style="padding:12px 0 4px;font-weight:bold")


def _foot() -> Markup:
    said = "Écrit par Séances. Le classeur dit la même chose, ligne par ligne, dans la colonne « Contrôle »."
    return _row(
        said, style=f"padding:14px 28px 22px;font-size:13px;color:{_MUTED};border-top:1px solid {_LINE}"
    )
