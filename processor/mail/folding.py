"""Headers as they go on the wire: folded so that every reader, old or new, puts them together again to the letter."""

from email import policy
from email.header import Header
from typing import Any

_LINE = 78  # characters, RFC 5322, section 2.1.1
_ONE_LINE = frozenset({"date", "message-id", "in-reply-to", "references"})


class Folded(policy.EmailPolicy):
    """The policy of SMTP, with subjects and names folded by `email.header`.

    Python's newer folding, on long lines with accents, sometimes doubles a blank or loses one; before a word longer than
    a line it ends the header with a blank line, and all that follows falls into the body. Here what is more than one
    short line of ASCII is one run of encoded words (RFC 2047, section 6.2), each of which fits a line.
    """

    def fold_binary(self, name: str, value: Any) -> bytes:
        """The header as it goes on the wire."""
        kind, text = name.lower(), str(value)
        if kind == "subject":
            text = text if _plain(name, text) else _encoded(name, text)
        elif kind in ("from", "to", "reply-to"):
            text = self._mailbox(name, value)
        elif kind not in _ONE_LINE:
            return super().fold_binary(name, value)
        return f"{name}: {text}{self.linesep}".encode("utf-8" if self.utf8 else "ascii")

    def _mailbox(self, name: str, value: Any) -> str:
        (mailbox,) = value.addresses
        shown, spec = mailbox.display_name, f"<{mailbox.addr_spec}>"
        if not shown or _plain(name, f"{shown} {spec}"):
            return str(value)
        return f"{_encoded(name, shown)}{self.linesep} {spec}"


def _plain(name: str, text: str) -> bool:
    """Whether a text can stand as it is; one that looks like encoded words would be read as what they encode."""
    return text.isascii() and "=?" not in text and len(name) + 2 + len(text) <= _LINE


def _encoded(name: str, text: str) -> str:
    return Header(text, "utf-8", header_name=name).encode(linesep="\r\n")
