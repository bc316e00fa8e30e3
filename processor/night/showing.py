"""The plan and the findings as data for programs and as French text for people."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from processor.contract import PARTICIPATIONS
from processor.documents.names import attached_name
from processor.model import Place, Roll
from processor.model.catalogue import say
from processor.model.findings import Finding, Severity, finding_text
from processor.model.plan import Document, Mail, Move, NewRow, Plan, Value, Write
from processor.model.snapshot import Snapshot
from processor.model.typography import plain

NameOf = Callable[[Document], str]
SubjectOf = Callable[[Mail], str]


def findings_json(findings: Iterable[Finding]) -> dict[str, Any]:
    """The JSON of `seances check`."""
    return {"findings": [finding.as_json() for finding in findings]}


def plan_json(plan: Plan, snapshot: Snapshot, name_of: NameOf, subject_of: SubjectOf) -> dict[str, Any]:
    """The JSON of `seances plan`: data, in the order in which it is done."""
    files = {document.key: name_of(document) for document in plan.documents}
    return {
        "now": plan.now.isoformat(),
        "findings": [finding.as_json() for finding in plan.findings],
        "moves": [
            {"code": m.code, "from": m.source.sheet, "row": m.source.row, "to": m.to, "because": m.because} for m in plan.moves
        ],
        "repeats": [
            {"code": r.code, "serie": r.serie, "name": r.name, "start": r.start.isoformat(), "end": r.end.isoformat(), "because": r.because}
            for r in plan.repeats
        ],
        "registrations": [_registration(row) for row in plan.rows if row.sheet == PARTICIPATIONS.name],
        "documents": [_document(document, files[document.key]) for document in plan.documents],
        "lists": [{"code": export.code, "because": export.because} for export in plan.lists],
        "mails": [
            {"key": m.key, "kind": m.kind.label, "to": str(m.to_address), "subject": plain(subject_of(m)),
             "attachments": [attached_name(m.facts) for key in m.documents if key in files], "because": m.because}
            for m in plan.mails
        ],
        "writes": [_write(write, snapshot) for write in plan.writes],
        "rows": [_row(row) for row in plan.rows if row.sheet != PARTICIPATIONS.name],
        "columns": [{"sheet": c.sheet, "header": c.header, "because": c.because} for c in plan.columns],
        "sheets": [{"sheet": s.sheet, "because": s.because} for s in plan.sheets],
        "marks": [{"sheet": m.sheet, "row": m.row, "column": m.column, "marked": m.marked} for m in plan.marks],
    }  # fmt: skip


def _registration(row: NewRow) -> dict[str, Any]:
    return {
        "seance": row.values["seance"],
        "person": f"{row.values['first_name']} {row.values['last_name']}",
        "to": row.values.get("email"),
        "role": row.values["role"],
        "status": row.values["status"],
        "because": row.because,
    }


def _document(document: Document, file: str) -> dict[str, Any]:
    person = document.facts.person
    return {
        "kind": document.kind.label,
        "seance": document.seance or None,
        "session": document.session or None,
        "person": person.full_name if person else None,
        "number": document.facts.number or None,
        "file": file,
        "because": document.because,
    }


def _write(write: Write, snapshot: Snapshot) -> dict[str, Any]:
    return {
        "sheet": write.source.sheet,
        "cell": cell_address(snapshot, write.source, write.field),
        "value": _plain(write.value),
        "because": write.because,
    }


def cell_address(snapshot: Snapshot, place: Place, field: str) -> str:
    """The A1 address of a field of a row; the row alone while the column is still to be added."""
    layout = next((one for one in snapshot.layouts.values() if one.sheet == place.sheet), None)
    return (layout.address(place.row, field) if layout else "") or say("row", row=place.row)


def _row(row: NewRow) -> dict[str, Any]:
    return {
        "sheet": row.sheet,
        "values": {name: _plain(value) for name, value in row.values.items()},
        "because": row.because,
    }


def _plain(value: Value) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def findings_text(findings: Iterable[Finding]) -> str:
    """The findings for a person, the gravest first, in the order of the workbook."""
    order = list(Severity)
    ordered = sorted(findings, key=lambda f: (order.index(f.severity), f.sheet, f.row, f.cell, f.code))
    return "\n\n".join(finding_text(finding) for finding in ordered)


def counted(findings: Iterable[Finding]) -> str:
    """The findings in one line.

    >>> counted([])
    'Tout est en ordre.'
    """
    tally = Counter(finding.severity for finding in findings)
    if not tally:
        return say("plan.calm")
    return ", ".join(say(f"plan.counted.{s.value}", count=tally[s]) for s in Severity if s in tally) + "."


def plan_text(plan: Plan, snapshot: Snapshot, name_of: NameOf, subject_of: SubjectOf) -> str:
    """The plan for a person: what changes in the workbook, which documents, who is written to."""
    names = {seance.place: say("quoted", text=seance.name) for seance in snapshot.seances}
    parts: dict[str, Sequence[str]] = {
        "plan.moves": [_move_line(move, names.get(move.source, "")) for move in plan.moves],
        "plan.repeats": [say("plan.repeat", code=r.code, name=r.name, when=r.start, because=r.because) for r in plan.repeats],
        "plan.documents": [say("plan.document", file=name_of(d), because=d.because) for d in plan.documents],
        "plan.mails": [say("plan.mail", to=m.to_address, subject=plain(subject_of(m)), because=m.because) for m in plan.mails],
        "plan.lists": [say("plan.document", file=_title(x.roll), because=x.because) for x in plan.lists],
        "plan.rows": _row_lines(plan.rows),
        "plan.writes": [_write_line(w, snapshot) for w in plan.writes],
        "plan.structure": [*(say("plan.sheet", sheet=s.sheet, because=s.because) for s in plan.sheets),
                           *(say("plan.column", sheet=c.sheet, header=c.header, because=c.because) for c in plan.columns)],
    }  # fmt: skip
    told_parts = [
        "\n  ".join((say("plan.heading", title=say(slug), number=len(lines)), *lines))
        for slug, lines in parts.items()
        if lines
    ]
    return "\n\n".join(told_parts) if told_parts else say("plan.nothing")


def _move_line(move: Move, name: str) -> str:
    return say(
        "plan.move", code=move.code or say("plan.codeless"), name=name, to=move.to, because=move.because
    )


def _title(roll: object) -> str:
    if isinstance(roll, Roll):
        return f"{roll.seance.code} {roll.seance.name}"
    session = getattr(roll, "session", None)
    return say("plan.session", code=session.code, name=session.name) if session else ""


def _row_lines(rows: Iterable[NewRow]) -> list[str]:
    tally = Counter((row.sheet, str(row.values.get("seance") or "")) for row in rows)
    return [
        say("plan.row.seance" if code else "plan.row", sheet=sheet, count=count, code=code)
        for (sheet, code), count in tally.items()
    ]


def _write_line(write: Write, snapshot: Snapshot) -> str:
    cell = cell_address(snapshot, write.source, write.field)
    slug = "plan.emptied" if write.value is None else "plan.write"
    return say(slug, sheet=write.source.sheet, cell=cell, value=_shown(write.value), because=write.because)


def _shown(value: Value) -> str:
    text = f"{value:%d/%m/%Y %H:%M}" if hasattr(value, "strftime") else str(value)
    return text if len(text) <= 90 else text[:89] + "…"
