"""The words of the sheet « Mode d'emploi »: the file `locale/fr/mode-d-emploi.md`, which anyone may edit."""

import re
from typing import NamedTuple

from processor.model.catalogue import read_file


class Part(NamedTuple):
    """One part of the guide: its title, a paragraph under it, and its lines: what staff want to do, and how."""

    title: str
    introduction: str
    tasks: tuple[tuple[str, str], ...] = ()


def parts(text: str = "") -> tuple[Part, ...]:
    """The parts of the guide in order, the first being its title; those of the product where no text is given.

    >>> parts("<!-- note -->\\n# Guide\\n\\nBonjour.\\n\\n## Commencer\\n\\n### Choisir\\nOuvrez\\nla feuille.\\n")
    (Part(title='Guide', introduction='Bonjour.', tasks=()), Part(title='Commencer', introduction='', tasks=(('Choisir', 'Ouvrez la feuille.'),)))
    """
    told = re.sub(r"<!--.*?-->", "", text or read_file("mode-d-emploi.md"), flags=re.DOTALL)
    return tuple(_part(part) for part in re.split(r"^##? ", told, flags=re.MULTILINE)[1:])


def _part(text: str) -> Part:
    opening, *tasks = (_titled(piece) for piece in re.split(r"^### ", text, flags=re.MULTILINE))
    return Part(*opening, tuple(tasks))


def _titled(text: str) -> tuple[str, str]:
    """A first line and what follows, as one paragraph; non-breaking spaces stay."""
    title, _, rest = text.partition("\n")
    return title.strip(), re.sub(r"[ \n]+", " ", rest).strip()
