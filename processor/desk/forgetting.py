"""What the journal holds of a person who asks to be forgotten, and what they who erase it must still do."""

from dataclasses import dataclass

from processor.journal.records import JournalView
from processor.model.address import unjudged
from processor.model.catalogue import say
from processor.model.findings import Finding, Severity, Stopped
from processor.model.keys import person_key
from processor.model.past import MailState
from processor.settings import Settings

_WAITING = (MailState.QUEUED, MailState.RELEASED, MailState.DEFERRED)


@dataclass(frozen=True)
class KeptData:
    """What the journal holds of one person: `person` is the journal's name of them, `files` their documents' paths."""

    person: str
    mails: int
    waiting: int
    files: tuple[str, ...]


def held(view: JournalView, said: str) -> KeptData:
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
    return KeptData(person, len(theirs), sum(mail.state in _WAITING for mail in theirs), tuple(files))


def held_text(found: KeptData) -> str:
    """What is held, in one sentence."""
    return say(
        "held.waiting" if found.waiting else "held",
        person=found.person,
        mails=say("held.mails", count=found.mails),
        waiting=say("held.not-gone", count=found.waiting),
        documents=say("held.documents", count=len(found.files)),
    )


def left_text(found: KeptData, settings: Settings) -> str:
    """What the person who erases must still do: the program deletes no row and no file of theirs."""
    folders = {"documents": settings.documents.name, "mails": settings.mails.name}
    ours = say("left.files" if found.files else "left.files.perhaps", **folders)
    backups = say("left.backups", folder=settings.backups.name)
    return "\n".join((say("left"), say("left.rows"), backups, ours, *(f"  {file}" for file in found.files)))


def _by_address(view: JournalView, said: str) -> set[str]:
    wanted = unjudged(said).key
    return {mail.person for mail in view.mails.values() if mail.to.key == wanted}


def _words(person: str) -> list[str]:
    return sorted(person_key("", person.partition("|")[0]).split())


def _not_one(said: str, meant: set[str]) -> Finding:
    variant = "journal.several" if meant else "journal"
    people, names = say("held.people", count=len(meant)), ", ".join(sorted(meant))
    return Finding.of("personne-inconnue", Severity.STOP, variant, said=said, people=people, names=names)
