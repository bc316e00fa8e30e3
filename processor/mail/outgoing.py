"""From the table [courriel] of seances.toml to the way out for mails, or to what is wrong with the table."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from processor.mail.account import Account, Security
from processor.mail.delivery import Transport
from processor.mail.outgoing_findings import missing, number, wrong
from processor.mail.passwords import VARIABLE, password
from processor.mail.providers import PROVIDERS, Provider
from processor.mail.transports.dkim_signature import signer
from processor.mail.transports.files import Files
from processor.mail.transports.maildir import Maildir
from processor.mail.transports.smtp import Smtp
from processor.model.address import Address, read_address
from processor.model.catalogue import quoted
from processor.model.findings import Fault, Finding, Severity, Stopped

_NO_PROVIDER = Provider("", "", 587, Security.STARTTLS, 20, None, 100, "", "")


@dataclass(frozen=True)
class Outgoing:
    """A way out, and the most mails that may take it in 24 hours (None: no limit)."""

    transport: Transport
    per_day: int | None = None


def outgoing(
    table: Mapping[str, Any],
    folder: Path,
    sender: Address,
    beside: Path,
    environ: Mapping[str, str] = os.environ,
) -> Outgoing:
    """The way out that `[courriel]` asks for.

    `folder` receives the .eml files of `fichiers` and `maildir`; `sender` is the address of the sheet Paramètres, to
    which bounces return; `beside` is the folder of seances.toml. Raises `Stopped` when the table cannot be used.
    """
    kind = str(table.get("transport", "fichiers"))
    if kind == "fichiers":
        return Outgoing(Files(folder))
    if kind == "maildir":
        return Outgoing(Maildir(beside / str(table["dossier"]) if "dossier" in table else folder))
    if kind != "smtp":
        raise Stopped([wrong("transport", kind, "transport")])
    provider = _provider(table)
    per_day = number(table, "par_jour", provider.per_day)
    signing = signer(table, beside)
    transport = Smtp(account(table, sender, beside, environ), seal=signing.signed if signing else bytes)
    return Outgoing(transport, None if per_day is None else int(per_day))


def account(
    table: Mapping[str, Any], sender: Address, beside: Path, environ: Mapping[str, str] = os.environ
) -> Account:
    """The account of a table with transport = "smtp"; the password is looked for where passwords are kept.

    Raises `Stopped` when the table cannot be used, and when it holds the password itself.
    """
    provider = _provider(table)
    host = str(table.get("hote", provider.host))
    if not host:
        raise Stopped([missing("hote", 'hote = "smtp.exemple.fr"')])
    if "mot_de_passe" in table:
        raise Stopped([_password_in_file()])
    envelope = _usable(read_address(str(table["expediteur"])) if "expediteur" in table else sender)
    _usable(sender)
    security = _security(table, provider)
    user = str(table.get("utilisateur", ""))
    file = beside / str(table["fichier_mot_de_passe"]) if "fichier_mot_de_passe" in table else None
    return Account(
        host=host,
        sender=envelope,
        port=int(
            number(
                table, "port", {Security.TLS: 465}.get(security, 587) if "hote" in table else provider.port
            )
            or 0
        ),
        security=security,
        user=user,
        password=password(user, file, environ) if user else "",
        per_minute=number(table, "par_minute", provider.per_minute),
        per_connection=provider.per_connection,
        copy=_copy(table),
        verp=table.get("verp") is True,
    )


def _usable(found: Address | Fault) -> Address:
    """An address that bounces return to, or that people see and answer. Raises `Stopped`."""
    if isinstance(found, Fault) or not found:
        raise Stopped([_bad_sender(found)])
    return found


def _copy(table: Mapping[str, Any]) -> Address:
    typed = str(table.get("copie", ""))
    found = read_address(typed)
    if isinstance(found, Fault):
        raise Stopped([wrong("copie", typed, "copy")])
    return found


def _provider(table: Mapping[str, Any]) -> Provider:
    name = str(table.get("fournisseur", ""))
    if name and name not in PROVIDERS:
        raise Stopped([wrong("fournisseur", name, "provider", known=quoted(PROVIDERS))])
    return PROVIDERS.get(name, _NO_PROVIDER)


def _security(table: Mapping[str, Any], provider: Provider) -> Security:
    asked = str(table.get("securite", provider.security))
    if asked not in list(Security):
        raise Stopped([wrong("securite", asked, "security")])
    return Security(asked)


def _bad_sender(found: Address | Fault) -> Finding:
    if isinstance(found, Fault):
        return Finding.of("expediteur-inutilisable", Severity.STOP, "unusable", problem=found.problem)
    return Finding.of("expediteur-inutilisable", Severity.STOP)


def _password_in_file() -> Finding:
    return Finding.of("mot-de-passe-dans-le-fichier", Severity.STOP, variable=VARIABLE)
