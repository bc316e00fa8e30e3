"""The mentions that each kind of document is expected to carry, by law or by those who pay for the training."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from processor.documents.lint.problems import Problem
from processor.model import Kind, french
from processor.model.catalogue import say


@dataclass(frozen=True)
class Mention:
    """One mention: its slug, and the placeholders of which any one gives it."""

    slug: str
    any_of: frozenset[str]

    @property
    def words(self) -> str:
        """What it is called in a sentence."""
        return say(f"mention.{self.slug}")

    def given_by(self, used: Iterable[str]) -> bool:
        """Whether any placeholder used gives the mention; a field alone (`.nom`) counts in any loop."""
        return any(name in self.any_of or f".{name.rpartition('.')[2]}" in self.any_of for name in used)


def _mention(slug: str, any_of: str) -> Mention:
    return Mention(slug, frozenset(any_of.split()))


_TITLE = _mention("title", "intitule formation.titre session.nom seance.nom journee.seance .seance")
_PERSON = _mention("person", "personne.nom personne.nom_complet personne.nom_liste personne.identite")
_DATES = _mention(
    "dates", "periode liste_des_seances .horaire .debut .date_debut .dates .jours .date session.dates"
)
_TIMES = _mention("times", "liste_des_seances .horaire .debut .heure_debut .heures .heures_suivies")
_PLACE = _mention("venue", "lieux liste_des_seances .lieu .lieu_complet .adresse lieu.nom lieu.adresse")
_PROVIDER = _mention("provider", "organisme.nom")
_DECLARATION = _mention("declaration", "organisme.declaration")
_TRAINER = _mention("trainers", ".formateurs .intervenants formateurs session.formateurs")
_EMPLOYER = _mention("employer", ".employeur")
_ISSUED = _mention("issued", "aujourdhui")
_HOURS = _mention("hours", "heures personne.heures .heures_suivies")
_CONTACT = _mention("contact", "organisme.telephone organisme.courriel organisme.site")
_NATURE = _mention("nature", "natures formation.nature")
_OBJECTIVES = _mention("objectives", "formation.objectifs")
_PEOPLE = _mention("people", "participants .participants")

EXPECTED: dict[Kind, tuple[Mention, ...]] = {
    Kind.SEANCE_INVITATION: (_PERSON, _TITLE, _DATES, _TIMES, _PLACE, _TRAINER, _CONTACT),
    Kind.SESSION_INVITATION: (_PERSON, _TITLE, _DATES, _TIMES, _PLACE, _TRAINER, _CONTACT),
    Kind.SEANCE_ATTESTATION: (_PERSON, _TITLE, _DATES, _HOURS, _OBJECTIVES, _NATURE, _PROVIDER, _ISSUED),
    Kind.SESSION_ATTESTATION: (_PERSON, _TITLE, _DATES, _HOURS, _OBJECTIVES, _NATURE, _PROVIDER, _ISSUED),
    Kind.EMARGEMENT: (_PEOPLE, _EMPLOYER, _TITLE, _DATES, _TIMES, _PLACE, _TRAINER, _PROVIDER, _DECLARATION),
    Kind.CERTIFICATE: (_PERSON, _EMPLOYER, _TITLE, _NATURE, _DATES, _HOURS, _PROVIDER, _ISSUED),
}


def missing(kind: Kind, used: Iterable[str]) -> Iterator[Problem]:
    """One note with all the expected mentions that no placeholder of the template gives, or nothing.

    >>> [one.problem for one in missing(Kind.SEANCE_INVITATION, ["personne.nom", "seance.nom", "seance.debut", "lieux"])]
    ['Le modèle ne porte pas le nom des formateurs et un contact.']
    """
    names = tuple(used)
    absent = [mention for mention in EXPECTED[kind] if not mention.given_by(names)]
    if absent:
        words = dict.fromkeys(map(_example, absent))
        yield Problem.of(
            "mention-absente",
            mentions=french.listed(mention.words for mention in absent),
            kind=kind.value,
            examples=french.listed(say("quoted", text=f"{{{{ {word} }}}}") for word in words),
            near=_example(absent[0]),
            serious=False,
        )


def _example(mention: Mention) -> str:
    return (
        min(name for name in mention.any_of if not name.startswith("."))
        if _plain(mention)
        else _in_loop(mention)
    )


def _plain(mention: Mention) -> bool:
    return any(not name.startswith(".") for name in mention.any_of)


def _in_loop(mention: Mention) -> str:
    return f"participant{min(mention.any_of)}"
