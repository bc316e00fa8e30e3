"""What a document or list says, as a digest that changes when and only when its words would."""

from processor.model import Attendee, Facts, Kind, Roll, Seance, SessionRoll, participants
from processor.model.former import words
from processor.model.keys import digest


def said(facts: Facts) -> str:
    """The digest of what a document says, without the day of issue: a feuille d'émargement is made anew when it changes.

    Its first word is that of the journals of before slugs, whose digests nobody can compute again.
    """
    seances = facts.session.seances if facts.session else (facts.seance,) if facts.seance else ()
    person = facts.person
    everyone = (
        [_sheet_line(p) for p in participants(facts.seance.attendees)]
        if facts.seance and facts.kind is Kind.EMARGEMENT
        else []
    )
    return digest((
        words(facts.kind),
        (facts.parameters.organisation, facts.parameters.declaration_number),
        (person.civility, person.full_name, person.employer) if person else (),
        [(_words(roll.seance), roll.venue.name if roll.venue else "", [t.full_name for t in roll.trainers]) for roll in seances],
        everyone,
        facts.hours,
        *_comments(facts),
    ))  # fmt: skip


def _comments(facts: Facts) -> tuple[object, ...]:
    """The visible comments of a sheet to sign, which a template may print: edited or deleted, they make it anew."""
    if facts.kind is not Kind.EMARGEMENT or facts.seance is None:
        return ()
    shown = tuple((c.author, c.when, c.text) for c in facts.seance.comments if c.visible)
    return (shown,) if shown else ()


def listed(roll: Roll | SessionRoll) -> str:
    """The digest of the list of people of a séance or session."""
    name = (
        (roll.seance.code, roll.seance.name)
        if isinstance(roll, Roll)
        else (roll.session.code, roll.session.name)
    )
    trainers = tuple((t.full_name, str(t.email)) for t in roll.trainers)
    return digest((name, trainers, tuple(_list_line(person) for person in roll.attendees)))


def _words(seance: Seance) -> tuple[object, ...]:
    told = (seance.code, seance.name, seance.start, seance.end, seance.venue, seance.extra)
    return (*told, seance.details) if seance.details else told


def _sheet_line(person: Attendee) -> tuple[object, ...]:
    return (person.civility, person.last_name, person.first_name, person.employer)


def _list_line(person: Attendee) -> tuple[object, ...]:
    return (person.civility, person.last_name, person.first_name, str(person.email), person.employer, person.role,
            person.status, person.presence, person.hours)  # fmt: skip
