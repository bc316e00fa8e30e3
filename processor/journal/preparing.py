"""Make a database a journal of today: its tables where it is empty, its newer form where an earlier program left it."""

from sqlalchemy import Connection, inspect, text
from sqlalchemy.schema import CreateSchema

from processor.journal import schema, slugs
from processor.model.findings import Stopped

_PREPARING = 0x5EA9CE5
_SLUGS = 4  # the version from which kinds are slugs


def prepare(connection: Connection) -> None:
    """Create the tables of an empty database; refuse one that a newer program wrote, or that is not a journal.

    Raises `Stopped` before anything is changed: an older program that writes into a newer journal could forget
    that a mail was sent.
    """
    if connection.dialect.name == "postgresql":
        _own_schema(connection)
    present = set(inspect(connection).get_table_names())
    if "meta" not in present:
        if present & set(schema.tables.tables):
            raise Stopped([schema.foreign()])
        schema.tables.create_all(connection)
        connection.execute(schema.meta.insert().values(name="version", value=str(schema.VERSION)))
        return
    found = schema.check_version(connection)
    if found < schema.VERSION:
        _grow(connection, found)


def _own_schema(connection: Connection) -> None:
    """Create the schema that the connection's search_path names; one program at a time prepares a journal."""
    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _PREPARING})
    if connection.execute(text("SELECT current_schema()")).scalar() is None:
        wanted = str(connection.execute(text("SHOW search_path")).scalar()).split(",")[0].strip(' "')
        connection.execute(CreateSchema(wanted, if_not_exists=True))


def _grow(connection: Connection, found: int) -> None:
    """Bring a journal of an earlier program to today's form, in the transaction at hand: tables, columns, keys by slugs."""
    schema.tables.create_all(connection)
    mails = schema.mails
    there = schema.columns_of(connection, mails)
    for column in mails.columns:
        if column.name not in there:
            kind = column.type.compile(connection.dialect)
            connection.execute(
                text(f"ALTER TABLE {mails.name} ADD COLUMN {column.name} {kind} DEFAULT '' NOT NULL")
            )
    if found < _SLUGS:
        slugs.migrate(connection)
        schema.IDENTITIES.create(connection, checkfirst=True)
    meta = schema.meta
    connection.execute(meta.update().where(meta.c.name == "version").values(value=str(schema.VERSION)))
