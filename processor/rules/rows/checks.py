"""What is wrong with a row that reads well: names that no other sheet knows, templates of another type.

A check is a function of the snapshot, one row and the names that the other sheets hold. Each stands in the table of its
subject: to add one, write it here and put it there.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from processor.contract import COURSES, GROUPS, OPEN, SESSIONS, TEMPLATES, TRAINERS, VENUES
from processor.model import ATTESTATIONS, Comment, Kind, Registration, Scope, Seance, Session
from processor.model.findings import Code, Fault, Finding, Severity
from processor.model.names import normalised
from processor.model.nearest import proposed
from processor.model.sheets import SheetSpec
from processor.model.snapshot import Snapshot
from processor.rules.registering.named import bearers

# What the column « Modèle de certificat » of a session may name.
CERTIFICATES = tuple(kind for kind in ATTESTATIONS if Scope.SESSION in kind.traits.scopes)
_BY_CODE = (COURSES, OPEN, SESSIONS)
_NO_TRAINER = "le formateur ne peut être ni nommé ni prévenu."
_NOBODY = "cette personne ne peut être inscrite à rien."


@dataclass(frozen=True)
class Names:
    """The names that the sheets hold, normalised → as staff wrote them. What refers to an absent sheet is not checked."""

    snapshot: Snapshot

    def of(self, spec: SheetSpec) -> Mapping[str, str] | None:
        """The names or codes of a sheet; None where the workbook lacks it."""
        return self._known[spec.name] if self.snapshot.has(spec) else None

    @cached_property
    def _known(self) -> Mapping[str, Mapping[str, str]]:
        read = self.snapshot
        return {
            OPEN.name: _by_name(read.codes),
            SESSIONS.name: _by_name(s.code for s in read.sessions),
            COURSES.name: _by_name(c.code for c in read.courses),
            VENUES.name: _by_name(v.name for v in read.venues),
            GROUPS.name: _by_name(g.name for g in read.groups),
            TEMPLATES.name: _by_name(t.name for t in read.templates),
            # Trainers are known by first name and last name in either order.
            TRAINERS.name: {normalised(f"{t.last_name} {t.first_name}"): t.full_name for t in read.trainers}
            | _by_name(t.full_name for t in read.trainers),
        }

    @cached_property
    def kinds(self) -> Mapping[str, Kind]:
        """The kind of each template, by its normalised name."""
        return {normalised(t.name): t.kind for t in self.snapshot.templates}

    @cached_property
    def bearers(self) -> Mapping[str, list[Seance]]:
        """The open séances by their normalised name."""
        return bearers(self.snapshot)


def _by_name(names: Iterable[str]) -> dict[str, str]:
    return {normalised(name): name for name in names if name}


Row = TypeVar("Row", Seance, Session, Registration, Comment)
Check = Callable[[Snapshot, Row, Names], Iterable[Finding]]


def _known(field: str, spec: SheetSpec, code: Code, why: str) -> Check[Row]:
    """The check that each name in a cell is in another sheet."""

    def check(snapshot: Snapshot, row: Row, names: Names) -> Iterator[Finding]:
        typed, known = getattr(row, field), names.of(spec)
        for one in (typed,) if isinstance(typed, str) else typed:
            if one and known is not None and normalised(one) not in known:
                key = "code" if spec in _BY_CODE else "nom"
                fix = f"choisissez un {key} de la feuille « {spec.name} », ou ajoutez-y une ligne.{proposed(one, known.values())}"
                fault = Fault(code, f"« {one} » n’est pas dans la feuille « {spec.name} ».", fix)
                yield snapshot.finding(row.place, field, fault, why, Severity.ROW)

    return check


def _template(field: str, kinds: tuple[Kind, ...]) -> Check[Row]:
    """The check that the template named in a cell exists and is of a kind that fits."""

    def check(snapshot: Snapshot, row: Row, names: Names) -> Iterator[Finding]:
        typed, known = getattr(row, field), names.of(TEMPLATES)
        if typed and known is not None and (fault := _unfit(typed, known, names.kinds, kinds)):
            yield snapshot.finding(
                row.place, field, fault, "le document ne peut pas être produit.", Severity.ROW
            )

    return check


def _unfit(
    typed: str, known: Mapping[str, str], is_of: Mapping[str, Kind], kinds: tuple[Kind, ...]
) -> Fault | None:
    fitting = [name for key, name in known.items() if is_of[key] in kinds]
    if normalised(typed) not in known:
        return Fault("modele-inconnu", f"« {typed} » n’est pas dans la feuille « Modèles ».",
                     f"choisissez un modèle de la feuille « Modèles ».{proposed(typed, fitting)}")  # fmt: skip
    if is_of[normalised(typed)] in kinds:
        return None
    wanted = " ou ".join(f"« {kind.label} »" for kind in kinds)
    near = f" Par exemple « {fitting[0]} »." if fitting else ""
    return Fault("modele-d-un-autre-type", f"« {typed} » est un modèle « {is_of[normalised(typed)].label} ».",
                 f"choisissez un modèle de type {wanted}.{near}")  # fmt: skip


_seance_by_code: Check[Registration] = _known("seance", OPEN, "seance-inconnue", _NOBODY)


def _seance_named(snapshot: Snapshot, row: Registration, names: Names) -> Iterator[Finding]:
    """An unknown séance, or a Nom that several séances bear; the Nom of one alone is as good as its code."""
    code = normalised(row.seance)
    bearing = [] if code in (names.of(OPEN) or {}) else names.bearers.get(code, [])
    if len(bearing) > 1:
        yield snapshot.finding(row.place, "seance", _several(row.seance, bearing), _NOBODY, Severity.ROW)
    elif not bearing:
        yield from _seance_by_code(snapshot, row, names)


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


def _lost(snapshot: Snapshot, comment: Comment, names: Names) -> Iterator[Finding]:
    """The comment of a séance that no sheet has: told, and shown nowhere meanwhile."""
    known = names.of(OPEN) or {}
    if comment.seance and normalised(comment.seance) not in known:
        fault = Fault("commentaire-sans-seance", f"aucune séance n’a le code « {comment.seance} ».",
                      f"corrigez le code, ou supprimez le commentaire.{proposed(comment.seance, known.values())}")  # fmt: skip
        why = "le commentaire n’est montré sur aucune page ni aucun document."
        yield snapshot.finding(comment.place, "seance", fault, why, Severity.NOTE)


SEANCE: tuple[Check[Seance], ...] = (
    _known(
        "session", SESSIONS, "session-inconnue", "les inscrits de la session ne peuvent pas être trouvés."
    ),
    _known("venue", VENUES, "lieu-inconnu", "l’adresse ne peut pas être imprimée sur l’invitation."),
    _known("group", GROUPS, "groupe-inconnu", "la limite par personne ne peut pas être appliquée."),
    _known("trainers", TRAINERS, "formateur-inconnu", _NO_TRAINER),
    _template("invitation_template", (Kind.SEANCE_INVITATION,)),
    _template("attestation_template", (Kind.SEANCE_ATTESTATION,)),
)
SESSION: tuple[Check[Session], ...] = (
    _known(
        "course", COURSES, "formation-inconnue", "le titre et les objectifs ne peuvent pas être imprimés."
    ),
    _known("trainers", TRAINERS, "formateur-inconnu", _NO_TRAINER),
    _template("invitation_template", (Kind.SESSION_INVITATION,)),
    _template("certificate_template", CERTIFICATES),
)
REGISTRATION: tuple[Check[Registration], ...] = (
    _known("session", SESSIONS, "session-inconnue", _NOBODY),
    _seance_named,
)
COMMENT: tuple[Check[Comment], ...] = (_lost,)


def row_findings(snapshot: Snapshot) -> Iterator[Finding]:
    """What is wrong with the rows that read well, and with what could be read of the others."""
    names = Names(snapshot)
    seances = (*snapshot.seances, *(unread.rest for unread in snapshot.unread))
    yield from _asked(SEANCE, snapshot, seances, names)
    yield from _asked(SESSION, snapshot, snapshot.sessions, names)
    yield from _asked(REGISTRATION, snapshot, snapshot.registrations, names)
    yield from _asked(COMMENT, snapshot, snapshot.comments, names)


def _asked(
    checks: Iterable[Check[Row]], snapshot: Snapshot, rows: Iterable[Row], names: Names
) -> Iterator[Finding]:
    return (finding for row in rows for check in checks for finding in check(snapshot, row, names))
