"""What people were last told of a séance: its dates, its place, and whether it takes place. The journal keeps it with each mail."""

import json
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from processor.model import Kind, Roll, Seance
from processor.model.catalogue import say
from processor.model.french import WEEKDAYS
from processor.model.names import normalised
from processor.model.past import MailRecord, MailState
from processor.model.snapshot import Snapshot
from processor.rules.news.teaching import teaching

_INVITATIONS = (Kind.SEANCE_INVITATION, Kind.SESSION_INVITATION)


@dataclass(frozen=True)
class Told:
    """What one person was told of one séance, by which mail, and when it left (None: not yet, or unknown).

    `name` and `trainers` (keys of people) are how the séance stood then; they are no news by themselves.
    """

    start: datetime
    end: datetime
    venue: str = ""
    cancelled: bool = False
    name: str = ""
    trainers: tuple[str, ...] = ()
    sent_on: datetime | None = None


def told(rolls: Iterable[Roll]) -> str:
    """What a mail tells of these séances, for the journal: nothing of the description, which is no news.

    The name is kept to recognise a séance whose code was changed, the trainers because they know what the invited know.

    >>> from processor.model import Place
    >>> day = datetime(2026, 12, 1)
    >>> told([Roll(Seance(Place(""), "S-1", "Yoga", day.replace(hour=9), day.replace(hour=10), venue="Salle Vosges"))])
    '{"S-1": ["2026-12-01T09:00:00", "2026-12-01T10:00:00", "Salle Vosges", false, "Yoga", []]}'
    """
    said = {roll.seance.code: _state(roll) for roll in rolls}
    return json.dumps(said, ensure_ascii=False) if said else ""


def _state(roll: Roll) -> list[object]:
    one, taught = roll.seance, [trainer.key for trainer in teaching(roll)]
    return [one.start.isoformat(), one.end.isoformat(), one.venue, one.cancelled, one.name, taught]


def _read(state: list[Any], sent_on: datetime | None) -> Told:
    """The state that a mail told; those of earlier programs end before the name."""
    start, end, venue, cancelled, *rest = state
    name, taught = rest or ("", ())
    first, until = datetime.fromisoformat(start), datetime.fromisoformat(end)
    return Told(first, until, venue, cancelled, name, tuple(taught), sent_on)


def said_by(mail: MailRecord) -> Mapping[str, Told]:
    """What a mail tells of each séance, by its normalised code."""
    said = json.loads(mail.news) if mail.news else {}
    return {normalised(code): _read(state, mail.sent_on) for code, state in said.items()}


@dataclass(frozen=True)
class History:
    """What the journal knows to have been told: by (normalised code, person), the last state and the kinds of mail.

    `invited` holds the normalised codes of the séances, and those of the sessions, to which somebody was invited.
    `mentioned` pairs each séance with whom any mail was about it, one that the server refused included.
    `of_sessions` holds the kinds of mail about a session, by (normalised code, person); a refused invitation is none.
    `letters` holds the invitations themselves, by kind, normalised code and person, the last one last.
    `taught` is, by (normalised code, trainer), the first state told to anybody while that trainer was named.
    """

    last: Mapping[tuple[str, str], Told]
    kinds: Mapping[tuple[str, str], tuple[Kind, ...]]
    invited: frozenset[str] = frozenset()
    invited_sessions: frozenset[str] = frozenset()
    taught: Mapping[tuple[str, str], Told] = field(default_factory=dict)
    mentioned: frozenset[tuple[str, str]] = frozenset()
    of_sessions: Mapping[tuple[str, str], tuple[Kind, ...]] = field(default_factory=dict)
    letters: Mapping[tuple[Kind, str, str], tuple[MailRecord, ...]] = field(default_factory=dict)


def history(mails: Collection[MailRecord]) -> History:
    """The history of all séances; `mails` come in the order of the journal.

    A mail that the server refused told nobody anything; one whose fate is unknown is taken to have arrived, like
    everywhere in the house.

    >>> mail = MailRecord("k", Kind.SEANCE_INVITATION, "S-1", "", "dupont zoe", "z@exemple.fr", MailState.SENT, None,
    ...     '{"S-1": ["2026-12-01T09:00:00", "2026-12-01T10:00:00", "", false]}')
    >>> history([mail]).last["s-1", "dupont zoe"].start
    datetime.datetime(2026, 12, 1, 9, 0)
    """
    told_now: dict[tuple[str, str], Told] = {}
    taught: dict[tuple[str, str], Told] = {}
    mentioned: set[tuple[str, str]] = set()
    for mail in mails:
        said = said_by(mail)
        mentioned |= {(code, mail.person) for code in (*said, normalised(mail.seance)) if code}
        for code, state in said.items() if mail.state is not MailState.REFUSED else ():
            told_now[code, mail.person] = state
            for trainer in state.trainers:
                taught.setdefault((code, trainer), state)
    invited = [mail for mail in mails if mail.kind.traits.invites]
    letters = _grouped(
        (mail.kind, normalised(mail.seance or mail.session), mail.person, mail) for mail in invited
    )
    return History(
        told_now,
        _kinds(((normalised(mail.seance), mail.person), mail) for mail in mails if mail.seance),
        frozenset(normalised(mail.seance) for mail in mails if mail.kind is Kind.SEANCE_INVITATION),
        frozenset(normalised(mail.session) for mail in mails if mail.kind is Kind.SESSION_INVITATION),
        taught,
        frozenset(mentioned),
        _kinds(((normalised(mail.session), mail.person), mail) for mail in mails if _of_session(mail)),
        letters,
    )


def _of_session(mail: MailRecord) -> bool:
    """Whether the mail is about a session; an invitation that was refused is as if there had been none."""
    return bool(mail.session) and not (
        mail.kind is Kind.SESSION_INVITATION and mail.state is MailState.REFUSED
    )


def _kinds(mails: Iterable[tuple[tuple[str, str], MailRecord]]) -> Mapping[tuple[str, str], tuple[Kind, ...]]:
    found: dict[tuple[str, str], tuple[Kind, ...]] = {}
    for about, mail in mails:
        found[about] = (*found.get(about, ()), mail.kind)
    return found


def _grouped(
    mails: Iterable[tuple[Kind, str, str, MailRecord]],
) -> Mapping[tuple[Kind, str, str], tuple[MailRecord, ...]]:
    found: dict[tuple[Kind, str, str], tuple[MailRecord, ...]] = {}
    for kind, code, person, mail in mails:
        found[kind, code, person] = (*found.get((kind, code, person), ()), mail)
    return found


def forgotten(snapshot: Snapshot, past: History, kind: Kind, code: str, people: Iterable[str]) -> bool:
    """Whether the sheet Journal says that mails of that kind left for a séance of which the journal knows none.

    The journal was lost, or the workbook is a copy: who had the mail is not known, so nobody gets it a second time.
    """
    seance = normalised(code)
    if (normalised(kind.label), seance) not in snapshot.noted:
        return False
    return not any(kind in past.kinds.get((seance, person), ()) for person in people)


def changed(before: Told, seance: Seance) -> tuple[str, ...]:
    """What is new in words, old then new: dates, place, or that a cancelled séance takes place after all.

    How a place is typed is no change; a séance moved and moved back has none.

    >>> from processor.model import Place
    >>> seance = Seance(Place(""), "S-1", "", datetime(2026, 12, 2, 9), datetime(2026, 12, 2, 10), venue="salle  VOSGES")
    >>> changed(Told(datetime(2026, 12, 1, 9), datetime(2026, 12, 1, 10), "Salle Vosges"), seance)
    ('Date : mardi 01/12/2026 de 09:00 à 10:00 → mercredi 02/12/2026 de 09:00 à 10:00',)
    """
    parts = []
    if before.cancelled and not seance.cancelled:
        parts.append(say("told.after-all"))
    if (before.start, before.end) != (seance.start, seance.end):
        parts.append(
            say("told.dates", before=when(before.start, before.end), now=when(seance.start, seance.end))
        )
    if _plain(before.venue) != _plain(seance.venue):
        nowhere = say("told.nowhere")
        parts.append(say("told.venue", before=before.venue or nowhere, now=seance.venue or nowhere))
    return tuple(parts)


def _plain(venue: str) -> str:
    return re.sub(r"[\W_]+", " ", normalised(venue)).strip()


def when(start: datetime, end: datetime) -> str:
    """From when to when, in one line with the day of the week, by which people notice a wrong date.

    >>> when(datetime(2026, 12, 31, 22), datetime(2027, 1, 1, 6))
    'du jeudi 31/12/2026 à 22:00 au vendredi 01/01/2027 à 06:00'
    """
    first, last = WEEKDAYS[start.weekday()], WEEKDAYS[end.weekday()]
    slug = "told.when.day" if start.date() == end.date() else "told.when.days"
    return say(slug, first=first, start=start, last=last, end=end)
