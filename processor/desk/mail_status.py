"""Where mails stand, for people and programs: how many, and each of those that need someone."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from processor.journal.records import JournalView
from processor.model.address import unjudged
from processor.model.catalogue import say
from processor.model.findings import Finding, Severity, Stopped
from processor.model.past import MailRecord, MailState

SHORT = 8  # digits of a key that are shown; a whole one is accepted as well
_SHOWN = 100
_WORDS = (
    ((MailState.QUEUED, MailState.RELEASED, MailState.SENDING, MailState.DOT), "waiting"),
    ((MailState.DEFERRED,), "deferred"),
    ((MailState.UNCERTAIN,), "uncertain"),
    ((MailState.REFUSED,), "refused"),
    ((MailState.CANCELLED,), "cancelled"),
)


def status_json(view: JournalView) -> dict[str, Any]:
    """The JSON of `seances status`."""
    run = view.last_run
    return {
        "last_run": {"started": run.started.isoformat(), "state": str(run.state)} if run else None,
        "counts": {str(state): count for state, count in _counts(view).items()},
        "uncertain": [_mail(mail) for mail in view.uncertain],
        "refused": [_mail(mail) for mail in _refused(view)],
        "deferred": [_mail(mail) for mail in _in(view, MailState.DEFERRED)],
        "bounced": [
            {"address": str(b.address), "key": b.key, "status": b.status, "detail": b.detail, "noted_on": b.noted_on.isoformat()}
            for b in view.bounced.values()
        ],
    }  # fmt: skip


def status_text(view: JournalView, workbook: str) -> str:
    """The same for a person, with what to type about each uncertain mail."""
    run, counts = view.last_run, _counts(view)
    written = in_files(view)
    tally = {"sent": counts[MailState.SENT] - written, "written": written}
    tally |= {word: sum(counts[state] for state in states) for states, word in _WORDS}
    words = [say(f"status.{word}", count=count) for word, count in tally.items() if count]
    bounced = [f"{b.address} : {b.detail or b.status}" for b in view.bounced.values()]
    parts = [
        say("status.run", when=run.started) if run else say("status.no-run"),
        say("status.mails", counts=", ".join(words)) if words else say("status.no-mails"),
        _listed("status.list.uncertain", [_uncertain(mail, workbook) for mail in view.uncertain]),
        _listed("status.list.refused", [_line(mail) for mail in _refused(view)]),
        _listed("status.list.deferred", [_line(mail) for mail in _in(view, MailState.DEFERRED)]),
        _listed("status.list.bounced", bounced),
    ]
    return "\n\n".join(part for part in parts if part)


def in_files(view: JournalView) -> int:
    """How many mails were written as files: given to staff, and nobody's to send but theirs."""
    sent = (mail for mail in view.mails.values() if mail.state is MailState.SENT)
    return sum(mail.detail.endswith(".eml") for mail in sent)


def none_waited(view: JournalView, transport: str) -> str:
    """What a delivery of nothing says; who has just named a server hears that mails in files do not leave by it."""
    written = in_files(view) if transport != "fichiers" else 0
    return say("status.none.written", count=written) if written else say("status.none")


def _listed(slug: str, lines: list[str]) -> str:
    if not lines:
        return ""
    more = [say("status.more", number=len(lines) - _SHOWN)] if len(lines) > _SHOWN else []
    return "\n  ".join((say("status.listed", title=say(slug), number=len(lines)), *lines[:_SHOWN], *more))


def _line(mail: MailRecord) -> str:
    about = f", {mail.seance or mail.session}" if mail.seance or mail.session else ""
    detail = f" : {mail.detail}" if mail.detail else ""
    return f"{mail.key[:SHORT]}  {mail.kind.label}{about}, {mail.to}{detail}"


def _uncertain(mail: MailRecord, workbook: str) -> str:
    line = _line(mail)
    if mail.tried_on:
        line = say("status.tried", mail=line, when=mail.tried_on)
    return say("status.uncertain.line", mail=line, workbook=workbook, key=mail.key[:SHORT])


def _counts(view: JournalView) -> Counter[MailState]:
    return Counter(mail.state for mail in view.mails.values())


def _in(view: JournalView, state: MailState) -> Iterable[MailRecord]:
    return (mail for mail in view.mails.values() if mail.state is state)


def _refused(view: JournalView) -> Iterable[MailRecord]:
    """The mails that a server refused and that no later one of the same kind to the same person replaces."""
    latest = {(mail.kind, mail.seance, mail.session, mail.person): mail for mail in view.mails.values()}
    standing = {mail.key for mail in latest.values()}
    return (mail for mail in _in(view, MailState.REFUSED) if mail.key in standing)


def _mail(mail: MailRecord) -> dict[str, Any]:
    return {
        "key": mail.key,
        "kind": mail.kind.label,
        "seance": mail.seance or None,
        "session": mail.session or None,
        "to": str(mail.to),
        "subject": mail.subject,
        "tried_on": mail.tried_on.isoformat() if mail.tried_on else None,
        "detail": mail.detail,
    }


def state_words(state: MailState) -> str:
    """A state in the words of people.

    >>> state_words(MailState.SENT), state_words(MailState.REFUSED)
    ('remis', 'refusé')
    """
    return say(f"status.state.{next((word for states, word in _WORDS if state in states), 'sent')}")


def found_words(found: int) -> str:
    """How many uncertain mails were found among the copies.

    >>> found_words(0), found_words(2)
    ('Aucun courriel retrouvé parmi les copies', '2 courriels retrouvés, notés comme arrivés')
    """
    return say("status.found", count=found) if found else say("status.found.none")


def one_mail(view: JournalView, said: str) -> MailRecord:
    """The one mail that a person means by a key, the first signs of one, or an address. Raises `Stopped` for none or several."""
    wanted, to = said.strip().casefold(), unjudged(said).key
    found = [
        mail
        for mail in view.mails.values()
        if mail.key == wanted or (len(wanted) >= 4 and mail.key.startswith(wanted)) or mail.to.key == to
    ]
    if len(found) != 1:
        raise Stopped([_not_one(said, found)])
    return found[0]


def _not_one(said: str, found: list[MailRecord]) -> Finding:
    if not found:
        return Finding.of("courriel-inconnu", Severity.STOP, said=said)
    mails, listed = say("status.meant", count=len(found)), " ; ".join(_line(mail) for mail in found[-10:])
    return Finding.of("courriel-inconnu", Severity.STOP, "several", said=said, mails=mails, listed=listed)
