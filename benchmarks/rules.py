"""Reading, checking and planning a large office in one pass: `python benchmarks/rules.py [--seances 100000]`.

Each size runs in a process of its own. The sheets are made in memory, as the workbook's reader hands them over, so
that what is measured is the reading of cells, the snapshot and the plan. Seconds are those of the processor, which
other work on the machine does not change. Ten times the size must cost ten times the time.
"""

import argparse
import random
import resource
import subprocess
import sys
import time
from datetime import datetime, timedelta

from processor.contract import OPEN, PARAMETERS, PARTICIPATIONS, REGISTRATIONS, SESSIONS, TRAINERS, VENUES
from processor.model.past import Known
from processor.reading.grid import Cell, Grid
from processor.reading.snapshot import take
from processor.rules.plan import plan

NOW = datetime(2026, 12, 1, 2)
PEOPLE, SIZE = 5, 20


def grid(name: str, headers: str, rows: list[tuple[object, ...]]) -> Grid:
    """A sheet as the workbook's reader hands it over: strings shared, dates as dates, blank cells absent."""
    lines = [tuple(headers.split("|")), *rows]
    return Grid(
        name,
        {
            number: {
                column: Cell(value, shows_time=isinstance(value, datetime))  # type: ignore[arg-type]
                for column, value in enumerate(line, 1)
                if value is not None
            }
            for number, line in enumerate(lines, 1)
        },
    )


def office(seances: int) -> dict[str, Grid]:
    """Séances over three years, a third of them over, in sessions of twenty, each with five people: five participations a séance."""
    chance = random.Random(seances)  # noqa: S311 - the same office each time, nothing secret
    sessions = max(1, seances // SIZE)
    rooms, trainers = max(3, seances // 300), max(3, seances // 300)
    rows, noted, people = [], [], []
    for number in range(seances):
        session = number % sessions
        day = NOW + timedelta(days=chance.randrange(-365, 730))
        start = datetime(day.year, day.month, day.day, chance.choice((9, 11, 14, 16)))
        rows.append(
            (f"S-{number + 1:06}", f"Atelier {number % 97}", start, start + timedelta(hours=2), f"P{session}",
             f"Salle {chance.randrange(rooms)}", f"Anne Martin{chance.randrange(trainers)}")
        )  # fmt: skip
        for who in range(PEOPLE):
            presence = "Présent" if start < NOW else None
            noted.append((f"S-{number + 1:06}", f"Zoé {who}", f"Dupont {session}", None, presence))
    for session in range(sessions):
        people += [
            (f"P{session}", f"Zoé {who}", f"Dupont {session}", f"z{who}.{session}@exemple.fr")
            for who in range(PEOPLE)
        ]
    return {
        OPEN.name: grid(OPEN.name, "Code|Nom|Date de début|Date de fin|Session|Lieu|Formateurs", rows),
        PARTICIPATIONS.name: grid(PARTICIPATIONS.name, "Séance|Prénom|Nom|Courriel|Présence", noted),
        REGISTRATIONS.name: grid(REGISTRATIONS.name, "Session|Prénom|Nom|Courriel", people),
        SESSIONS.name: grid(SESSIONS.name, "Code|Nom", [(f"P{n}", f"Session {n}") for n in range(sessions)]),
        VENUES.name: grid(VENUES.name, "Nom|Capacité", [(f"Salle {n}", 30) for n in range(rooms)]),
        TRAINERS.name: grid(TRAINERS.name, "Prénom|Nom|Courriel", [("Anne", f"Martin{n}", None) for n in range(trainers)]),
        PARAMETERS.name: grid(PARAMETERS.name, "Nom|Valeur", [
            ("rappel (jours ouvrés avant)", 2), ("invitation automatique (jours avant)", 7), ("feuille d'émargement (jours avant)", 0),
        ]),
    }  # fmt: skip


def memory() -> float:
    """The most memory held so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measured(seances: int) -> None:
    """One line of the table."""
    grids = office(seances)
    before, start = memory(), time.process_time()
    snapshot = take(grids, list(grids), {}, Known(), NOW)
    read = time.process_time()
    found = plan(snapshot)
    done = time.process_time()
    clashes = sum(finding.code == "conflit-horaire" for finding in found.findings)
    print(
        f"| {seances:,} | {len(snapshot.participations):,} | {read - start:.2f} | {done - read:.2f} | "
        f"{(done - start) / seances * 1e6:.0f} | {before:.0f} | {memory():.0f} | {clashes:,} | {len(found.mails):,} |",
        flush=True,
    )


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--seances", type=int, default=100_000)
    arguments.add_argument("--one", action="store_true", help="this size alone, in this process")
    arguments.add_argument("--profile", action="store_true")
    given = arguments.parse_args()
    if given.profile:
        import cProfile

        cProfile.runctx("measured(n)", {"measured": measured, "n": given.seances}, {}, sort="cumulative")
    elif given.one:
        measured(given.seances)
    else:
        print(
            "| séances | participations | read, s | plan, s | µs a séance | MB of sheets | MB at most | conflicts | mails |"
        )
        print("|---|---|---|---|---|---|---|---|---|", flush=True)
        for share in (100, 10, 2, 1):
            size = max(1, given.seances // share)
            subprocess.run([sys.executable, __file__, "--one", "--seances", str(size)], check=True)


if __name__ == "__main__":
    main()
