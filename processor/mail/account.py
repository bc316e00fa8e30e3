"""Where and how mails leave: what seances.toml and the keeper of the password say together."""

from dataclasses import dataclass, field
from enum import StrEnum

from processor.model.address import NOWHERE, Address


class Security(StrEnum):
    """How the connection is encrypted, as `securite` says in seances.toml."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "aucune"


@dataclass(frozen=True)
class Patience:
    """Seconds to wait for each answer (RFC 5321, section 4.5.3.2). The dot's 10 minutes are a protection, not a luxury."""

    connect: float = 60.0
    command: float = 300.0
    data: float = 120.0
    block: float = 180.0
    dot: float = 600.0
    farewell: float = 5.0


@dataclass(frozen=True)
class Account:
    """Where and how mails leave. `sender` is the envelope sender, to which bounces return.

    `copy` is a mailbox that receives a copy of everything, as evidence. With `verp` the key of each mail is part of its
    envelope sender, for providers that return nothing else.
    """

    host: str
    sender: Address
    port: int = 587
    security: Security = Security.STARTTLS
    user: str = ""
    password: str = field(default="", repr=False)
    per_minute: float | None = 20
    per_connection: int = 100
    copy: Address = NOWHERE
    verp: bool = False
    patience: Patience = field(default_factory=Patience)
