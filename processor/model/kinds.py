"""The table of kinds: all that belongs to a kind of document or of mail, said once.

Whoever adds a kind adds a member here; what lists kinds elsewhere is read from this table.
"""

from dataclasses import dataclass
from enum import Enum, auto

from processor.model.catalogue import explained


class Scope(Enum):
    """What a document or mail is about."""

    SEANCE = auto()
    SESSION = auto()


class Whom(Enum):
    """Who gets it: one each, or one for all of them."""

    PARTICIPANT = auto()
    TRAINER = auto()
    EVERYONE = auto()
    STAFF = auto()


@dataclass(frozen=True)
class Traits:
    """What is true of a kind. `slug` is its identity, for ever; `label` is what staff read and write, and may change.

    A document has a `template`, the Word file that the program brings; a mail without one has words alone. The words are
    in the catalogue (`kind.<slug>.message`), until staff give others in Modèles, under the label, if the kind is `in_modeles`.
    `stem` begins the name of the file. `mentions` names what a document is expected to carry (`documents.placeholders.mentions`),
    `own` the placeholders that not every kind has. `invites` and `attests` are promises: an attestation is numbered, sealed and
    issued once. What is `ahead` goes into calendars, what is `over` counts hours. `named_in` is the column of the row
    where staff choose the modèle, `dated_in` the column of Inscriptions that shows when it left.
    """

    slug: str
    label: str
    scopes: tuple[Scope, ...] = (Scope.SEANCE,)
    whom: Whom = Whom.PARTICIPANT
    template: str = ""
    stem: str = ""
    mentions: str = ""
    own: str = ""
    invites: bool = False
    attests: bool = False
    ahead: bool = False
    over: bool = False
    in_modeles: bool = True
    named_in: str = ""
    dated_in: str = ""


_INVITATION = "personne intitule dates heures lieu formateurs contact"
_ATTESTATION = "personne intitule dates duree objectifs nature organisme delivrance"


class Kind(Enum):
    """The kinds of document and of mail, in the order in which staff see them; see `Traits`."""

    SEANCE_INVITATION = Traits(
        "invitation-seance",
        "Invitation à une séance",
        template="invitation-seance.docx",
        stem="Invitation",
        mentions=_INVITATION,
        invites=True,
        ahead=True,
        named_in="invitation_template",
    )
    SESSION_INVITATION = Traits(
        "invitation-session",
        "Invitation à une session",
        (Scope.SESSION,),
        template="invitation-session.docx",
        stem="Invitation",
        mentions=_INVITATION,
        invites=True,
        ahead=True,
        named_in="invitation_template",
        dated_in="invited_on",
    )
    SEANCE_ATTESTATION = Traits(
        "attestation-seance",
        "Attestation de séance",
        template="attestation-seance.docx",
        stem="Attestation",
        mentions=_ATTESTATION,
        attests=True,
        over=True,
        named_in="attestation_template",
    )
    SESSION_ATTESTATION = Traits(
        "attestation-session",
        "Attestation de session",
        (Scope.SESSION,),
        template="attestation-session.docx",
        stem="Attestation",
        mentions=_ATTESTATION,
        attests=True,
        over=True,
        dated_in="attested_on",
    )
    EMARGEMENT = Traits(
        "feuille-emargement",
        "Feuille d'émargement",
        (Scope.SEANCE, Scope.SESSION),
        Whom.EVERYONE,
        template="feuille-emargement.docx",
        stem="Feuille d'émargement",
        mentions="participants employeur intitule dates heures lieu formateurs organisme declaration",
        own="presences",
    )
    CERTIFICATE = Traits(
        "certificat-realisation",
        "Certificat de réalisation",
        (Scope.SESSION,),
        template="certificat-realisation.docx",
        stem="Certificat de réalisation",
        mentions="personne employeur intitule nature dates duree organisme delivrance",
        attests=True,
        over=True,
        dated_in="attested_on",
    )
    # Sent from no workbook that has no row of this Type: staff opt in by adding one.
    CONVOCATION = Traits(
        "convocation-formateur",
        "Convocation d'un formateur",
        (Scope.SEANCE, Scope.SESSION),
        Whom.TRAINER,
        template="convocation-formateur.docx",
        stem="Convocation",
        mentions="personne intitule dates heures lieu contact",
        ahead=True,
    )
    MODIFICATION = Traits(
        "modification",
        "Modification",
        own="changements horaire_annonce",
        ahead=True,
    )
    CANCELLATION = Traits(
        "annulation",
        "Annulation d'une séance",
        own="horaire_annonce",
        ahead=True,
    )
    REMINDER = Traits(
        "rappel",
        "Rappel",
        ahead=True,
    )
    CHASE = Traits(
        "relance-presences",
        "Relance des présences",
        whom=Whom.TRAINER,
        own="presences_manquantes",
        over=True,
    )
    ABSENCE = Traits(
        "suivi-absence",
        "Suivi d'absence",
        over=True,
    )
    # Staff know it as a Modification, and their words for one are about a single séance.
    ADDED = Traits(
        "nouvelles-seances",
        "Modification",
        (Scope.SESSION,),
        own="changements",
        ahead=True,
        in_modeles=False,
    )
    SUMMARY = Traits("resume-de-la-nuit", "Résumé de la nuit", (), Whom.STAFF, in_modeles=False)
    LIST = Traits(
        "liste",
        "Liste",
        (Scope.SEANCE, Scope.SESSION),
        Whom.EVERYONE,
        stem="Liste des inscrits",
        in_modeles=False,
    )

    def __repr__(self) -> str:
        return f"Kind.{self.name}"

    @property
    def traits(self) -> Traits:
        """All that is true of the kind."""
        found: Traits = self._value_
        return found

    @property
    def slug(self) -> str:
        """The identity of the kind: in keys, in the journal, on the command line."""
        return self.traits.slug

    @property
    def label(self) -> str:
        """The words that staff read, and write in the column Type of Modèles."""
        return self.traits.label

    @property
    def subject(self) -> str:
        """The subject of its mail until staff give another, with its placeholders; blank for what no mail carries."""
        return explained(f"kind.{self.slug}.subject")

    @property
    def message(self) -> str:
        """The message of its mail until staff give another, with its placeholders; blank for what no mail carries."""
        return explained(f"kind.{self.slug}.message")

    @classmethod
    def of(cls, slug: str) -> "Kind":
        """The kind with that slug. KeyError for a word that is none.

        >>> Kind.of("rappel").label
        'Rappel'
        """
        return _BY_SLUG[slug]

    @classmethod
    def labelled(cls, label: str) -> "Kind":
        """The kind that staff mean in the column Type. KeyError for a word that is none.

        >>> Kind.labelled("Attestation de séance").slug
        'attestation-seance'
        """
        return _BY_LABEL[label]


_BY_SLUG = {kind.slug: kind for kind in Kind}
_BY_LABEL = {kind.label: kind for kind in Kind if kind.traits.in_modeles}

# The kinds of document, filled from Word templates; and the mails without one whose words staff may give in Modèles.
DOCUMENTS = tuple(kind for kind in Kind if kind.traits.template)
NOTICES = tuple(kind for kind in Kind if kind.traits.in_modeles and not kind.traits.template)
INVITATIONS = tuple(kind for kind in Kind if kind.traits.invites)
ATTESTATIONS = tuple(kind for kind in Kind if kind.traits.attests)
