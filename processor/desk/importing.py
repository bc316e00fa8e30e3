"""A list of people brought into the sheet Inscriptions: read, judged by the rules of the night, appended, with a backup."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from processor.contract import JOURNAL, REGISTRATIONS
from processor.journal.journal import Journal
from processor.model import Place, Registration
from processor.model.catalogue import quoted, say
from processor.model.findings import Finding, Severity, Stopped
from processor.model.names import normalised
from processor.model.nearest import nearest
from processor.model.plan import NewColumn, NewRow, NewSheet, Plan, Value
from processor.model.snapshot import Snapshot
from processor.night import apply
from processor.night.journal_place import past
from processor.night.lock import only_run
from processor.night.observe import Clock, Observation, grid_of, observe
from processor.night.run import check_free
from processor.reading.list_headers import FIELDS, Doubt, Recognised, recognise
from processor.reading.listed_people import listed_people
from processor.reading.listing import Listing, listing
from processor.rules.registering.joining import Fate, Outcome, added, joined
from processor.settings import Settings
from processor.workbook import Changed, InUse, Unreadable, open_workbook, replace_workbook

_SOURCE = Place("", 0)
_BIGGEST = 64 * 1024 * 1024


@dataclass(frozen=True)
class ImportRequest:
    """What the command asks: the list, whom it is for, the columns that the person named, the sheet of a workbook."""

    file: Path
    session: str = ""
    seance: str = ""
    columns: Mapping[str, str] | None = None
    sheet: str = ""


@dataclass(frozen=True)
class Brought:
    """What the list holds and what became of each line. `backup` is the copy of the workbook as it was, if it was changed."""

    asked: ImportRequest
    listing: Listing
    found: Recognised
    outcomes: tuple[Outcome, ...]
    backup: Path | None = None

    def count(self, fate: Fate) -> int:
        """How many lines had that fate."""
        return sum(outcome.fate is fate for outcome in self.outcomes)


def read_list(file: Path, sheet: str) -> Listing:
    """The list in a text file or a workbook. Raises Stopped with what is wrong with the file."""
    try:
        content = file.read_bytes() if file.stat().st_size <= _BIGGEST else b"\0"
    except OSError as error:
        raise _unreadable(file, "absent") from error
    if not content.strip():
        raise _unreadable(file, "empty")
    if content.startswith(b"PK"):
        return _sheet_of(file, sheet)
    found = listing(content)
    if found is None:
        raise _unreadable(file, "neither")
    return found


def _sheet_of(file: Path, wanted: str) -> Listing:
    try:
        book = open_workbook(file)
        names = [name for name in book.sheet_names if any(True for _ in book.sheet(name).rows())]
        name = (
            next((n for n in names if normalised(n) == normalised(wanted)), "")
            if wanted
            else next(iter(names), "")
        )
        if not name:
            variant = "no-sheets" if not wanted else "no-sheet" if names else "no-sheet.other"
            raise _unreadable(file, variant, wanted=wanted, names=quoted(names))
        others = tuple(one for one in names if one != name)
        return Listing(grid_of(book.sheet(name), book.date_1904), say("import.sheet", name=name), others)
    except Unreadable as error:
        raise _unreadable(file, "damaged") from error


def _unreadable(file: Path, variant: str, wanted: str = "", names: str = "") -> Stopped:
    found = Finding.of("liste-illisible", Severity.STOP, variant, file=file.name, wanted=wanted, names=names)
    return Stopped([found])


def columns_of(asked: ImportRequest, found: Listing) -> tuple[Recognised, tuple[Doubt, ...]]:
    """The columns of the list and what is in doubt. Raises Stopped when no row looks like headers."""
    recognised, doubts = recognise(found.grid, asked.columns or {})
    if not recognised.columns:
        first = next((list(row.values()) for _, row in sorted(found.grid.rows.items()) if row), [])
        seen = quoted(str(cell.value) for cell in first[:6])
        raise Stopped([Finding.of("liste-sans-titres", Severity.STOP, file=asked.file.name, seen=seen)])
    return recognised, doubts


def in_doubt(asked: ImportRequest, found: Recognised, doubts: tuple[Doubt, ...]) -> Finding:
    """The refusal of a list whose columns are in doubt, with what to type."""
    typed = " ".join(
        f'--columns "{FIELDS[d.field]}={d.candidates[0] if d.candidates else "…"}"' for d in doubts
    )
    return Finding.of(
        "colonnes-a-preciser",
        Severity.STOP,
        file=asked.file.name,
        row=found.header_row,
        doubts=" ; ".join(map(_told, doubts)),
        titles=quoted(list(found.headers.values())[:12]),
        typed=typed,
    )


def _told(doubt: Doubt) -> str:
    if not doubt.candidates or doubt.field == "full_name":
        return doubt.why
    names = say("or").join(say("quoted", text=name) for name in doubt.candidates[:3])
    return say("import.perhaps", why=doubt.why, names=names)


def bring(
    settings: Settings, clock: Clock, asked: ImportRequest, found: Listing, columns: Recognised
) -> Brought:
    """Adds what is new to the workbook. Raises Stopped (nothing changed), WorkbookOpen, or Busy."""
    settings.state.mkdir(parents=True, exist_ok=True)
    with only_run(settings.state), Journal.open(settings.journal_place) as journal:
        apply.recover(settings, journal)
        check_free(settings.workbook)
        observation = observe(settings, settings.workbook, journal.view(), clock)
        outcomes = _outcomes(observation.snapshot, asked, found, columns)
        rows = list(added(outcomes))
        backup = _written(settings, observation, asked, rows) if rows else None
    return Brought(asked, found, columns, outcomes, backup)


def look(
    settings: Settings, clock: Clock, asked: ImportRequest, found: Listing, columns: Recognised
) -> Brought:
    """The same without changing anything."""
    snapshot = observe(settings, settings.workbook, past(settings), clock).snapshot
    return Brought(asked, found, columns, _outcomes(snapshot, asked, found, columns))


def _outcomes(
    snapshot: Snapshot, asked: ImportRequest, found: Listing, columns: Recognised
) -> tuple[Outcome, ...]:
    _check_target(snapshot, asked, columns)
    return tuple(joined(snapshot, listed_people(found.grid, columns), asked.session, asked.seance))


def _check_target(snapshot: Snapshot, asked: ImportRequest, columns: Recognised) -> None:
    known = snapshot.codes if asked.seance else tuple(s.code for s in snapshot.sessions)
    typed = asked.seance or asked.session
    example = _example(snapshot)
    variant = "import.example" if example else "import"
    if not typed and not {"session", "seance"} & columns.columns.keys():
        raise Stopped([Finding.of("inscription-sans-seance", Severity.STOP, variant, example=example)])
    if typed and normalised(typed) not in {normalised(code) for code in known}:
        near = nearest(typed, known)
        unknown = "seance-inconnue" if asked.seance else "session-inconnue"
        variant = "import.near" if near else variant
        raise Stopped([Finding.of(unknown, Severity.STOP, variant, code=typed, near=near, example=example)])


def _example(snapshot: Snapshot) -> str:
    """The option that names the first code of the workbook, or nothing where it has none."""
    codes = [
        *(f"--session {s.code}" for s in snapshot.sessions),
        *(f"--seance {code}" for code in snapshot.codes),
    ]
    return next(iter(codes), "")


def _written(
    settings: Settings, observation: Observation, asked: ImportRequest, rows: list[Registration]
) -> Path | None:
    """Appends the rows to a copy of the workbook and puts it in place: all or nothing, the old one is kept."""
    snapshot = observation.snapshot
    run = apply.new_run_id(snapshot.now)
    replacement = apply.edited(settings, observation, _plan(snapshot, asked, rows), run)
    if replacement is None:
        return None
    stamp = f"{snapshot.now:%Y-%m-%d %H-%M-%S} {run[-6:]}"
    try:
        return replace_workbook(
            settings.workbook, replacement, observation.book.digest, settings.backups, stamp
        )
    except (Changed, InUse) as error:
        replacement.unlink(missing_ok=True)
        raise Stopped([apply.changed_meanwhile(settings.workbook)]) from error


def _plan(snapshot: Snapshot, asked: ImportRequest, rows: list[Registration]) -> Plan:
    because = say("import.because", file=asked.file.name)
    values = [_values(row) for row in rows]
    return Plan(
        now=snapshot.now,
        rows=(
            *(NewRow(REGISTRATIONS.name, v, _SOURCE, because) for v in values),
            *_journal(snapshot, asked, rows),
        ),
        sheets=() if snapshot.has(REGISTRATIONS) else (NewSheet(REGISTRATIONS.name, because),),
        columns=tuple(_columns(snapshot, values, because)),
    )


def _values(row: Registration) -> dict[str, Value]:
    said: dict[str, Value] = {
        "session": row.session, "seance": row.seance, "civility": row.civility, "first_name": row.first_name,
        "last_name": row.last_name, "email": str(row.email), "employer": row.employer, "role": str(row.role), "status": str(row.status),
        "since": row.since,
    }  # fmt: skip
    return {name: value for name, value in said.items() if value}


def _columns(snapshot: Snapshot, values: list[dict[str, Value]], because: str) -> Iterator[NewColumn]:
    """The columns that the sheet lacks and that say who comes to what; a list's employer makes no column."""
    layout = snapshot.layouts.get(REGISTRATIONS.name)
    for name in ("session", "seance", "email", "status") if layout else ():
        wanted = any(name in value and value[name] != "Inscrit" for value in values)
        if layout and wanted and not layout.has(name):
            yield NewColumn(REGISTRATIONS.name, name, REGISTRATIONS.column(name).header, because)


def _journal(snapshot: Snapshot, asked: ImportRequest, rows: list[Registration]) -> Iterator[NewRow]:
    if snapshot.has(JOURNAL):
        slug = "import.detail.session" if asked.session else "import.detail"
        detail = say(slug, count=len(rows), session=asked.session, file=asked.file.name)
        said: dict[str, Value] = {
            "when": _minute(snapshot.now),
            "action": say("import.action"),
            "seance": asked.seance or None,
            "detail": detail,
        }
        yield NewRow(JOURNAL.name, said, _SOURCE, detail)


def _minute(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)
