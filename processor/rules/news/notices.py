"""The words of the mails without a document: those that staff wrote in the sheet Modèles, else the program's own."""

from collections.abc import Iterator, Mapping

from processor.contract import TEMPLATES
from processor.model import Notice, Wording
from processor.model.findings import Fault, Finding, Severity
from processor.model.snapshot import Snapshot

_HELLO = "Bonjour {{ personne.prenom }} {{ personne.nom }},\n\n"
_THE_SEANCE = "la séance « {{ seance.nom }} »"
_WHERE = (
    "Quand : {{ seance.horaire }}\n"
    "{% if seance.lieu %}Où : {{ seance.lieu }}\n{{ seance.adresse }}\n{% endif %}"
    "{% if seance.infos %}\n{{ seance.infos }}\n{% endif %}\n"
)
_SORRY = "Veuillez nous excuser de ce changement.\n\n{{ organisme.nom }}"
_YOU = (
    "{% if personne.role == 'Formateur' %}que vous animez{% else %}à laquelle vous êtes invité(e){% endif %}"
)

_CHANGED = f"{_HELLO}La séance « {{{{ seance.nom }}}} », {_YOU}, a changé.\n\n{{{{ changements }}}}\n\n{_WHERE}{_SORRY}"
_CANCELLED = (
    f"{_HELLO}La séance « {{{{ seance.nom }}}} » ({{{{ horaire_annonce }}}}) est annulée. "
    f"Vous n’avez pas à vous déplacer.\n\n{_SORRY}"
)
_REMINDER = (
    f"{_HELLO}Nous vous rappelons {_THE_SEANCE}, à laquelle vous êtes invité(e).\n\n{_WHERE}"
    "À bientôt,\n{{ organisme.nom }}"
)
_CHASE = (
    f"{_HELLO}La séance « {{{{ seance.nom }}}} » ({{{{ seance.horaire }}}}) est finie, et la présence n’est pas encore "
    "notée pour {{ presences_manquantes }}.\n\n"
    "Pourriez-vous nous transmettre la feuille d’émargement, ou nous dire qui était là ? "
    "Sans cela, aucune attestation ne peut partir.\n\nMerci,\n{{ organisme.nom }}"
)
_ABSENCE = (
    f"{_HELLO}Vous étiez attendu(e) à {_THE_SEANCE} ({{{{ seance.horaire }}}}), et votre absence n’est pas "
    "justifiée à ce jour.\n\n"
    "Si vous avez un justificatif, merci de nous l’envoyer en réponse à ce message. "
    "Si c’est une erreur, dites-le-nous : nous la corrigerons.\n\nBien cordialement,\n{{ organisme.nom }}"
)
_NAMED = "{{ seance.nom }}, {{ seance.debut }}"
OWN: Mapping[Notice, tuple[str, str]] = {
    Notice.MODIFICATION: (f"Modification : {_NAMED}", _CHANGED),
    Notice.CANCELLATION: (f"Annulation : {_NAMED}", _CANCELLED),
    Notice.REMINDER: (f"Rappel : {_NAMED}", _REMINDER),
    Notice.CHASE: (f"Présences à noter : {_NAMED}", _CHASE),
    Notice.ABSENCE: (f"Votre absence : {_NAMED}", _ABSENCE),
}
_WHY_ONE = "le programme prend la première ligne de ce type et ne lit pas celle-ci."


def words(snapshot: Snapshot, notice: Notice) -> tuple[str, str]:
    """The subject and message of a mail without a document, with their placeholders.

    A row in error is as if it were not there: who must hear that a séance is cancelled hears it, in the program's words.
    """
    subject, message = OWN[notice]
    row = next((row for row in snapshot.wordings if row.kind is notice), None)
    if row is None or row.place in snapshot.set_aside:
        return subject, message
    if any(fault.severity is Severity.ROW for fault in snapshot.template_faults.get(row.place, ())):
        return subject, message
    return row.subject or subject, row.message or message


def second_wordings(snapshot: Snapshot) -> Iterator[Finding]:
    """A finding for each row that gives words to a mail which another row before it has given already."""
    layout = snapshot.layouts.get(TEMPLATES.name)
    first: dict[Notice, Wording] = {}
    for row in snapshot.wordings if layout else ():
        earlier = first.setdefault(row.kind, row)
        if earlier is not row and layout is not None:
            fault = Fault(
                "modele-a-choisir",
                f"la ligne {earlier.place.row} est déjà de type « {row.kind} ».",
                "supprimez l’une des deux lignes.",
            )
            yield snapshot.finding(row.place, "kind", fault, _WHY_ONE, Severity.NOTE)
