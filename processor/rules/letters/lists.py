"""The lists of people to write anew: those that would say something else than last time."""

from collections.abc import Iterable

from processor.model import Kind, Roll, SessionRoll
from processor.model.catalogue import say
from processor.model.keys import action_key
from processor.model.past import Known
from processor.model.plan import ListExport
from processor.model.snapshot import Snapshot
from processor.rules.decided import Decided
from processor.rules.letters.said import listed
from processor.rules.registering.rolls import expected


def lists(snapshot: Snapshot, seances: Iterable[Roll], sessions: Iterable[SessionRoll]) -> Decided:
    """The lists of the séances and sessions that have people; an old finished séance that never had one gets none."""
    decided, known = Decided(), snapshot.known
    for roll in seances:
        code = roll.seance.code
        if roll.attendees and (expected(snapshot, roll) or known.document(Kind.LIST, code)):
            _list(decided, known, code, roll)
    for session in sessions:
        if session.attendees:
            _list(decided, known, f"session {session.session.code}", session)
    return decided


def _list(decided: Decided, known: Known, subject: str, roll: Roll | SessionRoll) -> None:
    earlier, says = known.document(Kind.LIST, subject), listed(roll)
    if earlier is None or earlier.facts != says:
        because = say("lists.because.new" if earlier is None else "lists.because.changed")
        decided.lists.append(ListExport(action_key(Kind.LIST, subject), roll, says, because))
