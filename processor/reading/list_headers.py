"""Which column of an exported list holds what: the headers of Google Forms, Microsoft Forms, Framaforms, Claroline and people."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from processor.model.catalogue import say
from processor.model.layout import letters
from processor.model.names import normalised
from processor.reading.cells import text_of
from processor.reading.grid import Grid

FIELDS = {
    "first_name": "Prénom",
    "last_name": "Nom",
    "full_name": "Nom complet",
    "email": "Courriel",
    "civility": "Civilité",
    "employer": "Employeur",
    "since": "Inscrit le",
    "session": "Session",
    "seance": "Séance",
}
_SPELLINGS = {
    "first_name": ("prenom", "prenoms", "prenom usuel", "first name", "firstname", "given name"),
    "last_name": ("nom de famille", "nom", "nom d'usage", "nom usuel", "last name", "lastname", "surname", "family name",
                  "nom de naissance"),
    "full_name": ("nom complet", "nom et prenom", "nom prenom", "nom & prenom", "nom/prenom", "nom / prenom", "nom, prenom",
                  "noms et prenoms", "nom et prenoms", "prenom et nom", "prenom nom", "prenom/nom", "prenom / nom",
                  "prenom, nom", "full name", "fullname", "name", "participant", "stagiaire", "nom du participant",
                  "nom du stagiaire", "identite"),
    "email": ("courriel", "adresse e-mail", "adresse email", "adresse mail", "adresse courriel", "adresse electronique",
              "e-mail", "email", "mail", "mel", "courrier electronique", "email address", "adresse de messagerie"),
    "civility": ("civilite", "civility"),
    "employer": ("employeur", "entreprise", "societe", "organisme employeur", "organisme", "structure", "etablissement",
                 "company", "organization", "organisation"),
    "since": ("inscrit le", "date d'inscription", "horodateur", "timestamp", "date de soumission", "soumis le", "submitted",
              "completion time", "heure de fin", "heure de la derniere modification", "heure de debut", "start time"),
    "session": ("session", "code session", "code de la session"),
    "seance": ("seance", "code seance", "code de la seance"),
}  # fmt: skip
_KNOWN = {spelling: (name, rank) for name, some in _SPELLINGS.items() for rank, spelling in enumerate(some)}
_MICROSOFT = ({"heure de debut", "heure de fin"}, {"start time", "completion time"})
_POLITE = re.compile(
    r"^(?:(?:merci d['e ]*(?:indiquer|saisir|preciser)|(?:veuillez )?(?:indique[zr]|saisi(?:ssez|r)|entre[zr]|precise[zr])"
    r"|quel(?:le)?s? (?:est|sont)|votre|vos|ton|ta|le|la|your)\s+|l')"
)
_SEARCHED = 30


@dataclass(frozen=True)
class Recognised:
    """Where each field stands: field → column. `unused` are headers that say nothing to us."""

    header_row: int
    columns: Mapping[str, int]
    headers: Mapping[int, str]

    @property
    def unused(self) -> tuple[str, ...]:
        """The headers of the list that are not taken."""
        return tuple(h for n, h in sorted(self.headers.items()) if n not in self.columns.values())


@dataclass(frozen=True)
class Doubt:
    """One field whose column cannot be told: why, and the headers that might be it, the likeliest first."""

    field: str
    why: str
    candidates: tuple[str, ...]


def recognise(grid: Grid, given: Mapping[str, str]) -> tuple[Recognised, tuple[Doubt, ...]]:
    """The columns of the list, and what is in doubt: nothing is imported until no doubt is left.

    `given` is what the person said (field → header, or a column's letter; blank: no such column); it beats what we see.
    The header row is the first of those that recognise most columns.
    """
    best = _try(grid, 0, given)
    for row in sorted(grid.rows)[:_SEARCHED]:
        found = _try(grid, row, given)
        if len(found[0].columns) > len(best[0].columns):
            best = found
    return best


def plain(header: str) -> str:
    """A header as it is compared: without courtesy, question mark, brackets and the figure that Excel adds to a second one.

    >>> plain("Quel est votre prénom ? (obligatoire)"), plain("Votre adresse e-mail :"), plain("Nom2")
    ('prenom', 'adresse e-mail', 'nom')
    """
    text = normalised(re.sub(r"\([^)]*\)|\[[^\]]*\]|[?*]", " ", header)).rstrip(" .!")
    while (shorter := _POLITE.sub("", text)) != text and shorter:
        text = shorter
    return re.sub(r"(?<=[a-z])\s?\d$", "", text).strip()


def _try(grid: Grid, row: int, given: Mapping[str, str]) -> tuple[Recognised, tuple[Doubt, ...]]:
    headers = {n: text for n, cell in sorted(grid.rows.get(row, {}).items()) if (text := text_of(cell))}
    columns, doubts = _seen(headers)
    for name, header in given.items():
        columns.pop(name, None)
        doubts = [doubt for doubt in doubts if doubt.field != name]
        if header and (number := _column(headers, header)):
            columns = {field: n for field, n in columns.items() if n != number} | {name: number}
        elif header:
            doubts.append(Doubt(name, say("list.doubt.given", header=header), tuple(headers.values())))
    if "first_name" in columns and "last_name" in columns:
        columns.pop("full_name", None)
    return Recognised(row, columns, headers), (*doubts, *_lacking(columns, headers, doubts))


def _column(headers: Mapping[int, str], wanted: str) -> int:
    """The column of a header as the person typed it, or of a column's letters."""
    for number, header in headers.items():
        if normalised(header) == normalised(wanted):
            return number
    return next((n for n in headers if letters(n) == wanted.strip().upper()), 0)


def _seen(headers: Mapping[int, str]) -> tuple[dict[str, int], list[Doubt]]:
    found: dict[str, list[tuple[int, int]]] = {}
    account = _account(headers.values())
    for number, header in headers.items():
        if account and normalised(header) in ("nom", "name"):
            found.setdefault("full_name", []).append((99, number))
        elif match := _KNOWN.get(plain(header)):
            again = 50 if normalised(header)[-1:].isdigit() else 0
            found.setdefault(match[0], []).append((match[1] + again, number))
    columns, doubts = {}, []
    for name, matches in found.items():
        best = min(rank for rank, _ in matches)
        first = [number for rank, number in matches if rank == best]
        columns[name] = first[0]
        if len(first) > 1:
            shown = tuple(f"{headers[n]}" for n in first)
            doubts.append(Doubt(name, say("list.doubt.several"), shown))
    return columns, doubts


def _account(headers: Iterable[str]) -> bool:
    """Whether Microsoft Forms wrote the list: its own column « Nom » is the name of the account, first and last in one."""
    names = {normalised(header) for header in headers}
    return any(pair <= names for pair in _MICROSOFT)


def _lacking(columns: Mapping[str, int], headers: Mapping[int, str], doubts: list[Doubt]) -> list[Doubt]:
    asked = {doubt.field for doubt in doubts}
    if "full_name" in columns or {"first_name", "last_name"} <= columns.keys() | asked:
        return []
    left = [header for number, header in headers.items() if number not in columns.values()]
    if "last_name" in columns and "first_name" not in columns:
        alone = headers[columns["last_name"]]
        near = _near("first_name", left)
        if not near:
            return [Doubt("full_name", say("list.doubt.alone", header=alone), (alone,))]
        return [Doubt("first_name", say("list.doubt.none", header=FIELDS["first_name"]), near)]
    lacking = [name for name in ("first_name", "last_name") if name not in columns]
    return [Doubt(name, say("list.doubt.none", header=FIELDS[name]), _near(name, left)) for name in lacking]


def _near(name: str, headers: Iterable[str]) -> tuple[str, ...]:
    from rapidfuzz import fuzz

    def likeness(header: str) -> float:
        return max(fuzz.ratio(plain(header), spelling) for spelling in _SPELLINGS[name])

    return tuple(sorted((h for h in headers if likeness(h) >= 75), key=likeness, reverse=True))
