"""How an invitation is carried out: a letter to each person who has had none, and a request that waits says why."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from processor.model import Attendee, Facts, Kind, Place, Template
from processor.model.catalogue import say
from processor.model.findings import Fault, Severity
from processor.model.keys import action_key
from processor.model.names import normalised
from processor.model.past import MailState
from processor.model.plan import Document, Write
from processor.model.snapshot import Snapshot
from processor.rules.decided import Decided
from processor.rules.letters.attestation import to_print
from processor.rules.letters.said import said
from processor.rules.letters.templates import chosen
from processor.rules.news.mailing import mailbox
from processor.rules.news.told import History


@dataclass(frozen=True)
class Occasion:
    """What people are invited to, a séance or a session, and why now.

    `people` are all who have a seat, `fresh` those who may still be written to, `told` those whom the workbook says were
    invited. `letter` gives the facts of one person's letter and what it tells, for the journal.
    """

    kind: Kind
    place: Place
    code: str
    what: str
    asked: bool
    because: str
    template: str
    people: tuple[Attendee, ...]
    fresh: tuple[Attendee, ...]
    told: tuple[Attendee, ...]
    letter: Callable[[Attendee], tuple[Facts, str]]


def invited(snapshot: Snapshot, past: History, to: Occasion) -> Decided:
    """A letter to each person who has had none; a request that cannot be answered yet stays and says why."""
    due = [(p, version) for p in to.fresh if (version := version_due(snapshot, past, to.kind, to.code, p))]
    if not to.asked and not due:
        return Decided()
    template = chosen(snapshot, [to.kind], to.template)
    if isinstance(template, Fault):
        return refused(snapshot, to.place, template, say("invitations.no-template"), Severity.ROW)
    if not to.people and to.asked:
        fault = Fault.of("personne-a-inviter", to.what)
        return refused(snapshot, to.place, fault, say("personne-a-inviter.why"))
    decided = Decided()
    for person, version in due:
        _letter(decided, snapshot, to, template, person, version)
    _carried_out(decided, to.place, to.code, to.asked, to.people)
    untold = [p for p in to.told if snapshot.known.mail(to.kind, to.code, p.key) is None]
    _note_untold(decided, to.place, to.code, len(untold))
    return decided


def _note_untold(decided: Decided, place: Place, code: str, count: int) -> None:
    """How many people the workbook alone says were invited: the journal was lost, or the workbook is a copy."""
    if count:
        decided.did(place, say("invitations.untold"), code, say("invitations.untold.detail", count=count))


def version_due(snapshot: Snapshot, past: History, kind: Kind, code: str, person: Attendee) -> int:
    """Which letter of its kind the person is to have now: the first, another one, or none (0).

    Another one goes, by itself, only to an address that staff corrected after the mail before it was refused or came back;
    a mail whose fate is unknown is not followed by another.
    """
    before = past.letters.get((kind, normalised(code), person.key), ())
    to = mailbox(snapshot, person)
    if before:
        last = before[-1]
        lost = last.state is MailState.REFUSED or (
            last.state is MailState.SENT and last.to.key in snapshot.known.bounced
        )
        return len(before) + 1 if lost and to and to.key != last.to.key else 0
    printed = not to and snapshot.known.document(kind, code, person.key) is not None
    told_of = snapshot.known.mail(kind, code, person.key) is not None
    return 0 if person.invited_on or told_of or printed else 1


def _letter(
    decided: Decided, snapshot: Snapshot, to: Occasion, template: Template, person: Attendee, version: int
) -> None:
    """The letter of one person and its mail; another version of the mail goes to an address that was corrected."""
    (facts, news), key = to.letter(person), action_key(to.kind, to.code, person.key)
    because = say("invitations.because.corrected" if version > 1 else to.because)
    document = Document(key, to.kind, facts, template, said(facts), to.place, because)
    again = action_key(to.kind, to.code, person.key, version)
    decided.letter(document, mailbox(snapshot, person), news, again)


def _carried_out(decided: Decided, place: Place, code: str, asked: bool, people: Sequence[Attendee]) -> None:
    if asked:
        decided.writes.append(Write(place, "invite", None, say("invitations.because.answered")))
    if not decided.documents and not asked:
        return
    mailed = {key for mail in decided.mails for key in mail.documents}
    unmailed = [d.facts.person.full_name for d in decided.documents if d.facts.person and d.key not in mailed]
    already = len(people) - len(decided.documents)
    parts = [say("invitations.done.mailed", count=len(decided.mails))] if decided.mails else []
    parts += [to_print(unmailed)] if unmailed else []
    parts += [say("invitations.done.already", count=already)] if already else []
    detail = ", ".join(parts) or say("invitations.done.nobody")
    decided.did(place, say("invitations.done"), code, detail, decided.documents)


def refused(
    snapshot: Snapshot, place: Place, fault: Fault, why: str, severity: Severity = Severity.NOTE
) -> Decided:
    """Nothing but the finding that says why, on the cell « Inviter »."""
    return Decided(findings=[snapshot.finding(place, "invite", fault, why, severity)])
