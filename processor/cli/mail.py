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
    bad,
    clock_at,
    format_option,
    guarded,
    now_option,
    progress,
    settings_of,
    show,
    usage,
    workbook_argument,
)
from processor.model.catalogue import say

if TYPE_CHECKING:
    from processor.journal.journal import Journal
    from processor.model import Parameters
    from processor.settings import Settings

folder_option = click.option(
    "--folder",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="DOSSIER",
)
days_option = click.option(
    "--days",
    type=str,
    callback=at_least(1),
    default=15,
    metavar="JOURS",
    show_default=True,
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
@click.option("--limit", type=str, callback=at_least(1), metavar="NOMBRE")
@now_option
@guarded
def send(workbook: Path, limit: int | None, now: datetime | None) -> int:
    """`seances send`."""
    from processor.desk.mail_status import none_waited
    from processor.night import run as night
    from processor.night.report import delivered_text

    with _at_hand(workbook, now) as (settings, journal, parameters, moment):
        done = night.send(settings, journal, parameters, moment, progress, limit)
        view = journal.view()
    show(delivered_text(done, settings) or none_waited(view, settings.transport))
    if done.halted:
        return INTERRUPTED
    return SET_ASIDE if done.uncertain or done.refused else DONE


@click.command()
@workbook_argument
@format_option
@guarded
def status(workbook: Path, shape: str) -> int:
    """`seances status`."""
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
@click.option("--sent", "fate", flag_value="sent")
@click.option("--resend", "fate", flag_value="resend")
@click.option("--copies", is_flag=True)
@folder_option
@guarded
def settle(workbook: Path, key: str, fate: str | None, copies: bool, folder: Path | None) -> int:
    """`seances settle`."""
    from processor.desk.mail_status import found_words, one_mail, state_words
    from processor.journal.journal import Journal
    from processor.night.returns import settle_by_copies

    if bool(key and fate) == bool(copies or folder):
        raise usage("settle")
    settings = settings_of(workbook)
    with Journal.open(settings.journal_place) as journal:
        if not key:
            found, left = settle_by_copies(settings, journal, folder)
            show(say("cli.settle.copies", found=found_words(found), left=left))
            return SET_ASIDE if left else DONE
        mail = one_mail(journal.view(), key)
        if not journal.settle(mail.key, sent=fate == "sent"):
            raise usage("not-uncertain", key=mail.key[:8], state=state_words(mail.state))
    show(say("cli.settle.sent") if fate == "sent" else say("cli.settle.again"))
    return DONE


@click.command()
@workbook_argument
@click.argument("who", metavar="CLÉ|ADRESSE")
@click.option("--reason", required=True, metavar="TEXTE")
@click.option("--to", "address", default="", metavar="ADRESSE")
@now_option
@guarded
def resend(workbook: Path, who: str, reason: str, address: str, now: datetime | None) -> int:
    """`seances resend`."""
    from zoneinfo import ZoneInfo

    from processor.desk.mail_status import one_mail
    from processor.model.address import read_address
    from processor.model.findings import Fault

    to = read_address(address)
    if isinstance(to, Fault):
        raise bad("--to", "address", problem=to.problem, fix=to.fix)
    if not reason.strip():
        raise bad("--reason", "reason")
    with _at_hand(workbook, now) as (_, journal, parameters, moment):
        mail = one_mail(journal.view(), who)
        fresh = journal.resend(mail.key, reason.strip(), moment.replace(tzinfo=ZoneInfo(parameters.zone)), to)
    if fresh is None:
        raise usage("purged")
    show(say("cli.resend.done", subject=mail.subject, to=to or mail.to, key=fresh[:8]))
    return DONE


@click.command()
@workbook_argument
@click.argument("who", metavar="CLÉ|ADRESSE")
@click.option("--reason", required=True, metavar="TEXTE")
@guarded
def cancel(workbook: Path, who: str, reason: str) -> int:
    """`seances cancel`."""
    from processor.desk.mail_status import one_mail, state_words
    from processor.journal.journal import Journal

    if not reason.strip():
        raise bad("--reason", "reason")
    with Journal.open(settings_of(workbook).journal_place) as journal:
        mail = one_mail(journal.view(), who)
        if not journal.cancel([mail.key], f"retenu : {reason.strip()}"):
            raise usage("not-waiting", key=mail.key[:8], state=state_words(mail.state))
    show(say("cli.cancel.done", subject=mail.subject, to=mail.to))
    return DONE


@click.command()
@workbook_argument
@folder_option
@days_option
@click.option("--trust", default="", metavar="ADRESSE")
@now_option
@guarded
def bounces(workbook: Path, folder: Path | None, days: int, trust: str, now: datetime | None) -> int:
    """`seances bounces`."""
    from processor.journal.journal import Journal
    from processor.model.address import unjudged
    from processor.night.returns import read_returns, said_of

    if trust:
        with Journal.open(settings_of(workbook).journal_place) as journal:
            known = journal.trust(unjudged(trust))
        show(say("cli.bounces.trusted" if known else "cli.bounces.fine", address=trust))
        return DONE
    with _at_hand(workbook, now) as (settings, journal, _, moment):
        read = read_returns(settings, journal, moment, days, folder)
    show(said_of(read))
    return SET_ASIDE if read.fresh else DONE


COMMANDS: tuple[Any, ...] = (send, status, settle, resend, cancel, bounces)
