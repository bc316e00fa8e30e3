"""The first page: séances that are open, séances that are over."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from processor.model import Parameters, Roll, Venue
from processor.pages.rendering import page


def index_html(
    open_: Sequence[Roll],
    finished: Sequence[Roll],
    names: Mapping[int, str],
    parameters: Parameters,
    now: datetime,
) -> str:
    """The page of both lists. `names` gives the file of a séance's page by the identity (`id`) of its roll.

    Open séances stand in order of time, the next one first; finished ones the last one first.
    """
    soon = sorted(open_, key=lambda roll: (roll.seance.start, roll.seance.end, roll.seance.code))
    past = sorted(
        finished, key=lambda roll: (roll.seance.end, roll.seance.start, roll.seance.code), reverse=True
    )
    shown = {
        "organisation": parameters.organisation,
        "now": now,
        "open": [(roll, names[id(roll)], *place(roll)) for roll in soon],
        "finished": [(roll, names[id(roll)], *place(roll)) for roll in past],
    }
    return page("index.html", shown, script="lists.js")


def place(roll: Roll) -> tuple[str, str]:
    """Where, on two short lines: the name of the venue, then its address; blank when nothing is known.

    >>> from processor.model import Place, Seance
    >>> siege = Venue(Place("Lieux", 2), "Siège", "1 rue Haute", "67000", "Strasbourg")
    >>> place(Roll(Seance(Place(""), "S-1", "Yoga", datetime(2026, 12, 1), datetime(2026, 12, 1)), venue=siege))
    ('Siège', '1 rue Haute, 67000 Strasbourg')
    """
    venue = roll.venue
    lines = address_lines(venue, country=False) if venue else ()
    return venue.name if venue and venue.name else roll.seance.venue, ", ".join(lines)


def address_lines(venue: Venue, *, country: bool = True) -> tuple[str, ...]:
    """The lines of a postal address that are known.

    >>> from processor.model import Place
    >>> address_lines(Venue(Place("Lieux", 2), "Siège", "1 rue Haute\\nBâtiment B", "67000", "Strasbourg", "France"))
    ('1 rue Haute', 'Bâtiment B', '67000 Strasbourg', 'France')
    """
    town = f"{venue.postcode} {venue.city}".strip()
    lines = (*venue.address.splitlines(), town, venue.country if country else "")
    return tuple(line.strip() for line in lines if line.strip())
