"""The tables of the journal, and the version that says which program may read them."""

from sqlalchemy import (
    Column,
    Connection,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    inspect,
    select,
)

from processor.model.findings import Finding, Severity, Stopped

VERSION = 4

tables = MetaData()

meta = Table("meta", tables, Column("name", String, primary_key=True), Column("value", Text, nullable=False))

runs = Table(
    "runs",
    tables,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("id", String, nullable=False, unique=True),
    Column("started", String, nullable=False),
    Column("workbook", Text, nullable=False),
    Column("state", String, nullable=False),
    Column("digest_before", String, nullable=False, default=""),
    Column("digest_after", String, nullable=False, default=""),
    Column("replacement", Text),
    Column("staging", Text),
    Column("summary", Text, nullable=False, default=""),
)

mails = Table(
    "mails",
    tables,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("key", String, nullable=False, unique=True),
    Column("kind", String, nullable=False),
    Column("seance", String, nullable=False),
    Column("session", String, nullable=False),
    Column("person", String, nullable=False),
    Column("recipient", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("run", String, nullable=False, index=True),
    Column("queued_on", String, nullable=False),
    Column("state", String, nullable=False),
    Column("owner", String),
    Column("attempts", Integer, nullable=False, default=0),
    Column("tried_on", String),
    Column("sent_on", String),
    Column("detail", Text, nullable=False, default=""),
    Column("told", Text, nullable=False, default="", server_default=""),
    # Of a mail sent again by hand: the key of the first one, and why.
    Column("copy_of", String, nullable=False, default="", server_default=""),
    Column("reason", Text, nullable=False, default="", server_default=""),
    # What the mail is (`model.keys.action_key`). `key` names its bytes, and differs where these are older than slugs.
    Column("identity", String, nullable=False, default="", server_default=""),
)

IDENTITIES = Index("mails_identity", mails.c.identity, unique=True)

# Both indexes hold only what is on its way, so that a journal of years costs nothing to the next mail.
Index(
    "mails_released",
    mails.c.seq,
    sqlite_where=mails.c.state == "released",
    postgresql_where=mails.c.state == "released",
)
Index(
    "mails_open",
    mails.c.state,
    sqlite_where=mails.c.state.in_(("sending", "dot", "deferred", "uncertain")),
    postgresql_where=mails.c.state.in_(("sending", "dot", "deferred", "uncertain")),
)

messages = Table(
    "messages",
    tables,
    Column("key", String, primary_key=True),
    Column("sha256", String, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

documents = Table(
    "documents",
    tables,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("key", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("seance", String, nullable=False),
    Column("session", String, nullable=False),
    Column("person", String, nullable=False),
    Column("facts", String, nullable=False),
    Column("file", Text, nullable=False),
    Column("sha256", String, nullable=False),
    Column("number", String, nullable=False),
    Column("issued_on", String, nullable=False),
    Column("run", String, nullable=False, index=True),
    UniqueConstraint("key", "run"),
)

# The register of attestations: the primary key is what makes a number be given once, whoever else has the journal open.
attestations = Table(
    "attestations",
    tables,
    Column("number", String, primary_key=True),
    Column("key", String, nullable=False),
    Column("sha256", String, nullable=False),
    Column("replaces", String, nullable=False, default=""),
    Column("reason", Text, nullable=False, default=""),
    Column("statement", Text, nullable=False, default=""),
    Column("issued_on", String, nullable=False),
    Column("run", String, nullable=False, index=True),
)

calendar = Table(
    "calendar",
    tables,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("uid", String, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("facts", String, nullable=False),
    Column("run", String, nullable=False, index=True),
    UniqueConstraint("uid", "run"),
)

bounces = Table(
    "bounces",
    tables,
    Column("address", String, primary_key=True),
    Column("key", String, nullable=False),
    Column("status", String, nullable=False),
    Column("detail", Text, nullable=False),
    Column("noted_on", String, nullable=False),
)

occurrences = Table(
    "occurrences",
    tables,
    Column("series", String, primary_key=True),
    Column("date", String, primary_key=True),
    Column("run", String, nullable=False),
)

codes = Table(
    "codes",
    tables,
    Column("code", String, primary_key=True),
    Column("run", String, nullable=False),
)


def columns_of(connection: Connection, table: Table) -> frozenset[str]:
    """The names of the columns that the table has in this very journal."""
    return frozenset(column["name"] for column in inspect(connection).get_columns(table.name))


def check_version(connection: Connection) -> int:
    """The version of the journal; raises `Stopped` unless this program may read it."""
    found = connection.execute(select(meta.c.value).where(meta.c.name == "version")).scalar()
    if found is None or not found.isdigit():
        raise Stopped([foreign()])
    if int(found) > VERSION:
        raise Stopped([_newer(int(found))])
    return int(found)


def _newer(found: int) -> Finding:
    return Finding.of("journal-plus-recent", Severity.STOP, found=found, known=VERSION)


def foreign() -> Finding:
    """The finding of a database that is no journal."""
    return Finding.of("journal-illisible", Severity.STOP)
