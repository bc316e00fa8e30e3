"""The last proof of a mail before it is kept for ever: its bytes, read as a mail program reads them, say what was meant."""

from collections import Counter
from collections.abc import Mapping
from email import policy
from email.header import decode_header
from email.parser import HeaderParser

from processor.model.catalogue import say

_LONGEST = 998  # bytes of a line, RFC 5322, section 2.1.1
_OF_THE_BODY = frozenset({"content-type", "content-transfer-encoding"})  # their folding is not to the letter


class Malformed(ValueError):
    """A mail that would not be read as it was meant; the text says which header, in French."""


def prove(made: bytes, meant: Mapping[str, str], recipient: str) -> None:
    """Raises `Malformed` unless the header ends where it should, and holds what was meant: each name once, one recipient.

    `meant` are the headers by name; `recipient` is the one address of `To` as servers are told it.
    """
    head, _, _ = made.partition(b"\r\n\r\n")
    if any(len(line) > _LONGEST for line in made.split(b"\r\n")):
        raise Malformed(say("malformed.line", longest=_LONGEST))
    read = HeaderParser(policy=policy.compat32).parsestr(head.decode("utf-8", "replace") + "\r\n\r\n")
    names = Counter(name.lower() for name in read)
    for name, text in meant.items():
        if names.pop(name.lower(), 0) != 1:
            raise Malformed(say("malformed.lost", name=name))
        if name.lower() not in _OF_THE_BODY and _squeezed(_shown(read[name])) != _squeezed(text):
            raise Malformed(say("malformed.otherwise", name=name))
    if names or read.defects:
        raise Malformed(say("malformed.added", name=next(iter(names), "")))
    to = policy.default.header_factory("To", _unfolded(read["To"]))
    if [one.addr_spec for one in to.addresses] != [recipient]:
        raise Malformed(say("malformed.recipient"))


def _shown(raw: str) -> str:
    """The text of a header as a mail program shows it (RFC 2047)."""
    parts = decode_header(_unfolded(raw))
    return "".join(
        part if isinstance(part, str) else part.decode(charset or "raw-unicode-escape", "replace")
        for part, charset in parts
    )


def _squeezed(text: str) -> str:
    """Without the quotes of names, whose need depends on the writer."""
    return " ".join(text.replace('"', "").split())


def _unfolded(raw: str) -> str:
    return raw.replace("\r\n", "")
