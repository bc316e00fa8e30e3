"""What is wrong with a row that reads well: names that no other sheet knows, templates of another type."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from processor.contract import (
    COMMENTS,
    COURSES,
    FINISHED,
    GROUPS,
    OPEN,
    REGISTRATIONS,
    SESSIONS,
    TEMPLATES,
    TRAINERS,
    VENUES,
)
from processor.model import Kind, Place, Seance, Session
from processor.model.findings import Code, Fault, Finding, Severity
from processor.model.names import normalised
from processor.model.nearest import nearest, proposed
from processor.model.sheets import SheetSpec
from processor.model.snapshot import Snapshot
from processor.rules.registering.named import bearers

CERTIFICATES = (Kind.SESSION_ATTESTATION, Kind.CERTIFICATE)
_BY_CODE = ("course", "seance", "session")


@dataclass(frozen=True)
class Names:
    """The accepted names of each other sheet; None where the workbook lacks the sheet, so that nothing is checked."""

    sessions: Mapping[str, str] | None
    courses: Mapping[str, str] | None
    venues: Mapping[str, str] | None
    groups: Mapping[str, str] | None
    trainers: Mapping[str, str] | None
    templates: Mapping[str, str] | None
    kinds: Mapping[str, Kind]
    seances: Mapping[str, str]


def names(snapshot: Snapshot) -> Names:
    """The names that the other sheets hold, normalised → as staff wrote them."""
    return Names(
        _known(snapshot, SESSIONS, (s.code for s in snapshot.sessions)),
        _known(snapshot, COURSES, (c.code for c in snapshot.courses)),
        _known(snapshot, VENUES, (v.name for v in snapshot.venues)),
        _known(snapshot, GROUPS, (g.name for g in snapshot.groups)),
        _trainers(snapshot),
        _known(snapshot, TEMPLATES, (t.name for t in snapshot.templates)),
        {normalised(t.name): t.kind for t in snapshot.templates},
        {normalised(code): code for code in snapshot.codes},
    )


def _known(snapshot: Snapshot, spec: SheetSpec, values: Iterable[str]) -> Mapping[str, str] | None:
    return {normalised(value): value for value in values if value} if snapshot.has(spec) else None


def _trainers(snapshot: Snapshot) -> Mapping[str, str] | None:
    """Trainers are known by first name and last name in either order."""
    if not snapshot.has(TRAINERS):
        return None
    known = {normalised(f"{t.last_name} {t.first_name}"): t.full_name for t in snapshot.trainers}
    return known | {normalised(t.full_name): t.full_name for t in snapshot.trainers}


def row_findings(snapshot: Snapshot) -> Iterator[Finding]:
    """What is wrong with rows that read well."""
    known = names(snapshot)
    for seance in (*snapshot.seances, *(unread.rest for unread in snapshot.unread)):
        yield from seance_findings(snapshot, seance, known)
    for session in snapshot.sessions:
        yield from session_findings(snapshot, session, known)
    yield from registration_findings(snapshot, known)
    yield from comment_findings(snapshot, known)


def seance_findings(snapshot: Snapshot, seance: Seance, known: Names) -> Iterator[Finding]:
    """What is wrong with the names on a row of séance."""
    row = _Row(
        snapshot, OPEN if seance.place.sheet == snapshot.layouts[OPEN.name].sheet else FINISHED, seance.place
    )
    yield from row.unknown("session", seance.session, known.sessions, "session-inconnue", "Sessions",
                           "les inscrits de la session ne peuvent pas être trouvés.")  # fmt: skip
    yield from row.unknown("venue", seance.venue, known.venues, "lieu-inconnu", "Lieux",
                           "l’adresse ne peut pas être imprimée sur l’invitation.")  # fmt: skip
    yield from row.unknown("group", seance.group, known.groups, "groupe-inconnu", "Groupes",
                           "la limite par personne ne peut pas être appliquée.")  # fmt: skip
    for trainer in seance.trainers:
        yield from row.unknown("trainers", trainer, known.trainers, "formateur-inconnu", "Formateurs",
                               "le formateur ne peut être ni nommé ni prévenu.")  # fmt: skip
    yield from row.template(
        "invitation_template", seance.invitation_template, known, (Kind.SEANCE_INVITATION,)
    )
    yield from row.template(
        "attestation_template", seance.attestation_template, known, (Kind.SEANCE_ATTESTATION,)
    )


def session_findings(snapshot: Snapshot, session: Session, known: Names) -> Iterator[Finding]:
    """What is wrong with the names on a row of Sessions."""
    row = _Row(snapshot, SESSIONS, session.place)
    yield from row.unknown("course", session.course, known.courses, "formation-inconnue", "Formations",
                           "le titre et les objectifs ne peuvent pas être imprimés.")  # fmt: skip
    for trainer in session.trainers:
        yield from row.unknown("trainers", trainer, known.trainers, "formateur-inconnu", "Formateurs",
                               "le formateur ne peut être ni nommé ni prévenu.")  # fmt: skip
    yield from row.template(
        "invitation_template", session.invitation_template, known, (Kind.SESSION_INVITATION,)
    )
    yield from row.template("certificate_template", session.certificate_template, known, CERTIFICATES)


def registration_findings(snapshot: Snapshot, known: Names) -> Iterator[Finding]:
    """What is wrong with the rows of Inscriptions: unknown session or séance, or a Nom that several séances bear."""
    by_name = bearers(snapshot)
    for registration in snapshot.registrations:
        row = _Row(snapshot, REGISTRATIONS, registration.place)
        why = "cette personne ne peut être inscrite à rien."
        yield from row.unknown(
            "session", registration.session, known.sessions, "session-inconnue", "Sessions", why
        )
        typed = registration.seance
        bearing = by_name.get(normalised(typed), []) if normalised(typed) not in known.seances else []
        if len(bearing) > 1:
            yield row.finding("seance", _several(typed, bearing), why)
        elif not bearing:
            yield from row.unknown("seance", typed, known.seances, "seance-inconnue", OPEN.name, why)


def _several(typed: str, bearing: list[Seance]) -> Fault:
    """The fault of a Nom that tells nobody which séance is meant."""
    codes = [f"« {seance.code} » (le {seance.start:%d/%m/%Y})" for seance in bearing if seance.code]
    shown = ", ".join(codes[:5]) + ("…" if codes[5:] else "")
    fix = (
        f"écrivez le Code de la bonne séance : {shown}."
        if codes
        else (
            "attendez la nuit suivante, qui donnera un Code à chacune, ou tapez-en un vous-même dans leur ligne ; écrivez-le ensuite ici."
        )
    )
    return Fault("seance-inconnue", f"{len(bearing)} séances ouvertes s’appellent « {typed} » : on ne sait pas laquelle.", fix)  # fmt: skip


def comment_findings(snapshot: Snapshot, known: Names) -> Iterator[Finding]:
    """The comments of a séance that no sheet has: told, and shown nowhere meanwhile."""
    for comment in snapshot.comments:
        if comment.seance and normalised(comment.seance) not in known.seances:
            fault = Fault("commentaire-sans-seance", f"aucune séance n’a le code « {comment.seance} ».",
                          f"corrigez le code, ou supprimez le commentaire.{proposed(comment.seance, known.seances.values())}")  # fmt: skip
            why = "le commentaire n’est montré sur aucune page ni aucun document."
            yield _Row(snapshot, COMMENTS, comment.place).finding("seance", fault, why, Severity.NOTE)


@dataclass(frozen=True)
class _Row:
    """One row whose cells are checked against other sheets."""

    snapshot: Snapshot
    spec: SheetSpec
    place: Place

    def finding(self, field: str, fault: Fault, why: str, severity: Severity = Severity.ROW) -> Finding:
        return self.snapshot.finding(self.place, field, fault, why, severity)

    def unknown(
        self,
        field: str,
        typed: str,
        known: Mapping[str, str] | None,
        code: Code,
        sheet: str,
        why: str,
    ) -> Iterator[Finding]:
        if not typed or known is None or normalised(typed) in known:
            return
        key = "code" if field in _BY_CODE else "nom"
        fix = f"choisissez un {key} de la feuille « {sheet} », ou ajoutez-y une ligne.{proposed(typed, known.values())}"
        yield self.finding(
            field, Fault(code, f"« {typed} » n’est pas dans la feuille « {sheet} ».", fix), why
        )

    def template(self, field: str, typed: str, known: Names, kinds: tuple[Kind, ...]) -> Iterator[Finding]:
        if not typed or known.templates is None:
            return
        fitting = [name for key, name in known.templates.items() if known.kinds[key] in kinds]
        if normalised(typed) not in known.templates:
            fault = Fault("modele-inconnu", f"« {typed} » n’est pas dans la feuille « Modèles ».",
                          f"choisissez un modèle de la feuille « Modèles ».{proposed(typed, fitting)}")  # fmt: skip
        elif known.kinds[normalised(typed)] not in kinds:
            wanted = " ou ".join(f"« {kind} »" for kind in kinds)
            near = f" Par exemple « {fitting[0]} »." if fitting else ""
            fault = Fault("modele-d-un-autre-type", f"« {typed} » est un modèle « {known.kinds[normalised(typed)]} ».",
                          f"choisissez un modèle de type {wanted}.{near}")  # fmt: skip
        else:
            return
        yield self.finding(field, fault, "le document ne peut pas être produit.")


def nearest_code(typed: str, known: Names) -> str | None:
    """The séance code most like the one typed, for a command line that names an unknown one."""
    return nearest(typed, known.seances.values())
