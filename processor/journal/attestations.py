"""The register of attestations: numbers without a gap, each with the bytes it was given to and what it replaces."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, func, inspect, select

from processor.journal import schema
from processor.journal.records import AttestationRecord


class NumbersTaken(Exception):
    """Another program gave these numbers meanwhile; planning again gives the next ones."""


def register(connection: Connection, numbers: Sequence[str]) -> None:
    """Raises NumbersTaken unless the numbers follow each other and the last one of their year.

    A journal that is younger than its workbook knows fewer numbers than were issued: it may begin anywhere.
    """
    if not numbers:
        return
    year, first = numbers[0][:4], _count(numbers[0])
    table = schema.attestations
    last = connection.execute(
        select(func.max(table.c.number)).where(table.c.number.startswith(f"{year}-"))
    ).scalar()
    if list(numbers) != [f"{year}-{first + step:06}" for step in range(len(numbers))]:
        raise NumbersTaken(f"{numbers[0]} … {numbers[-1]} do not follow each other")
    if last is not None and first <= _count(last):
        raise NumbersTaken(f"{numbers[0]} does not follow {last}")


def read_register(connection: Connection) -> dict[str, AttestationRecord]:
    """All attestations by number; none in a journal that is older than the register."""
    table, documents = schema.attestations, schema.documents
    if not inspect(connection).has_table(table.name):
        return {}
    same = (table.c.key == documents.c.key) & (table.c.run == documents.c.run)
    rows = connection.execute(select(table, documents.c.file).join(documents, same).order_by(table.c.number))
    found = {
        row.number: AttestationRecord(
            row.number, row.key, row.file, row.sha256, datetime.fromisoformat(row.issued_on), row.replaces, row.reason, row.statement
        )
        for row in rows
    }  # fmt: skip
    for record in list(found.values()):
        if record.replaces in found:
            found[record.replaces] = replace(found[record.replaces], replaced_by=record.number)
    return found


def _count(number: str) -> int:
    return int(number.partition("-")[2])
