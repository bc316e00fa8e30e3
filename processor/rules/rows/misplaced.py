"""A séance where or when it should not be: outside its session, on a closed day, at an hour that does not exist, in too small a room."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from processor.model import Place, Roll, Session, participants
from processor.model.findings import Fault, Finding, Severity
from processor.model.plan import Repeat
from processor.model.snapshot import Snapshot
from processor.reading.state import ACCEPTED
from processor.rules.calendar.closed_days import ClosedDay
from processor.rules.calendar.instants import skipped_hour
from processor.rules.calendar.spans import dates
from processor.rules.decided import plural
from processor.rules.rows.clashes import accept_where

_SHOWN = 5


def misplaced(
    snapshot: Snapshot, rolls: Iterable[Roll], repeats: Iterable[Repeat], closed: ClosedDay
) -> Iterator[Finding]:
    """The notes on séances that are still ahead; those that staff accept with a reason, or cancelled, are silent."""
    ahead = {
        roll.seance.place: roll
        for roll in rolls
        if not roll.finished and not roll.seance.cancelled and not roll.seance.accepted
    }
    accept = f"ou écrivez « {ACCEPTED} : » et le motif {accept_where(snapshot)}."
    for place, roll in ahead.items():
        one = _Ahead(roll, closed, snapshot.parameters.zone, accept)
        for field, fault, why in (told for check in CHECKS for told in check(one)):
            yield _finding(snapshot, place, field, fault, why)
    yield from _copies(snapshot, ahead, repeats)


def _finding(snapshot: Snapshot, place: Place, field: str, fault: Fault, why: str) -> Finding:
    layout = snapshot.layout_at(place)
    shown = field if layout.has(field) else "day"
    return snapshot.finding(place, shown, fault, why, Severity.NOTE)


@dataclass(frozen=True)
class _Ahead:
    """A séance still to come, its days, those that are closed, and how staff accept what is told of it."""

    roll: Roll
    closed: ClosedDay
    zone: str
    accept: str

    @cached_property
    def days(self) -> list[date]:
        return list(dates(self.roll.seance))


_Said = Iterator[tuple[str, Fault, str]]


def _outside_session(one: _Ahead) -> _Said:
    session, days = one.roll.session, one.days
    if session is not None and (fault := outside(session, days[0], days[-1], one.accept)):
        why = "les documents de la session donnent ses dates : une séance en dehors n’y serait pas couverte."
        yield "start", fault, why


def _on_closed_day(one: _Ahead) -> _Said:
    shut = [(day, reason) for day in one.days if (reason := one.closed(day))]
    if shut:
        told = ", ".join(f"le {day:%d/%m/%Y} ({reason})" for day, reason in shut[:_SHOWN])
        fix = f"changez la date, {one.accept}"
        why = "une feuille d’émargement signée un jour férié ou de fermeture est refusée par les financeurs."
        yield "start", Fault("jour-ferme", f"la séance tombe un jour fermé : {told}.", fix), why


def _at_no_hour(one: _Ahead) -> _Said:
    for field, moment in (("start", one.roll.seance.start), ("end", one.roll.seance.end)):
        if skipped_hour(moment, one.zone):
            problem = f"le {moment:%d/%m/%Y}, {moment:%H:%M} n’existe pas : les montres sautent cette heure, c’est le passage à l’heure d’été."
            fix = "écrivez l’heure que les montres montreront, une heure plus tard."
            fault = Fault("heure-inexistante", problem, fix)
            yield field, fault, "personne ne peut être là à cette heure-là."


def _in_small_room(one: _Ahead) -> _Said:
    people, venue = len(participants(one.roll.attendees)), one.roll.venue
    if venue is not None and venue.capacity is not None and people > venue.capacity:
        yield "venue", Fault(
            "lieu-trop-petit", f"{plural(people, 'inscrit')} pour un lieu de {plural(venue.capacity, 'place')} (« {one.roll.seance.venue} »).",
            f"choisissez un lieu plus grand ou limitez « Places », {one.accept}",
        ), "tout le monde ne pourrait pas s’asseoir."  # fmt: skip


CHECKS: tuple[Callable[[_Ahead], _Said], ...] = (
    _outside_session,
    _on_closed_day,
    _at_no_hour,
    _in_small_room,
)


def outside(session: Session, first: date, last: date, accept: str) -> Fault | None:
    """The fault of days outside the session's; a session without dates says nothing.

    >>> session = Session(Place("Sessions", 2), "P1", "Printemps", start=date(2026, 3, 1), end=date(2026, 6, 30))
    >>> outside(session, date(2026, 7, 1), date(2026, 7, 1), "…").problem
    'la séance est en dehors des dates de la session « P1 », qui finit le 30/06/2026.'
    >>> outside(session, date(2026, 6, 30), date(2026, 6, 30), "…") is None
    True
    """
    early = session.start is not None and first < session.start
    late = session.end is not None and last > session.end
    if not early and not late:
        return None
    edge = f"qui commence le {session.start:%d/%m/%Y}" if early else f"qui finit le {session.end:%d/%m/%Y}"
    return Fault(
        "hors-dates-de-session",
        f"la séance est en dehors des dates de la session « {session.code} », {edge}.",
        f"corrigez la date de la séance ou celles de la session, {accept}",
    )


def _copies(snapshot: Snapshot, ahead: dict[Place, Roll], repeats: Iterable[Repeat]) -> Iterator[Finding]:
    """One note for the copies that would fall outside the session; closed days are skipped by the repetition itself."""
    out: dict[Place, list[date]] = {}
    for repeat in repeats:
        roll = ahead.get(repeat.source)
        last = (repeat.end - timedelta(seconds=1)).date()
        if roll and roll.session and outside(roll.session, repeat.start.date(), last, ""):
            out.setdefault(repeat.source, []).append(repeat.start.date())
    for place, days in out.items():
        told = ", ".join(f"{day:%d/%m/%Y}" for day in days[:_SHOWN]) + ("…" if days[_SHOWN:] else "")
        session = ahead[place].session
        fault = Fault(
            "hors-dates-de-session",
            f"{plural(len(days), 'séance')} de la répétition {'tombe' if len(days) < 2 else 'tombent'} en dehors des dates de la session « {session.code if session else ''} » : {told}.",
            "corrigez la fin de la répétition ou les dates de la session.",
        )
        yield _finding(snapshot, place, "until", fault, "ces séances n’appartiendraient pas à la session.")
