"""An example of every finding: workbooks as text, run through the real checks, and real mishaps, made to happen.

The codes are those whose words the catalogue of sentences has (`code.problem`), and a test wants an example of each, which
tells it: so an example is the test of its check. `docs/make.py` makes docs/messages.md of them.
"""

# ruff: noqa: SLF001 - where a mishap is too dear to stage, the function that words it is asked

import tempfile
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

from docx import Document

from processor.contract import SHEETS
from processor.demo import prepare
from processor.desk import by_hand, importing
from processor.documents.lint import lint
from processor.documents.lint.problems import Problem
from processor.documents.pdf.fonts import missing_fonts
from processor.journal import place
from processor.journal.journal import Journal
from processor.mail import mailbox
from processor.model import Kind, Place
from processor.model.address import NOWHERE, unjudged
from processor.model.findings import Finding, Severity, Stopped
from processor.model.past import Known, MailRecord, MailState
from processor.model.snapshot import Snapshot
from processor.night import observe, outputs, parcels
from processor.reading.grid import Cell, Grid
from processor.reading.listed_people import listed_people
from processor.reading.snapshot import take
from processor.rules.plan import plan
from processor.rules.safety import refusals
from processor.schedule import planned
from processor.schedule.running import Ran, refused
from processor.settings import read_settings
from processor.workbook import Unreadable

NOW = datetime(2026, 12, 1, 2)
WHEN = "03/12/2026 09:00 | 03/12/2026 12:00"
OPEN = "Code | Nom | Date de début | Date de fin"
PEOPLE = "Session | Séance | Prénom | Nom | Courriel | Statut | Inscrit le | Rôle\n"
OVER = "20/11/2026 09:00 | 20/11/2026 12:00"
INVITATION = "Nom | Type | Fichier\nInvitation bleue | Invitation à une séance | bleue.docx\n"
ATTESTATION = "Nom | Type | Fichier\nAttestation | Attestation de séance | attestation.docx\n"
NOTED = "Séance | Prénom | Nom | Statut | Présence | Réémettre\n"


@dataclass(frozen=True)
class Book:
    """A workbook as text tables, by their Excel table's name in lower case, and what the journal knows.

    `cells` of the open sheet hold what no text can type, `merged` its rows under a merged cell, `other` one more sheet's name.
    """

    sheets: Mapping[str, str]
    known: Known = field(default_factory=Known)
    cells: Mapping[tuple[int, int], Cell] = field(default_factory=dict)
    merged: Mapping[int, str] = field(default_factory=dict)
    other: str = ""
    renames: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def snapshot(self) -> Snapshot:
        """The workbook as the night reads it."""
        names = {spec.table.lower(): spec.name for spec in SHEETS}
        grids = {names[key]: _grid(names[key], text) for key, text in self.sheets.items()}
        first = next(iter(grids.values()))
        rows = {n: dict(row) for n, row in first.rows.items()}
        for (row, column), cell in self.cells.items():
            rows[row][column] = cell
        grids[first.name] = replace(first, rows=rows, merged=self.merged)
        return take(grids, [*grids, *filter(None, [self.other])], self.renames, self.known, NOW)

    def findings(self) -> tuple[Finding, ...]:
        """What the night says of it."""
        try:
            return plan(self.snapshot()).findings
        except Stopped as stopped:
            return stopped.findings


def _grid(name: str, table: str) -> Grid:
    lines = table.strip("\n").splitlines()
    rows = {
        n: {c: Cell(t.strip()) for c, t in enumerate(line.split("|"), 1) if t.strip()}
        for n, line in enumerate(lines, 1)
    }
    return Grid(name, rows)


def book(row: str, head: str = "", known: Known = Known(), **sheets: str) -> Book:  # noqa: B008 - a frozen value
    """A workbook with one séance, whose columns after the dates are `head`, and other sheets."""
    columns = f"{OPEN} | {head}" if head else OPEN
    return Book({"seancesouvertes": f"{columns}\n{row}"} | sheets, known)


def seance(rest: str = "", head: str = "", known: Known = Known(), **sheets: str) -> Book:  # noqa: B008
    """The same, its séance being well formed up to its dates."""
    return book(f"S-0012 | Yoga | {WHEN} | {rest}", head, known, **sheets)


def finished(rest: str, head: str, **sheets: str) -> Book:
    """A workbook with one finished séance."""
    return Book(
        {"seancesouvertes": OPEN, "seancesterminees": f"{OPEN} | {head}\nS-0009 | Yoga | {OVER} | {rest}"}
        | sheets
    )


def sent(state: str, detail: str = "", told: str = "") -> Known:
    """A journal with one mail."""
    mail = MailRecord(
        "4f1c2ab39d",
        Kind.SEANCE_INVITATION,
        "S-0012",
        "",
        "dupont zoe",
        unjudged("zoe@exemple.fr"),
        MailState(state),
        news=told,
        detail=detail,
    )
    return Known(mails={mail.key: mail})


ANNOUNCED = sent(
    "sent", told='{"S-0012": ["2026-12-03T09:00:00", "2026-12-03T12:00:00", "", false, "Yoga", []]}'
)
GROUPED = (
    f"{OPEN} | Inscription | Groupe\nS-0012 | Yoga | {WHEN} | Publique | Ateliers\n"
    "S-0013 | Chant | 10/12/2026 09:00 | 10/12/2026 12:00 | Publique | Ateliers"
)
BOOKS: Mapping[str, Book] = {
    # --- what a cell holds
    "cellule-vide": book(f" | | {WHEN}"),
    "erreur-excel": Book({"seancesouvertes": f"{OPEN} | Places\nS-0012 | Yoga | {WHEN}"}, cells={(2, 5): Cell(None, "#REF!")}),
    "formule-sans-valeur": Book({"seancesouvertes": f"{OPEN}\nS-0012 | Yoga | {WHEN}"}, cells={(2, 3): Cell(None, formula=True)}),
    "date-illisible": book("S-0012 | Yoga | 31/02/2027 | 03/12/2026 12:00"),
    "date-ambigue": book("S-0012 | Yoga | 12/09/26 | 03/12/2026 12:00"),
    "heure-illisible": Book({"seancesouvertes": "Nom | Date | Heure de début | Heure de fin\nYoga | 03/12/2026 | 9 | 12h"}),
    "heure-inexistante": book("S-0012 | Yoga | 28/03/2027 02:30 | 28/03/2027 04:00"),
    "fin-avant-debut": book("S-0012 | Yoga | 03/12/2026 12:00 | 03/12/2026 09:00"),
    "nombre-illisible": seance("douze", "Places"),
    "oui-non-illisible": seance("peut-être", "Inviter"),
    "valeur-inconnue": seance("Automatic", "Inscription"),
    "jours-illisibles": seance("lundi et mecredi | 4", "Répéter les jours | Répéter (semaines)"),
    "courriel-illisible": seance(inscriptions=PEOPLE + " | S-0012 | Zoé | Dupont | zoe.exemple.fr"),
    "domaine-a-verifier": seance(inscriptions=PEOPLE + " | S-0012 | Zoé | Dupont | zoe@gmial.com"),
    # --- the sheets and their columns
    "feuille-absente": Book({"lieux": "Nom\nSalle Vosges"}),
    "colonne-absente": Book({"seancesouvertes": "Nomm | Date de début | Date de fin"}),
    "colonne-en-double": Book({"seancesouvertes": f"{OPEN} | Nom\nS-0012 | Yoga | {WHEN}"}),
    "renommage-introuvable": Book({"seancesouvertes": f"{OPEN} | Salle"}, renames={"Séances ouvertes": {"Lieu": "Sale"}}),
    "feuille-en-double": Book({"seancesouvertes": OPEN}, other="SEANCES OUVERTES"),
    "cellules-fusionnees": Book({"seancesouvertes": f"{OPEN}\nS-0009 | Yoga | {OVER}\nS-0012 | Chant | {WHEN}"},
                                merged={2: "A2:A3", 3: "A2:A3"}),
    "parametre-inconnu": seance(parametres="Nom | Valeur\norganime | Centre Ligne 9"),
    "parametre-vide": seance(parametres="Nom | Valeur\norganisme |"),
    "fuseau-inconnu": seance(parametres="Nom | Valeur\nfuseau horaire | Europe/Pari"),
    "pays-inconnu": seance(parametres="Nom | Valeur\npays des jours fériés | Belgiqe"),
    "fermeture-inversee": seance(fermetures="Du | Au\n31/12/2026 | 24/12/2026"),
    # --- séances
    "code-en-double": book(f"S-0012 | Yoga | {WHEN}\nS-0012 | Chant | {WHEN}"),
    "code-change": book(f"S-0100 | Yoga | {WHEN}", known=ANNOUNCED),
    "seance-disparue": book("", known=ANNOUNCED),
    "session-inconnue": seance("PRINTEMP", "Session", sessions="Code | Nom\nPRINTEMPS | Printemps 2027"),
    "lieu-inconnu": seance("Sale Vosges", "Lieu", lieux="Nom\nSalle Vosges"),
    "groupe-inconnu": seance("Atelier", "Groupe", groupes="Nom | Limite\nAteliers | 2"),
    "formateur-inconnu": seance("Ane Weber", "Formateurs", formateurs="Prénom | Nom\nAnne | Weber"),
    "formation-inconnue": seance(sessions="Code | Nom | Formation\nP1 | Printemps | COMPT", formations="Code | Titre\nCOMPTA | Comptabilité"),
    "jour-ferme": book("S-0012 | Yoga | 25/12/2026 09:00 | 25/12/2026 12:00"),
    "hors-dates-de-session": seance("P1", "Session", sessions="Code | Nom | Date de fin\nP1 | Automne | 30/11/2026"),
    "conflit-horaire": book(f"S-0012 | Yoga | {WHEN} | Salle Vosges\nS-0013 | Chant | {WHEN} | Salle Vosges", "Lieu"),
    "lieu-trop-petit": seance("Salle Vosges", "Lieu", lieux="Nom | Capacité\nSalle Vosges | 1",
                              inscriptions=PEOPLE + " | S-0012 | Zoé | Dupont\n | S-0012 | Ali | Benali"),
    "repetition-sans-jours": seance("4", "Répéter (semaines)"),
    "repetition-sans-fin": seance("lundi", "Répéter les jours"),
    "repetition-annulee": seance("lundi | 4 | Annulée", "Répéter les jours | Répéter (semaines) | État"),
    "repetition-trop-longue": seance("lundi | 30/06/2072", "Répéter les jours | Répéter jusqu'au"),
    "commentaire-sans-seance": seance(commentaires="Séance | Commentaire\nS-0021 | Salle froide"),
    # --- people
    "inscription-sans-seance": seance(inscriptions=PEOPLE + " | | Zoé | Dupont"),
    "seance-inconnue": seance(inscriptions=PEOPLE + " | S-0021 | Zoé | Dupont"),
    "hors-session": seance("P1 | Manuelle", "Session | Inscription", sessions="Code | Nom\nP1 | Printemps",
                           inscriptions=PEOPLE + " | S-0012 | Zoé | Dupont"),
    "inscription-en-double": seance(inscriptions=PEOPLE + " | S-0012 | Jean-Pierre | Dupont\n | S-0012 | jean pierre | DUPONT"),
    "personne-en-double": seance(inscriptions=PEOPLE + " | S-0012 | Zoé | Dupont | zoe@exemple.fr\n | S-0012 | Zoé | Martin | zoe@exemple.fr"),
    "adresse-partagee": seance(inscriptions=PEOPLE + " | S-0012 | Zoé | Dupont | atelier@exemple.fr\n | S-0012 | Ali | Benali | atelier@exemple.fr"),
    "participant-et-formateur": seance("Anne Weber", "Formateurs", inscriptions=PEOPLE + " | S-0012 | Anne | Weber",
                                       formateurs="Prénom | Nom\nAnne | Weber"),
    "inscription-disparue": seance(inscriptions=PEOPLE, participations=NOTED + "S-0012 | Zoé | Dupont | Inscrit"),
    "limite-de-groupe": Book({"seancesouvertes": GROUPED, "groupes": "Nom | Limite\nAteliers | 1",
                              "inscriptions": PEOPLE + " | S-0012 | Zoé | Dupont\n | S-0013 | Zoé | Dupont"}),
    "trop-d-inscrits": seance("P1 | 1", "Session | Places", sessions="Code | Nom\nP1 | Printemps",
                              inscriptions=PEOPLE + "P1 | | Zoé | Dupont\nP1 | | Ali | Benali"),
    # --- letters
    "personne-a-inviter": seance("oui", "Inviter"),
    "invitation-trop-tard": finished("oui", "Inviter"),
    "attestation-trop-tot": seance("oui", "Attester"),
    "presence-non-renseignee": finished("oui", "Attester", participations=NOTED + "S-0009 | Zoé | Dupont | Inscrit |"),
    "heures-au-dela": finished("", "Inscription", participations="Séance | Prénom | Nom | Heures\nS-0009 | Zoé | Dupont | 30"),
    "heures-inconnues": Book({"seancesouvertes": OPEN, "participations": NOTED + "S-0009 | Zoé | Dupont | Inscrit | Présent",
                              "modeles": ATTESTATION,
                              "seancesterminees": f"{OPEN} | Attester\nS-0009 | Yoga | 20/11/2026 09:00 | 20/11/2026 | oui"}),
    "session-sans-seance": seance(sessions="Code | Nom | Attester\nP1 | Printemps | oui"),
    "modele-inconnu": seance("Invitation bleu", "Modèle d'invitation", modeles=INVITATION),
    "modele-d-un-autre-type": seance("Attestation", "Modèle d'invitation", modeles=ATTESTATION + INVITATION.partition("\n")[2]),
    "modele-absent": seance("oui", "Inviter", modeles=ATTESTATION, inscriptions=PEOPLE + " | S-0012 | Zoé | Dupont"),
    "modele-a-choisir": seance("oui", "Inviter", inscriptions=PEOPLE + " | S-0012 | Zoé | Dupont",
                               modeles=INVITATION + "Invitation verte | Invitation à une séance | verte.docx"),
    "reemission-sans-motif": finished("", "Lieu", participations=NOTED + "S-0009 | Zoé | Dupont | Inscrit | Présent | oui"),
    "reemission-impossible": finished("", "Lieu", participations=NOTED + "S-0009 | Zoé | Dupont | Inscrit | Présent | nom corrigé"),
    # --- what the journal tells of mails
    "courriel-incertain": seance(known=sent("uncertain")),
    "courriel-refuse": seance(known=sent("refused", "550 boîte inconnue")),
    "copie-du-classeur": seance(known=Known(copy_of="/formation/seances.xlsx")),
    "journal-neuf": seance(known=Known(fresh=True, renewing=True)),
    "invitation-sans-trace": seance("01/12/2026 02:00 – Invitation : 1 invitation par courriel", "Contrôle", known=Known(fresh=True),
                                    inscriptions=PEOPLE + " | S-0012 | Zoé | Dupont | zoe@exemple.fr"),
    "courriel-retenu": seance(known=sent("cancelled", "retenu : peut-être déjà envoyé par ailleurs")),
    "adresse-en-erreur": seance(known=Known(bounced={"zoe@exemple.fr": "550 boîte inconnue"}),
                                inscriptions=PEOPLE + " | S-0012 | Zoé | Dupont | zoe@exemple.fr"),
}  # fmt: skip


def _stopped(act: Callable[[], object]) -> Iterable[Finding]:
    """The findings with which something stops."""
    try:
        act()
    except Stopped as stopped:
        return stopped.findings
    raise AssertionError("nothing stopped")


def _template(code: str, *paragraphs: str) -> Callable[[Path], Iterable[Finding]]:
    """What lint says of a Word template of these paragraphs."""

    def made(folder: Path) -> Iterable[Finding]:
        document = Document()
        for paragraph in paragraphs:
            document.add_paragraph(paragraph)
        path = folder / "invitation.docx"
        document.save(str(path))
        return [p.finding("Modèles", 2) for p in lint.lint(path, Kind.SEANCE_INVITATION) if p.code == code]

    return made


def _file(name: str, content: bytes) -> Callable[[Path], Iterable[Finding]]:
    """What is said of a workbook that is this file."""

    def made(folder: Path) -> Iterable[Finding]:
        (folder / name).write_bytes(content)
        return _stopped(lambda: observe.opened(folder / name))

    return made


def _list(content: str, *columns: tuple[str, str]) -> Callable[[Path], Iterable[Finding]]:
    """What `seances import` says of a list of this text."""

    def made(folder: Path) -> Iterable[Finding]:
        path = folder / "liste.csv"
        path.write_text(content, "utf-8")
        asked = importing.ImportRequest(path, columns=dict(columns))
        try:
            found = importing.read_list(path, "")
            recognised, doubts = importing.columns_of(asked, found)
        except Stopped as stopped:
            return stopped.findings
        if doubts:
            return [importing.in_doubt(asked, recognised, doubts)]
        faults = [person.refused for person in listed_people(found.grid, recognised) if person.refused]
        return [
            _alone(fault.code, fault.problem, "la ligne n’est pas ajoutée.", fault.fix) for fault in faults
        ]

    return made


def _alone(code: str, problem: str, why: str, fix: str) -> Finding:
    return Finding(code, Severity.ROW, problem, why, fix)


def _swept(_: Path) -> Iterable[Finding]:
    rows = "".join(f"S-{n:04} | Yoga | {OVER}\n" for n in range(1, 13))
    return refusals(plan(Book({"seancesouvertes": f"{OPEN}\n{rows}"}).snapshot()), 12, 500)


def _crowd(_: Path) -> Iterable[Finding]:
    people = "".join(f" | S-0012 | Zoé | Dupont {n} | zoe{n}@exemple.fr\n" for n in range(12))
    asked = seance("oui", "Inviter", inscriptions=PEOPLE + people, modeles=INVITATION)
    return refusals(plan(asked.snapshot()), 1, 10)


def _invited() -> Snapshot:
    return seance(
        "oui",
        "Inviter",
        inscriptions=PEOPLE + " | S-0012 | Zoé | Dupont | zoe@exemple.fr",
        modeles=INVITATION,
    ).snapshot()


def _broken_template(_: Path) -> Iterable[Finding]:
    snapshot = _invited()
    fault = _alone(
        "balise-inconnue",
        "« seance.nim » n’existe pas.",
        "le modèle ne peut pas être rempli.",
        "écrivez « seance.nom ».",
    )
    faults = {snapshot.templates[0].place: (replace(fault, sheet="Modèles", row=2),)}
    return plan(replace(snapshot, template_faults=faults)).findings


def _network(folder: Path) -> Iterable[Finding]:
    with mock.patch.object(place, "network_kind", return_value="cifs"):
        return [found] if (found := place.refusal(folder / "journal.db")) else []


def _settings(content: str) -> Callable[[Path], Iterable[Finding]]:
    def made(folder: Path) -> Iterable[Finding]:
        (folder / "seances.toml").write_text(content, "utf-8")
        return _stopped(lambda: read_settings(folder / "seances.xlsx"))

    return made


def _occupied(folder: Path) -> Iterable[Finding]:
    (folder / "seances-demo").mkdir()
    (folder / "seances-demo" / "a.txt").touch()
    return _stopped(lambda: prepare(folder / "seances-demo"))


def _schedule(
    at: str = "03:30",
    system: str = "cron",
    workbook: str = "/formation/seances.xlsx",
    program: str = "/usr/bin/python3",
) -> Callable[[Path], Iterable[Finding]]:
    def made(folder: Path) -> Iterable[Finding]:
        return _stopped(lambda: planned((program, "-m", "processor"), Path(workbook), at, system, folder))

    return made


def _asked(module: str, function: str, *arguments: object) -> Callable[[Path], Iterable[Finding]]:
    """What a function of the program words, for a mishap that is too dear to stage."""

    def made(_: Path) -> Iterable[Finding]:
        worded = getattr(import_module(f"processor.{module}"), function)(*arguments)
        if isinstance(worded, Stopped):
            return worded.findings
        return worded if isinstance(worded, tuple) else [worded]

    return made


def _zip(name: str, text: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.zip"
        with zipfile.ZipFile(path, "w") as package:
            package.writestr(name, text)
        return path.read_bytes()


def _unusable(folder: Path) -> Iterable[Finding]:
    (folder / "invitation.docx").write_bytes(_zip("a.txt", "bonjour"))
    return [
        problem.finding("Modèles", 2)
        for problem in lint.lint(folder / "invitation.docx", Kind.SEANCE_INVITATION)
    ]


def _font(folder: Path) -> Iterable[Finding]:
    document = Document()
    document.add_paragraph().add_run("Bonjour").font.name = "Papyrus"
    document.save(str(folder / "invitation.docx"))
    found = missing_fonts((folder / "invitation.docx").read_bytes(), frozenset({"arial"}))
    return [problem.finding("Modèles", 2) for problem in found if "Papyrus" in problem.problem]


def _problem(code: str, variant: str, **values: object) -> Finding:
    return Problem.of(code, variant, **values).finding("Modèles", 2)  # type: ignore[arg-type]


def _by_hand(unknown: tuple[str, ...]) -> Iterable[Finding]:
    wanted = SimpleNamespace(unknown=unknown, documents=(), issued=(), attested_elsewhere=())
    demand = SimpleNamespace(kind=Kind.SEANCE_ATTESTATION)
    return _stopped(lambda: by_hand._refuse(wanted, demand))  # type: ignore[arg-type]


def _refused_schedule() -> Iterable[Finding]:
    answer = refused(("systemctl", "--user", "enable"), Ran(1, "Failed to connect to bus"))
    return answer.findings if isinstance(answer, Stopped) else ()


def _damaged_journal(folder: Path) -> Iterable[Finding]:
    (folder / "journal.sqlite").write_bytes(b"no database" * 1000)
    found = _stopped(lambda: Journal.peek(folder / "journal.sqlite"))
    return [replace(finding, problem=finding.problem.replace(str(folder), "/formation")) for finding in found]


def _mailbox() -> Iterable[Finding]:
    box = SimpleNamespace(user="formation@exemple.fr", host="imap.exemple.fr", password="")
    return [mailbox._unreachable(box, OSError("connexion refusée"))]  # type: ignore[arg-type]


MISHAPS: Mapping[str, Callable[[Path], Iterable[Finding]]] = {
    # --- the workbook as a file
    "classeur-absent": lambda folder: _stopped(lambda: observe.opened(folder / "seances.xlsx")),
    "classeur-vide": _file("seances.xlsx", b""),
    "classeur-ancien": _asked("night.observe", "unreadable", Path("seances.xls"), Unreadable("xls")),
    "classeur-chiffre": _asked("night.observe", "unreadable", Path("seances.xlsx"), Unreadable("encrypted")),
    "classeur-illisible": _file("seances.xlsx", b"bonjour"),
    "classeur-abime": _asked("night.observe", "unreadable", Path("seances.xlsx"), Unreadable("damaged")),
    "classeur-trop-grand": _asked("night.observe", "unreadable", Path("seances.xlsx"), Unreadable("too-large")),
    "classeur-modifie": _asked("night.apply", "changed_meanwhile", Path("seances.xlsx")),
    "classeur-non-modifiable": _asked(
        "night.unchangeable", "refusal", "array formula", "Séances ouvertes", "F2:F40"
    ),
    "classeur-signe": _asked("night.unchangeable", "signed", Severity.STOP),
    "copie-en-conflit": _asked(
        "night.conflict_copies", "_told", "Séances.xlsx", "Séances-BUREAU-ANNE.xlsx", "OneDrive ou SharePoint"
    ),
    "reglages-illisibles": _settings("[courriel\n"),
    "dossier-occupe": _occupied,
    "trop-de-deplacements": _swept,
    "trop-de-courriels": _crowd,
    "trop-de-retours": lambda _: refusals(plan(_invited()), 1, 500, "12 courriels sur 40 sont revenus"),
    "erreur-du-programme": _asked(
        "night.mishaps", "spoilt", "« Invitation à une séance » pour Zoé Dupont", Place("Séances ouvertes", 2),
        Path("/formation/seances-erreur-k3x9.log"),
    ),
    # --- lists to import
    "liste-illisible": _list(""),
    "liste-sans-titres": _list("Zoé;Dupont\nAli;Benali\n"),
    "colonnes-a-preciser": _list("Nom;Courriel\nZoé Dupont;zoe@exemple.fr\n"),
    "nom-a-separer": _list("Nom complet\nJean Pierre Dupont\n"),
    "formule-dans-la-liste": _list("Prénom;Nom\n=1+1;Dupont\n"),
    # --- templates
    "modele-en-erreur": _broken_template,
    "modele-inutilisable": _unusable,
    "modele-illisible": _template("modele-illisible", "{% if seance.lieu %}Où : {{ seance.lieu }}"),
    "modele-interdit": _template("modele-interdit", "{{ seance.nom.__class__ }}"),
    "modele-incalculable": _template("modele-incalculable", "{{ 1 / 0 }}"),
    "balise-inconnue": _template("balise-inconnue", "Bonjour {{ personne.prenon }}"),
    "balise-claroline-inconnue": _template("balise-claroline-inconnue", "Bonjour %frist_name% {{ personne.nom }}"),
    "balise-coupee": _template("balise-coupee", "Bonjour {{ personne.", "prenom }}"),
    "balise-autre-type": _template("balise-autre-type", "{{ session.nom }} {{ heures }}"),
    "balise-restante": lambda _: [p.finding("Modèles", 2) for p in lint._left("Bonjour {{ personne.prenom", {})],
    "balise-image": lambda _: [_problem("balise-image", "named", name="seance.nom")],
    "modele-decousu": lambda _: [_problem("modele-decousu", "filled")],
    "police-absente": _font,
    "document-impossible": lambda _: _by_hand(()),
    "personne-inconnue": lambda _: _by_hand(("Zoé Dupond",)),
    "mention-absente": _template("mention-absente", "Bonjour {{ personne.prenom }}"),
    # --- sending
    "reglage-courriel": _asked("mail.outgoing", "wrong", "securite", "ssl", "security"),
    "expediteur-inutilisable": _asked("mail.outgoing", "_bad_sender", NOWHERE),
    "mot-de-passe-dans-le-fichier": _asked("mail.outgoing", "_password_in_file"),
    "mot-de-passe-expose": _asked("mail.passwords", "_open_to_others", Path("/formation/mot-de-passe")),
    "journal-sur-le-reseau": _network,
    "journal-non-durable": _asked("journal.opening", "_not_durable", "synchronous", 1),
    "journal-plus-recent": _asked("journal.schema", "_newer", 99),
    "journal-illisible": _asked("journal.schema", "foreign"),
    "journal-inutilisable": _damaged_journal,
    "boite-inaccessible": lambda _: _mailbox(),
    "pieces-trop-grosses": lambda _: [parcels._too_big(plan(_invited()).mails[0], 31_500_000, 10)],
    "pdf-impossible": lambda _: [outputs._not_converted(plan(_invited()).documents[0], "LibreOffice n’a pas répondu.")],
    "cle-illisible": _asked("proof.keys", "_damaged", Path("cle-privee.pem")),
    "courriel-inconnu": _asked("desk.mail_status", "_not_one", "zoe@exemple.fr", []),
    # --- the schedule
    "planification-impossible": lambda _: _refused_schedule(),
    "heure-refusee": _schedule(at="02:30"),
    "planificateur-inconnu": _schedule(system="anacron"),
    "chemin-relatif": _schedule(program="python3"),
    "chemin-impossible": _schedule(workbook="/formation\n/seances.xlsx"),
}  # fmt: skip


@cache
def example(code: str) -> Finding | None:
    """The finding of the example of a code; None when it tells something else."""
    with tempfile.TemporaryDirectory() as folder:
        found = BOOKS[code].findings() if code in BOOKS else MISHAPS[code](Path(folder))
        return next((_anonymous(finding, folder) for finding in found if finding.code == code), None)


def _anonymous(finding: Finding, folder: str) -> Finding:
    """The finding without the name of the folder in which it was made to happen."""
    shown = {
        part: getattr(finding, part).replace(folder, "/home/anne/formation")
        for part in ("problem", "why", "fix")
    }
    return replace(finding, **shown)


CODES = tuple(sorted({*BOOKS, *MISHAPS}))
"""Every code of which there is an example, in the order of the page."""
