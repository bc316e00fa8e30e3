"""What an attestation states, in one signed line: the content of its QR code, checked with the public key alone.

`SEANCES1|number|replaced number|name|title|first day|last day|hours|key|signature`, in UTF-8. The first two words and
the last make it checkable; everything between can be read by anyone who scans it. A bar in a name becomes a stroke.
"""

import base64
import binascii
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from processor.model import Facts, Scope, french
from processor.model.about import About

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

FORM = "SEANCES1"
_FIELDS = 9
_SIGNATURE = 86  # 64 bytes in base64url without padding


@dataclass(frozen=True)
class Statement:
    """Who followed what, when, how long, under which number. `replaces` is the number that it cancels, mostly blank."""

    number: str
    replaces: str
    name: str
    title: str
    first: str
    last: str
    hours: str

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields in the order in which they are signed."""
        return (self.number, self.replaces, self.name, self.title, self.first, self.last, self.hours)


@dataclass(frozen=True)
class Signed:
    """A statement as it was read back: the text that was signed, the mark of the key, the signature."""

    statement: Statement
    text: str
    key: str
    signature: bytes


def statement_of(facts: Facts) -> Statement:
    """What the facts of an attestation state, in the words that the document itself prints."""
    about = About.of(facts)
    days = [(roll.seance.start.date(), roll.seance.end.date()) for roll in about.rolls]
    session = about.session.session
    first = min((start for start, _ in days), default=session.start)
    last = max((end for _, end in days), default=session.end)
    of_seance = _of_seance(facts) and facts.seance
    return Statement(
        _plain(facts.number),
        _plain(facts.replaces),
        _plain(facts.person.full_name if facts.person else ""),
        _plain(of_seance.seance.name if of_seance else about.title),
        _iso(first),
        _iso(last),
        _plain(french.hours(about.hours)),
    )


def signed(statement: Statement, key: "Ed25519PrivateKey") -> str:
    """The statement with its signature, as one line.

    >>> from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    >>> key = Ed25519PrivateKey.from_private_bytes(bytes(32))
    >>> line = signed(Statement("2026-000123", "", "Zoé Dupont", "Yoga", "2026-12-01", "2026-12-01", "3 h 30"), key)
    >>> line.rpartition("|")[0]
    'SEANCES1|2026-000123||Zoé Dupont|Yoga|2026-12-01|2026-12-01|3 h 30|139e3940'
    >>> said = read(line)
    >>> said is not None and genuine(said, {said.key: key.public_key()})
    True
    """
    text = "|".join((FORM, *statement.fields, key_mark(key.public_key())))
    return f"{text}|{_encoded(key.sign(text.encode()))}"


def read(line: str) -> Signed | None:
    """The statement in a line, however blanks were changed on its way; None when the line is no statement.

    >>> read("bonjour") is None
    True
    """
    text, _, signature = _plain(line, bar="|").rpartition("|")
    pieces = text.split("|")
    if len(pieces) != _FIELDS or pieces[0] != FORM:
        return None
    return Signed(Statement(*pieces[1:-1]), text, pieces[-1], _decoded(signature.replace(" ", "")))


def genuine(said: Signed, keys: Mapping[str, "Ed25519PublicKey"]) -> bool:
    """Whether the statement was signed by the key that it names; False also when that key is not among the known ones."""
    from cryptography.exceptions import InvalidSignature

    if said.key not in keys:
        return False
    try:
        keys[said.key].verify(said.signature, said.text.encode())
    except InvalidSignature:
        return False
    return True


def key_mark(key: "Ed25519PublicKey") -> str:
    """The short name of a key: eight digits of the digest of its bytes."""
    import hashlib

    return hashlib.sha256(key.public_bytes_raw()).hexdigest()[:8]


def _of_seance(facts: Facts) -> bool:
    return Scope.SEANCE in facts.kind.traits.scopes


def _plain(text: str, bar: str = "/") -> str:
    """The text on one line, composed, with ordinary blanks: what survives being scanned, copied and pasted."""
    return " ".join(unicodedata.normalize("NFKC", text).replace("|", bar).split())


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _decoded(text: str) -> bytes:
    if len(text) != _SIGNATURE:
        return b""
    try:
        return base64.b64decode(text + "==", altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return b""
