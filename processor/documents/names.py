"""File and folder names made from cells: safe on every system, short, and never outside the folder of documents."""

import re
import unicodedata
from collections.abc import Collection
from pathlib import Path

from processor.model import Attendee, Facts, Kind
from processor.model.catalogue import say

_CHARACTERS, _BYTES = 100, 180
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
_RESERVED = re.compile(
    r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?|desktop\.ini", re.IGNORECASE
)


def file_name(kind: Kind, person: Attendee | None = None, ending: str = "") -> str:
    """The name of a document, for a person when there is one.

    >>> file_name(Kind.SEANCE_INVITATION, Attendee("k", "Zoé", "Dupont"), ".pdf")
    'Invitation - Dupont Zoé.pdf'
    >>> file_name(Kind.EMARGEMENT)
    "Feuille d'émargement"
    """
    who = f" - {person.listed_name}" if person is not None and person.listed_name else ""
    return safe(kind.traits.stem + who, room=len(ending)) + ending


def attached_name(facts: Facts, ending: str = "") -> str:
    """The name of the file that a person receives: whose it is, of which day and séance or of which session.

    Nobody sees the folder from which it comes, and one person may receive twenty attestations.

    >>> from processor.documents.lint.sample import facts
    >>> attached_name(facts(Kind.SEANCE_ATTESTATION), ".pdf")
    'Attestation - Dupont Zoé - 01-12-2026 Conférence de lancement.pdf'
    >>> attached_name(facts(Kind.CERTIFICATE), ".pdf")
    'Certificat de réalisation - Dupont Zoé - Automne 2026.pdf'
    """
    plain = file_name(facts.kind, facts.person)
    about = f"{facts.seance.seance.start:%d-%m-%Y} {facts.seance.seance.name}" if facts.seance else ""
    about = facts.session.session.name if facts.session else about
    end = (" " + say("file.replacing", number=facts.replaces) if facts.replaces else "") + ending
    return safe(f"{plain} - {about}" if about else plain, room=len(end)) + end


def folder_name(code: str, name: str) -> str:
    """The name of the folder of a séance or of a session.

    >>> folder_name("S-0012", "Conférence de lancement")
    'S-0012 Conférence de lancement'
    """
    return safe(f"{code} {name}")


def safe(text: str, room: int = 0) -> str:
    """The text as a name that Windows, macOS, Linux and OneDrive take, of at most 100 characters and 180 bytes.

    `room` is left for an ending. A cut is made between letters, never inside an accent or an emoji's parts.

    >>> safe("../../etc/passwd"), safe("CON"), safe("Bilan : été 2026 ?"), safe("...")
    ('etc passwd', 'CON_', 'Bilan été 2026', 'document')
    """
    composed = unicodedata.normalize("NFC", text)
    printable = "".join(letter if unicodedata.category(letter)[0] != "C" else " " for letter in composed)
    words = " ".join(_FORBIDDEN.sub(" ", printable).split())
    kept = _cut(words.lstrip(".~- "), _CHARACTERS - room, _BYTES - room).rstrip(". ")
    if _RESERVED.fullmatch(kept):
        stem, dot, rest = kept.partition(".")
        kept = f"{stem}_{dot}{rest}"
    return kept or say("file.nameless")


def distinct(name: str, key: str, taken: Collection[str], ending: str = "") -> str:
    """The name, followed by a piece of the person's key when another file of the folder already has it.

    Names are compared as Windows and macOS compare them, capitals and accents' forms apart.

    >>> distinct("Invitation - Dupont Zoé", "ab12cd34ef", {"invitation - DUPONT zoé.pdf"}, ".pdf")
    'Invitation - Dupont Zoé-ab12cd34.pdf'
    """
    known = {_folded(one) for one in taken}
    if _folded(name + ending) not in known:
        return name + ending
    mark = f"-{safe(key)[:8]}"
    return (
        _cut(name, _CHARACTERS - len(mark + ending), _BYTES - len((mark + ending).encode())) + mark + ending
    )


def within(root: Path, *names: str) -> Path:
    """The path of the names under the root, each made safe; ValueError when it would stand elsewhere.

    >>> within(Path("documents"), "2026", "../S-0012").as_posix()
    'documents/2026/S-0012'
    """
    path = root.joinpath(*(safe(name) for name in names))
    if not path.resolve().is_relative_to(root.resolve()):
        raise ValueError(path)
    return path


def _cut(text: str, characters: int, size: int) -> str:
    """The longest beginning within both limits that does not part a letter from what combines with it."""
    end = min(len(text), characters)
    while end and (len(text[:end].encode()) > size or _joined(text, end)):
        end -= 1
    return text[:end].rstrip()


def _joined(text: str, position: int) -> bool:
    return position < len(text) and (
        unicodedata.combining(text[position]) > 0 or text[position] in "\ufe0e\ufe0f"
    )


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
