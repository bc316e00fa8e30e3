"""What a night does whose journal is new while the workbook shows earlier nights: it says so, and writes to nobody unasked.

The journal was lost or emptied, or another account runs the program. What left is then known by the workbook alone,
which shows dates of sending, and what was decided, but not what was waiting.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta

from processor.model import Kind, Roll, participants
from processor.model.catalogue import quoted, say
from processor.model.findings import Finding, Severity, Spot
from processor.model.names import normalised
from processor.model.past import MailRecord
from processor.model.snapshot import Snapshot
from processor.rules.calendar.expiry import RECENT
from processor.rules.decided import Decided
from processor.rules.news.mailing import mailbox

HELD = "retenu : peut-être déjà envoyé par ailleurs"
_DONE = re.compile(
    r"\d\d/\d\d/\d{4} \d\d:\d\d – "
)  # how Contrôle tells what a night did, see control.done_text
_TOLD_FOR = timedelta(days=7)
_SHOWN = 5


def doubtful(snapshot: Snapshot) -> bool:
    """Whether the journal has seen no whole night, and the workbook has: dates of sending, rows of Journal, or Contrôle."""
    known = snapshot.known
    return known.fresh and (known.renewing or _traced(snapshot))


def _traced(snapshot: Snapshot) -> bool:
    return (
        any(action for action, _ in snapshot.noted)
        or any(row.invited_on or row.attested_on for row in snapshot.participations)
        or any(row.invited_on or row.attested_on for row in snapshot.registrations)
        or any(_DONE.match(text) for text in snapshot.controls.values())
    )


def kept_back(decided: Decided) -> Decided:
    """What a rule decided unasked, its mails held as the journal is in doubt: recorded, and left to a person.

    An earlier night may have sent each of them, and never twice goes before never lost; `new_journal` says which.
    """
    if not decided.mails:
        return decided
    held = [
        replace(one, action=say("new-journal.done"), detail=say("new-journal.done.detail", action=one.action))
        for one in decided.done
    ]
    return replace(
        decided, mails=[replace(mail, held=HELD, because=HELD) for mail in decided.mails], done=held
    )


def new_journal(snapshot: Snapshot, rolls: Iterable[Roll], doubt: bool) -> Iterator[Finding]:
    """That the journal is new, for a week; the announcements without any trace of a sending; the mails held back."""
    known = snapshot.known
    if known.copy_of:
        yield Finding.of("copie-du-classeur", Severity.NOTE, original=known.copy_of)
    elif doubt or (known.renewed is not None and snapshot.now - known.renewed < _TOLD_FOR):
        yield Finding.of("journal-neuf", Severity.NOTE)
    held = _held(snapshot)
    for roll in rolls:
        if doubt or known.renewed is not None:
            yield from _untraced(snapshot, roll)
        mails = held.get(normalised(roll.seance.code), [])
        if mails and roll.seance.end > snapshot.now - RECENT:
            yield _kept(roll, mails)


def _untraced(snapshot: Snapshot, roll: Roll) -> Iterator[Finding]:
    seance = roll.seance
    if not seance.code or seance.invite or seance.cancelled or seance.start <= snapshot.now:
        return
    noted = (normalised("Invitation"), normalised(seance.code)) in snapshot.noted
    if not noted and "invitation" not in normalised(snapshot.controls.get(seance.place, "")):
        return
    missing = [
        person.full_name
        for person in participants(roll.attendees)
        if mailbox(snapshot, person)
        and person.invited_on is None
        and snapshot.known.mail(Kind.SEANCE_INVITATION, seance.code, person.key) is None
    ]
    if missing:
        at = Spot(seance.place.sheet, seance.place.row)
        yield Finding.of("invitation-sans-trace", Severity.NOTE, at=at, names=_listed(missing))


def _held(snapshot: Snapshot) -> dict[str, list[MailRecord]]:
    """The mails held, by the normalised code of their séance, without those that a person sent after all."""
    last = {
        (mail.kind, mail.seance, mail.session, mail.person): mail for mail in snapshot.known.mails.values()
    }
    found: dict[str, list[MailRecord]] = {}
    for mail in last.values():
        if mail.detail == HELD:
            found.setdefault(normalised(mail.seance), []).append(mail)
    return found


def _kept(roll: Roll, mails: list[MailRecord]) -> Finding:
    told = [say("new-journal.held", to=mail.to, key=mail.key[:8]) for mail in mails]
    return Finding.of(
        "courriel-retenu", Severity.NOTE, at=Spot(roll.seance.place.sheet, roll.seance.place.row), count=len(mails),
        kinds=quoted(sorted({mail.kind.label for mail in mails})), mails=_listed(told, " ; "), first=mails[0].key[:8],
    )  # fmt: skip


def _listed(names: list[str], between: str = ", ") -> str:
    shown, more = between.join(names[:_SHOWN]), len(names) - _SHOWN
    return say("names.more", names=shown, count=more) if more > 0 else shown
