"""Where mails stand, for people and programs: how many, and each of those that need someone."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from processor.journal.records import JournalView
from processor.model.address import unjudged
from processor.model.findings import Finding, Severity, Stopped
from processor.model.past import MailRecord, MailState
from processor.rules.decided import plural

SHORT = 8  # digits of a key that are shown; a whole one is accepted as well
_SHOWN = 100
_WORDS = (
    ((MailState.QUEUED, MailState.RELEASED, MailState.SENDING, MailState.DOT), "en attente", "en attente"),
    ((MailState.DEFERRED,), "à réessayer", "à réessayer"),
    ((MailState.UNCERTAIN,), "à vérifier", "à vérifier"),
    ((MailState.REFUSED,), "refusé", "refusés"),
    ((MailState.CANCELLED,), "annulé", "annulés"),
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
    words = [f"{delivered} remis"] if (delivered := counts[MailState.SENT] - written) else []
    words += (
        [
            plural(
                written,
                "écrit en fichier .eml, à envoyer par vous",
                "écrits en fichiers .eml, à envoyer par vous",
            )
        ]
        if written
        else []
    )
    words += [
        f"{count} {one if count < 2 else many}"
        for states, one, many in _WORDS
        if (count := sum(counts[state] for state in states))
    ]
    parts = [
        f"Dernier traitement : {run.started:%d/%m/%Y %H:%M}." if run else "Aucun traitement n’a encore eu lieu.",
        "Courriels : " + (", ".join(words) or "aucun") + ".",
        _listed("À vérifier : reçus ou non, on ne le sait pas", [_uncertain(mail, workbook) for mail in view.uncertain]),
        _listed("Refusés par un serveur", [_line(mail) for mail in _refused(view)]),
        _listed("À réessayer au prochain passage", [_line(mail) for mail in _in(view, MailState.DEFERRED)]),
        _listed("Adresses en erreur, plus rien n’y part", [f"{b.address} : {b.detail or b.status}" for b in view.bounced.values()]),
    ]  # fmt: skip
    return "\n\n".join(part for part in parts if part)


def in_files(view: JournalView) -> int:
    """How many mails were written as files: given to staff, and nobody's to send but theirs."""
    sent = (mail for mail in view.mails.values() if mail.state is MailState.SENT)
    return sum(mail.detail.endswith(".eml") for mail in sent)


def none_waited(view: JournalView, transport: str) -> str:
    """What a delivery of nothing says; who has just named a server hears that mails in files do not leave by it."""
    written = in_files(view) if transport != "fichiers" else 0
    if not written:
        return "Aucun courriel n’attendait."
    one = "Aucun courriel n’attendait. Un courriel a déjà été écrit en fichier .eml : il vous a été confié et ne partira pas de lui-même."
    many = f"Aucun courriel n’attendait. {written} courriels ont déjà été écrits en fichiers .eml : ils vous ont été confiés et ne partiront pas d’eux-mêmes."
    fix = "Que faire : envoyez-les avec votre logiciel de courrier, ou, l’un après l’autre, par « seances resend »."
    return f"{one if written == 1 else many}\n  {fix}"


def _listed(title: str, lines: list[str]) -> str:
    if not lines:
        return ""
    more = [f"… et {len(lines) - _SHOWN} autres"] if len(lines) > _SHOWN else []
    return f"{title} ({len(lines)})\n" + "\n".join(f"  {line}" for line in lines[:_SHOWN] + more)


def _line(mail: MailRecord) -> str:
    about = f", {mail.seance or mail.session}" if mail.seance or mail.session else ""
    detail = f" : {mail.detail}" if mail.detail else ""
    return f"{mail.key[:SHORT]}  {mail.kind.label}{about}, {mail.to}{detail}"


def _uncertain(mail: MailRecord, workbook: str) -> str:
    when = f", le {mail.tried_on:%d/%m/%Y à %H:%M}" if mail.tried_on else ""
    command = f'seances settle "{workbook}" {mail.key[:SHORT]}'
    return f"{_line(mail)}{when}\n            reçu : {command} --sent\n            à renvoyer : {command} --resend"


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


def said(state: MailState) -> str:
    """A state in the words of people.

    >>> said(MailState.SENT), said(MailState.REFUSED)
    ('remis', 'refusé')
    """
    return next((one for states, one, _ in _WORDS if state in states), "remis")


def found_words(found: int) -> str:
    """How many uncertain mails were found among the copies.

    >>> found_words(0), found_words(2)
    ('Aucun courriel retrouvé parmi les copies', '2 courriels retrouvés, notés comme arrivés')
    """
    if not found:
        return "Aucun courriel retrouvé parmi les copies"
    return plural(found, "courriel retrouvé, noté comme arrivé", "courriels retrouvés, notés comme arrivés")


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
        problem, fix = (
            f"aucun courriel du journal n’est « {said} ».",
            "relisez la clé avec « seances status CLASSEUR ».",
        )
    else:
        listed = " ; ".join(_line(mail) for mail in found[-10:])
        problem = f"« {said} » désigne {plural(len(found), 'courriel')}."
        fix = f"donnez la clé de celui que vous voulez : {listed}."
    return Finding("courriel-inconnu", Severity.STOP, problem, "rien n’a été changé.", fix)
