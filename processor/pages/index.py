"""The first page: séances that are open, séances that are over."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from processor.model import Parameters, Roll, Venue
from processor.pages.french import hour, moment, short_day
from processor.pages.markup import Markup, element, paragraphs, text, together
from processor.pages.page import asset, banner, chip, foot, main, page

_COLUMNS = ("Nom", "Date de début", "Date de fin", "Lieu", "Infos complémentaires")


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
    return page(
        f"Séances{' — ' + parameters.organisation if parameters.organisation else ''}",
        banner(parameters.organisation, element("h1", "Séances"), _jumps(len(soon), len(past))),
        main(
            _list("ouvertes", "Séances ouvertes", soon, names, "Aucune séance n’est prévue."),
            _list("terminees", "Séances terminées", past, names, "Aucune séance n’est terminée."),
        ),
        foot(f"Mis à jour le {moment(now)}."),
        script=asset("lists.js"),
    )


def _jumps(open_: int, finished: int) -> Markup:
    return element(
        "nav",
        element("a", "Ouvertes ", element("b", open_), href="#ouvertes"),
        element("a", "Terminées ", element("b", finished), href="#terminees"),
        class_="jumps", aria_label="Listes",
    )  # fmt: skip


def _list(anchor: str, title: str, rolls: Sequence[Roll], names: Mapping[int, str], nothing: str) -> Markup:
    heading = element(
        "h2", f"{title} ", element("span", f"({len(rolls)})", class_="count"), id=f"{anchor}-titre"
    )
    if not rolls:
        content = element("p", nothing, class_="nothing")
    else:
        content = element(
            "div", _table(title, anchor, [_row(roll, names[id(roll)]) for roll in rolls]), class_="sheet"
        )
    return element("section", heading, content, id=anchor, aria_labelledby=f"{anchor}-titre")


def _table(title: str, anchor: str, lines: Sequence[Markup]) -> Markup:
    heads = together(element("th", name, scope="col", role="columnheader") for name in _COLUMNS)
    sorted_by = f"{title}, par date de {'début' if anchor == 'ouvertes' else 'fin'}"
    return element(
        "table",
        element("caption", sorted_by, class_="unseen"),
        element("thead", element("tr", heads, role="row"), role="rowgroup"),
        element("tbody", "\n", together(lines), role="rowgroup"),
        class_="list seances", role="table",
    )  # fmt: skip


def _row(roll: Roll, file: str) -> Markup:
    seance = roll.seance
    state = chip(seance.state.value, "bad" if seance.cancelled else "good") if seance.state else None
    link = element("a", seance.name or seance.code or "Sans nom", href=file)
    cells = (
        element("th", link, state, _under(seance.code), scope="row", role="rowheader", data_sort=seance.name),
        _moment(_COLUMNS[1], seance.start),
        _moment(_COLUMNS[2], seance.end),
        _cell(_COLUMNS[3], place_line(seance.venue, roll.venue)),
        _cell(_COLUMNS[4], paragraphs(seance.extra) if seance.extra else None, "extra"),
    )
    return together((element("tr", *cells, role="row"), "\n"))


def _cell(header: str, content: object, look: str | None = None) -> Markup:
    said = element("div", content, class_=look) if content else element("span", "–", class_="none")
    return element("td", said, role="cell", data_label=header, data_sort="" if not content else None)


def _moment(header: str, when: datetime) -> Markup:
    shown = element("time", short_day(when), _under(hour(when)), datetime=when.isoformat(timespec="minutes"))
    return element("td", shown, role="cell", class_="when", data_label=header, data_sort=when.isoformat())


def _under(said: str) -> Markup | None:
    return element("small", said) if said else None


def place_line(name: str, venue: Venue | None) -> Markup | None:
    """Where, on two short lines: the name of the venue, then its address; nothing when nothing is known.

    >>> from processor.model import Place
    >>> place_line("Siège", Venue(Place("Lieux", 2), "Siège", "1 rue Haute", "67000", "Strasbourg"))
    'Siège<small>1 rue Haute, 67000 Strasbourg</small>'
    """
    lines = address_lines(venue, country=False) if venue else ()
    shown = venue.name if venue and venue.name else name
    if not shown and not lines:
        return None
    return together((text(shown), _under(", ".join(lines))))


def address_lines(venue: Venue, *, country: bool = True) -> tuple[str, ...]:
    """The lines of a postal address that are known.

    >>> from processor.model import Place
    >>> address_lines(Venue(Place("Lieux", 2), "Siège", "1 rue Haute\\nBâtiment B", "67000", "Strasbourg", "France"))
    ('1 rue Haute', 'Bâtiment B', '67000 Strasbourg', 'France')
    """
    town = f"{venue.postcode} {venue.city}".strip()
    lines = (*venue.address.splitlines(), town, venue.country if country else "")
    return tuple(line.strip() for line in lines if line.strip())
