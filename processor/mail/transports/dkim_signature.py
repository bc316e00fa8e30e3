"""Sign what leaves with the key of the domain (RFC 6376), for who hands mails to the world without a relay that does."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from processor.mail.outgoing_findings import missing, wrong
from processor.mail.passwords import kept_to_oneself
from processor.model.findings import Stopped

_TRIAL = b"From: a@exemple.fr\r\nSubject: essai\r\n\r\nessai\r\n"


@dataclass(frozen=True)
class Signer:
    """The private key of a domain, and the selector under which the DNS publishes the public one."""

    domain: str
    selector: str
    key: bytes = field(repr=False)

    def signed(self, message: bytes) -> bytes:
        """The message with its signature above it. Blanks may change on the way without breaking it (relaxed/relaxed)."""
        import dkim

        header = dkim.sign(
            message, self.selector.encode(), self.domain.encode(), self.key,
            canonicalize=(b"relaxed", b"relaxed"), logger=logging.getLogger("seances.dkim"),
        )  # fmt: skip
        return bytes(header) + message


def signer(table: Mapping[str, Any], beside: Path) -> Signer | None:
    """The signer of [courriel.dkim] in seances.toml, None where there is none. Raises `Stopped` when it cannot sign."""
    own = table.get("dkim")
    if own is None:
        return None
    where = "[courriel.dkim]"
    values = {name: str(own.get(name, "")) for name in ("domaine", "selecteur", "cle")}
    for name, example in (("domaine", '"exemple.fr"'), ("selecteur", '"seances"'), ("cle", '"dkim.pem"')):
        if not values[name]:
            raise Stopped([missing(name, f"{name} = {example}", where)])
    path = beside / values["cle"]
    if not path.is_file():
        raise Stopped([wrong("cle", values["cle"], "file", where)])
    kept_to_oneself(path)
    found = Signer(values["domaine"], values["selecteur"], path.read_bytes())
    try:
        found.signed(_TRIAL)
    except Exception as error:  # the library raises what its parser stumbled upon
        raise Stopped([wrong("cle", values["cle"], "key", where)]) from error
    return found
