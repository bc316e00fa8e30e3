"""Read the journal into plain data: what a plan may know of the past."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, Row, desc, select

from processor.journal import schema, slugs
from processor.journal.records import (
    BounceRecord,
    CalendarRecord,
    JournalView,
    RunRecord,
    RunState,
)
from processor.model.address import unjudged
from processor.model.past import DocumentRecord, MailRecord, MailState


def read_view(connection: Connection) -> JournalView:
    """All mails (without their bytes), documents, occurrences, codes and runs, of one transaction."""
    # A journal is looked at without being changed: one that an earlier program left may lack the newest columns.
    there = schema.columns_of(connection, schema.mails)
    columns = [column for column in schema.mails.c if column.name in there]
    mails = connection.execute(select(*columns).order_by(schema.mails.c.seq)).all()
    # Ordered by seq: of several with one key the newest is kept.
    documents = connection.execute(select(schema.documents).order_by(schema.documents.c.seq)).all()
    today = "identity" in there
    named = {row.key: row.identity for row in mails} if today else slugs.identities(mails)
    keyed = {} if today else slugs.document_keys(documents)
    entries = connection.execute(select(schema.calendar).order_by(schema.calendar.c.seq))
    last = last_run(connection)
    owner = connection.execute(select(schema.meta.c.value).where(schema.meta.c.name == "workbook")).scalar()
    return JournalView(
        mails=MappingProxyType({named[row.key]: mail(row) for row in mails}),
        documents=MappingProxyType({one.key: one for one in (document(row, keyed) for row in documents)}),
        calendar=MappingProxyType(
            {row.uid: CalendarRecord(row.uid, row.sequence, row.facts) for row in entries}
        ),
        occurrences=frozenset(
            (row.series, date.fromisoformat(row.date))
            for row in connection.execute(select(schema.occurrences))
        ),
        codes=frozenset(connection.execute(select(schema.codes.c.code)).scalars()),
        bounced=MappingProxyType(
            {found.address.key: found for found in map(bounce, connection.execute(select(schema.bounces)))}
        ),
        workbook=owner or (last.workbook if last else ""),
        last_run=last,
        unfinished=unfinished_run(connection),
        opening=connection.execute(
            select(schema.meta.c.value).where(schema.meta.c.name == "opening")
        ).scalar()
        or "",
    )


def last_run(connection: Connection) -> RunRecord | None:
    """The run begun last that was not abandoned, or None."""
    query = select(schema.runs).where(schema.runs.c.state != RunState.ABANDONED)
    row = connection.execute(query.order_by(desc(schema.runs.c.seq)).limit(1)).first()
    return None if row is None else run(connection, row)


def unfinished_run(connection: Connection) -> RunRecord | None:
    """The oldest run cut between the replacement of the workbook and its end, or None."""
    query = select(schema.runs).where(schema.runs.c.state.in_((RunState.REPLACING, RunState.COMMITTED)))
    row = connection.execute(query.order_by(schema.runs.c.seq).limit(1)).first()
    return None if row is None else run(connection, row)


def run(connection: Connection, row: Row[Any]) -> RunRecord:
    """The run of a row of `runs`, with the documents it made."""
    query = select(schema.documents).where(schema.documents.c.run == row.id).order_by(schema.documents.c.seq)
    return RunRecord(
        id=row.id,
        started=datetime.fromisoformat(row.started),
        workbook=row.workbook,
        state=RunState(row.state),
        digest_before=row.digest_before,
        digest_after=row.digest_after,
        replacement=Path(row.replacement) if row.replacement else None,
        staging=Path(row.staging) if row.staging else None,
        summary=row.summary,
        documents=tuple(document(found) for found in connection.execute(query)),
    )


def mail(row: Row[Any]) -> MailRecord:
    """The mail of a row of `mails`."""
    return MailRecord(
        key=row.key,
        kind=slugs.kind_of(row),
        seance=row.seance,
        session=row.session,
        person=row.person,
        to=unjudged(row.recipient),
        subject=row.subject,
        state=MailState(row.state),
        queued_on=datetime.fromisoformat(row.queued_on),
        sent_on=datetime.fromisoformat(row.sent_on) if row.sent_on else None,
        run=row.run,
        detail=row.detail,
        attempts=row.attempts,
        news=getattr(row, "told", ""),
        copy_of=getattr(row, "copy_of", ""),
        reason=getattr(row, "reason", ""),
        tried_on=datetime.fromisoformat(row.tried_on) if row.tried_on else None,
    )


def document(row: Row[Any], keyed: Mapping[str, str] = MappingProxyType({})) -> DocumentRecord:
    """The document of a row of `documents`; `keyed` has the keys of today where the journal is older."""
    return DocumentRecord(
        key=keyed.get(row.key, row.key),
        kind=slugs.kind_of(row),
        seance=row.seance,
        session=row.session,
        person=row.person,
        facts=row.facts,
        file=row.file,
        sha256=row.sha256,
        number=row.number,
        issued_on=datetime.fromisoformat(row.issued_on),
        run=row.run,
    )


def bounce(row: Row[Any]) -> BounceRecord:
    """The address in error of a row of `bounces`."""
    return BounceRecord(
        unjudged(row.address), row.key, row.status, row.detail, datetime.fromisoformat(row.noted_on)
    )
