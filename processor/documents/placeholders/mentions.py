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


# By the names that the table of kinds gives them.
MENTIONS = {
    "intitule": _mention("title", "intitule formation.titre session.nom seance.nom journee.seance .seance"),
    "personne": _mention("person", "personne.nom personne.nom_complet personne.nom_liste personne.identite"),
    "dates": _mention(
        "dates", "periode liste_des_seances .horaire .debut .date_debut .dates .jours .date session.dates"
    ),
    "heures": _mention("times", "liste_des_seances .horaire .debut .heure_debut .heures .heures_suivies"),
    "lieu": _mention("venue", "lieux liste_des_seances .lieu .lieu_complet .adresse lieu.nom lieu.adresse"),
    "organisme": _mention("provider", "organisme.nom"),
    "declaration": _mention("declaration", "organisme.declaration"),
    "formateurs": _mention("trainers", ".formateurs .intervenants formateurs session.formateurs"),
    "employeur": _mention("employer", ".employeur"),
    "delivrance": _mention("issued", "aujourdhui"),
    "duree": _mention("hours", "heures personne.heures .heures_suivies"),
    "contact": _mention("contact", "organisme.telephone organisme.courriel organisme.site"),
    "nature": _mention("nature", "natures formation.nature"),
    "objectifs": _mention("objectives", "formation.objectifs"),
    "participants": _mention("people", "participants .participants"),
}


def expected(kind: Kind) -> tuple[Mention, ...]:
    """The mentions that a document of the kind should carry."""
    return tuple(MENTIONS[name] for name in kind.traits.mentions.split())


def missing(kind: Kind, used: Iterable[str]) -> Iterator[Problem]:
    """One note with all the expected mentions that no placeholder of the template gives, or nothing.

    >>> [one.problem for one in missing(Kind.SEANCE_INVITATION, ["personne.nom", "seance.nom", "seance.debut", "lieux"])]
    ['Le modèle ne porte pas le nom des formateurs et un contact.']
    """
    names = tuple(used)
    absent = [mention for mention in expected(kind) if not mention.given_by(names)]
    if absent:
        words = dict.fromkeys(map(_example, absent))
        yield Problem.of(
            "mention-absente",
            mentions=french.listed(mention.words for mention in absent),
            kind=kind.label,
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
