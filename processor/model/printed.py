"""The columns that are printed of people: one table, from which lists, pages and sheets to sign take those that they print."""

from dataclasses import dataclass
from enum import StrEnum

from processor.model.catalogue import say
from processor.model.roll import Attendee


class On(StrEnum):
    """What prints people, a row each."""

    LIST = "list"
    PAGE = "page"
    SHEET = "sheet"


LIST, PAGE, SHEET = On


@dataclass(frozen=True)
class Printed:
    """One column: the field of `Attendee` that it prints and on what; its header is `people.<field>` in the catalogue.

    `width` is the most it takes in a list, in characters. `placeholder` is what a template calls it, under `personne`;
    the names, the presence and the hours, which templates print in forms of their own, have none here.
    """

    field: str
    on: frozenset[On]
    width: int
    placeholder: str = ""
    number: bool = False

    @property
    def header(self) -> str:
        """The header that people read."""
        return say(f"people.{self.field}")

    def value(self, person: Attendee) -> str | float | None:
        """What the column says of a person: a text, or a number of hours, or None where none is known."""
        found = getattr(person, self.field)
        return found if found is None or isinstance(found, int | float) else str(found)

    def text(self, person: Attendee) -> str:
        """The same where nothing but a text can stand."""
        return "" if self.value(person) is None else str(self.value(person))


PRINTED = (
    Printed("civility", frozenset({LIST, SHEET}), 10),
    Printed("last_name", frozenset({LIST, PAGE, SHEET}), 34),
    Printed("first_name", frozenset({LIST, PAGE, SHEET}), 22),
    Printed("email", frozenset({LIST}), 38, "courriel"),
    Printed("employer", frozenset({LIST, PAGE, SHEET}), 34, "employeur"),
    Printed("role", frozenset({LIST}), 15, "role"),
    Printed("status", frozenset({LIST, PAGE}), 14),
    Printed("presence", frozenset({LIST, PAGE}), 24),
    Printed("hours", frozenset({LIST}), 10, number=True),
)


def printed(on: On) -> tuple[Printed, ...]:
    """The columns that are printed there, in their order.

    >>> [column.header for column in printed(PAGE)]
    ['Nom', 'Prénom', 'Employeur', 'Statut', 'Présence']
    """
    return tuple(column for column in PRINTED if on in column.on)
