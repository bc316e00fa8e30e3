"""The commands about mails: send, status, settle, resend, cancel, bounces."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from processor.cli.shell import (
    DONE,
    INTERRUPTED,
    SET_ASIDE,
    at_least,
    clock_at,
    format_option,
    guarded,
    now_option,
    progress,
    say,
    settings_of,
    workbook_argument,
)

if TYPE_CHECKING:
    from processor.journal.journal import Journal
    from processor.model import Parameters
    from processor.settings import Settings

folder_option = click.option(
    "--folder",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="DOSSIER",
    help="Lire les messages .eml de ce dossier (ou de ce Maildir) au lieu de la boîte.",
)
days_option = click.option(
    "--days",
    type=str,
    callback=at_least(1),
    default=15,
    metavar="JOURS",
    show_default=True,
    help="Remonter à ce nombre de jours.",
)


@contextmanager
def _at_hand(
    workbook: Path, now: datetime | None
) -> "Iterator[tuple[Settings, Journal, Parameters, datetime]]":
    """The settings, the open journal, the sheet Paramètres and the wall-clock time of its zone."""
    from processor.journal.journal import Journal
    from processor.night.observe import observe

    settings, clock = settings_of(workbook), clock_at(now)
    with Journal.open(settings.journal_place) as journal:
        parameters = observe(settings, settings.workbook, journal.view(), clock).snapshot.parameters
        yield settings, journal, parameters, clock(parameters.zone)


@click.command()
@workbook_argument
@click.option(
    "--limit", type=str, callback=at_least(1), metavar="NOMBRE", help="N’envoyer que ce nombre de courriels."
)
@now_option
@guarded
def send(workbook: Path, limit: int | None, now: datetime | None) -> int:
    """Remet les courriels en attente. N’en prépare aucun."""
    from processor.desk.mail_status import none_waited
    from processor.night import run as night
    from processor.night.report import delivered_text

    with _at_hand(workbook, now) as (settings, journal, parameters, moment):
        done = night.send(settings, journal, parameters, moment, progress, limit)
        view = journal.view()
    say(delivered_text(done, settings) or none_waited(view, settings.transport))
    if done.halted:
        return INTERRUPTED
    return SET_ASIDE if done.uncertain or done.refused else DONE


@click.command()
@workbook_argument
@format_option
@guarded
def status(workbook: Path, shape: str) -> int:
    """Dit où en sont les courriels, et lesquels attendent quelqu’un. Ne change rien."""
    from processor.desk.mail_status import status_json, status_text
    from processor.night.journal_place import past

    view = past(settings_of(workbook))
    if shape == "json":
        click.echo(json.dumps(status_json(view), ensure_ascii=False, indent=2))
    else:
        click.echo(status_text(view, str(workbook)))
    return SET_ASIDE if view.uncertain else DONE


@click.command()
@workbook_argument
@click.argument("key", metavar="[CLÉ]", default="")
@click.option("--sent", "fate", flag_value="sent", help="Il est arrivé : ne pas le renvoyer.")
@click.option("--resend", "fate", flag_value="resend", help="Il n’est pas arrivé : le remettre en attente.")
@click.option(
    "--copies", is_flag=True, help="Chercher tous les courriels incertains dans la boîte des copies."
)
@folder_option
@guarded
def settle(workbook: Path, key: str, fate: str | None, copies: bool, folder: Path | None) -> int:
    """Règle le sort d’un courriel dont on ne sait s’il est arrivé."""
    from processor.desk.mail_status import found_words, one_mail, said
    from processor.journal.journal import Journal
    from processor.night.returns import settle_by_copies

    if bool(key and fate) == bool(copies or folder):
        raise click.UsageError("donnez soit CLÉ avec --sent ou --resend, soit --copies ou --folder DOSSIER.")
    settings = settings_of(workbook)
    with Journal.open(settings.journal_place) as journal:
        if not key:
            found, left = settle_by_copies(settings, journal, folder)
            say(f"{found_words(found)} ; {left} à vérifier.")
            return SET_ASIDE if left else DONE
        mail = one_mail(journal.view(), key)
        if not journal.settle(mail.key, sent=fate == "sent"):
            raise click.UsageError(
                f"le sort du courriel {mail.key[:8]} n’est pas incertain ({said(mail.state)})."
            )
    say(
        "Noté : il est arrivé."
        if fate == "sent"
        else "Il partira de nouveau au prochain envoi (« seances send »)."
    )
    return DONE


@click.command()
@workbook_argument
@click.argument("who", metavar="CLÉ|ADRESSE")
@click.option("--reason", required=True, metavar="TEXTE", help="Pourquoi ; gardé au journal.")
@click.option(
    "--to", "address", default="", metavar="ADRESSE", help="L’envoyer à cette autre adresse de la personne."
)
@now_option
@guarded
def resend(workbook: Path, who: str, reason: str, address: str, now: datetime | None) -> int:
    """Renvoie un courriel à une personne, sur décision de quelqu’un."""
    from zoneinfo import ZoneInfo

    from processor.desk.mail_status import one_mail
    from processor.mail.addresses import Unusable
    from processor.mail.addresses import address as parsed

    found = parsed(address) if address else None
    if isinstance(found, Unusable):
        raise click.BadParameter(f"« {address} » : {found.why}", param_hint="--to")
    if not reason.strip():
        raise click.BadParameter("dites pourquoi, en quelques mots.", param_hint="--reason")
    with _at_hand(workbook, now) as (_, journal, parameters, moment):
        mail = one_mail(journal.view(), who)
        to = found.spec if found else ""
        fresh = journal.resend(mail.key, reason.strip(), moment.replace(tzinfo=ZoneInfo(parameters.zone)), to)
    if fresh is None:
        raise click.UsageError(
            "le texte de ce courriel a été purgé ; redemandez « Inviter » ou « Attester » dans le classeur."
        )
    say(
        f"« {mail.subject} » partira de nouveau vers {to or mail.to} au prochain envoi (« seances send »), sous la clé {fresh[:8]}."
    )
    return DONE


@click.command()
@workbook_argument
@click.argument("who", metavar="CLÉ|ADRESSE")
@click.option("--reason", required=True, metavar="TEXTE", help="Pourquoi ; gardé au journal.")
@guarded
def cancel(workbook: Path, who: str, reason: str) -> int:
    """Retient un courriel qui n’est pas encore parti."""
    from processor.desk.mail_status import one_mail, said
    from processor.journal.journal import Journal

    if not reason.strip():
        raise click.BadParameter("dites pourquoi, en quelques mots.", param_hint="--reason")
    with Journal.open(settings_of(workbook).journal_place) as journal:
        mail = one_mail(journal.view(), who)
        if not journal.cancel([mail.key], f"retenu : {reason.strip()}"):
            raise click.UsageError(f"le courriel {mail.key[:8]} n’attend plus ({said(mail.state)}).")
    say(
        f"« {mail.subject} » ne partira pas vers {mail.to}. Pour l’envoyer tout de même : « seances resend »."
    )
    return DONE


@click.command()
@workbook_argument
@folder_option
@days_option
@click.option(
    "--trust", default="", metavar="ADRESSE", help="Cette adresse est juste : lui écrire de nouveau."
)
@now_option
@guarded
def bounces(workbook: Path, folder: Path | None, days: int, trust: str, now: datetime | None) -> int:
    """Lit les courriels revenus, et note les adresses en erreur."""
    from processor.journal.journal import Journal
    from processor.night.returns import read_returns, said_of

    if trust:
        with Journal.open(settings_of(workbook).journal_place) as journal:
            known = journal.trust(trust)
        say(
            f"Les courriels partiront de nouveau vers {trust}."
            if known
            else f"« {trust} » n’était pas en erreur."
        )
        return DONE
    with _at_hand(workbook, now) as (settings, journal, _, moment):
        read = read_returns(settings, journal, moment, days, folder)
    say(said_of(read))
    return SET_ASIDE if read.fresh else DONE


COMMANDS: tuple[Any, ...] = (send, status, settle, resend, cancel, bounces)
