"""What the journal forgets: a person who asks for it, and by itself what is older than the settings keep.

The keys always stay. They are digests, and they are what keeps a workbook put back from a backup from writing again.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from processor.journal.journal import Journal
from processor.journal.records import JournalView
from processor.model.address import unjudged
from processor.model.findings import Finding, Severity, Stopped
from processor.model.keys import person_key
from processor.model.past import MailState
from processor.rules.decided import plural
from processor.settings import Settings

_WAITING = (MailState.QUEUED, MailState.RELEASED, MailState.DEFERRED)
_YEAR = timedelta(days=365.25)


@dataclass(frozen=True)
class Held:
    """What the journal holds of one person: `person` is the journal's name of them, `files` their documents' paths."""

    person: str
    mails: int
    waiting: int
    files: tuple[str, ...]


def held(view: JournalView, said: str) -> Held:
    """What is held of the one person meant by an address, or by a name in any order. Raises `Stopped` for none or several.

    Two people may share an address, and two may share a name: then the other of the two tells them apart.
    """
    people = {mail.person for mail in view.mails.values()} | {doc.person for doc in view.documents.values()}
    meant = _by_address(view, said) if "@" in said else {one for one in people if _words(one) == _words(said)}
    meant.discard("")
    if len(meant) != 1:
        raise Stopped([_not_one(said, meant)])
    [person] = meant
    theirs = [mail for mail in view.mails.values() if mail.person == person]
    files = sorted({doc.file for doc in view.documents.values() if doc.person == person and doc.file})
    return Held(person, len(theirs), sum(mail.state in _WAITING for mail in theirs), tuple(files))


def forget_old(settings: Settings, journal: Journal, now: datetime) -> None:
    """Forgets the words of mails, and later whose they were, when the settings keep them no longer."""
    journal.purge(now - timedelta(days=settings.keep_messages))
    journal.fade(now - settings.keep_people * _YEAR)


def held_text(found: Held) -> str:
    """What is held, in one sentence."""
    parts = [plural(found.mails, "courriel", "courriels")]
    if found.waiting:
        parts.append(f"dont {found.waiting} pas encore parti{'s' if found.waiting > 1 else ''}")
    return f"« {found.person} » : {', '.join(parts)}, {plural(len(found.files), 'document', 'documents')}."


def left_text(found: Held, settings: Settings) -> str:
    """What the person who erases must still do: the program deletes no row and no file of theirs."""
    ours = f"ses fichiers des dossiers « {settings.documents.name} » et « {settings.mails.name} »"
    return "\n".join(
        (
            "À faire vous-même, effacer :",
            "- ses lignes du classeur (« Inscriptions », « Participations », « Formateurs ») ;",
            f"- les sauvegardes du classeur où son nom figure, dans « {settings.backups.name} » ;",
            f"- {ours} :" if found.files else f"- {ours}, s’il y en a.",
            *(f"  {file}" for file in found.files),
        )
    )


def _by_address(view: JournalView, said: str) -> set[str]:
    wanted = unjudged(said).key
    return {mail.person for mail in view.mails.values() if mail.to.key == wanted}


def _words(person: str) -> list[str]:
    return sorted(person_key("", person.partition("|")[0]).split())


def _not_one(said: str, meant: set[str]) -> Finding:
    if not meant:
        problem = f"le journal ne connaît personne sous « {said} »."
        fix = "donnez son adresse, ou son prénom et son nom, tels qu’ils sont dans le classeur."
    else:
        problem = (
            f"« {said} » désigne {plural(len(meant), 'personne', 'personnes')} : {', '.join(sorted(meant))}."
        )
        fix = "donnez le nom si l’adresse est partagée, l’adresse si le nom l’est."
    return Finding("personne-inconnue", Severity.STOP, problem, "rien n’a été effacé.", fix)
