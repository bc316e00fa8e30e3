"""Names that stay the same from night to night: of a person, a document or mail, and of what a document says."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from processor.model.former import keyed
from processor.model.kinds import Kind
from processor.model.names import normalised


@lru_cache(maxsize=1 << 18)
def person_key(first_name: str, last_name: str, mailbox: str = "") -> str:
    """The key of a person: the name without case, accents, hyphens; the address only where two people share a name.

    `mailbox` is the key of the address.

    >>> person_key("Jean-Pierre", "DUPONT"), person_key("jean pierre", "Dupont")
    ('dupont jean pierre', 'dupont jean pierre')
    """
    name = re.sub(r"[\W_]+", " ", normalised(f"{last_name} {first_name}")).strip()
    return f"{name}|{mailbox}" if mailbox else name


def homonyms(people: Iterable[tuple[str, str, str]]) -> frozenset[str]:
    """The name keys borne by people with different addresses: (first name, last name, key of the address) in, keys out.

    >>> sorted(homonyms([("Marie", "Martin", "a@x.fr"), ("Marie", "MARTIN", "b@x.fr"), ("Zoé", "Dupont", "")]))
    ['martin marie']
    """
    addresses: dict[str, set[str]] = {}
    for first_name, last_name, mailbox in people:
        addresses.setdefault(person_key(first_name, last_name), set()).add(mailbox)
    return frozenset(key for key, found in addresses.items() if len(found - {""}) > 1)


def action_key(kind: Kind, subject: str, person: str = "", version: int = 1) -> str:
    """The identity of a mail or document: (kind, séance or session, person, version), never a date nor words that people see.

    >>> action_key(Kind.SEANCE_INVITATION, "S-0001", "dupont zoe")
    '2b15c65539735b37979c'
    """
    return keyed(kind.slug, subject, person, version)


def digest(said: object) -> str:
    """The digest of plain values: tuples, mappings, texts, numbers and dates.

    >>> digest(("a", 1)) == digest(("a", 1)), digest({"b": 1, "a": 2}) == digest({"a": 2, "b": 1})
    (True, True)
    """
    return hashlib.sha256(_plain(said).encode()).hexdigest()


def _plain(said: object) -> str:
    if isinstance(said, Mapping):
        return "{" + ",".join(f"{_plain(key)}:{_plain(said[key])}" for key in sorted(said)) + "}"
    if isinstance(said, tuple | list):
        return "(" + ",".join(_plain(part) for part in said) + ")"
    return repr(str(said))
