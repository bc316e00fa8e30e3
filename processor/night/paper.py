"""The Word side of the night: where templates are, whether they can be used, what files are called, how they are filled."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from processor import shipped
from processor.documents.names import file_name, folder_name
from processor.documents.problems import Problem, TemplateProblem
from processor.findings import Finding, Severity
from processor.model import Facts, Kind, Roll, SessionRoll
from processor.model import Template as TemplateRow
from processor.reading.columns import TEMPLATES
from processor.reading.letters import LETTERS
from processor.reading.snapshot import Snapshot
from processor.rules.actions import Document, Mail
from processor.settings import Settings

_SHORT = {
    Kind.SEANCE_INVITATION: "Invitation",
    Kind.SESSION_INVITATION: "Invitation",
    Kind.SEANCE_ATTESTATION: "Attestation",
    Kind.SESSION_ATTESTATION: "Attestation",
    Kind.EMARGEMENT: "Feuille d'émargement",
    Kind.CERTIFICATE: "Certificat de réalisation",
}
_WHY = "les documents de ce modèle ne peuvent pas être produits ; les demandes attendent."


class Shelf:
    """The templates of one workbook, each read once, and the program that makes PDF, if there is one."""

    def __init__(self, settings: Settings) -> None:
        self._folder = settings.templates

    @cached_property
    def office(self) -> Path | None:
        """LibreOffice, or None where it is not installed."""
        from processor.documents.pdf import find_office

        return find_office()

    def path(self, template: TemplateRow) -> Path:
        """The Word file of a template: in the workbook's folder of templates, else the product's own of that name."""
        own = self._folder / template.file
        brought = shipped.folder("templates") / template.file
        return brought if not own.exists() and brought.is_file() and Path(template.file).name == template.file else own

    def checked(self, snapshot: Snapshot) -> Snapshot:
        """The snapshot with what is wrong with each template, and whether PDF can be made: before anything is."""
        rows = snapshot.templates if snapshot.has(TEMPLATES) else LETTERS
        faults = {row.place: tuple(self._faults(row, snapshot)) for row in rows}
        return replace(snapshot, template_faults={place: f for place, f in faults.items() if f}, pdf=self.office is not None)

    def _faults(self, row: TemplateRow, snapshot: Snapshot) -> Iterable[Finding]:
        layout = snapshot.layouts.get(TEMPLATES.name)
        for field, problems in (("file", self._file_problems(row)), ("subject", self._text_problems(row, row.subject)),
                                ("message", self._text_problems(row, row.message))):  # fmt: skip
            for problem in problems:
                cell, header = (layout.address(row.place.row, field), layout.header(field)) if layout else ("", "")
                yield problem.finding(row.place.sheet, row.place.row, cell, header)
        if row.format == "PDF" and self.office is None:
            yield self._no_pdf(row, snapshot)

    def _file_problems(self, row: TemplateRow) -> tuple[Problem, ...]:
        from processor.documents.sample import facts
        from processor.documents.template import Template

        try:
            Template.load(self.path(row)).render(facts(row.kind))
        except TemplateProblem as error:
            return tuple(problem for problem in error.problems if problem.serious)
        return ()

    def _text_problems(self, row: TemplateRow, text: str) -> tuple[Problem, ...]:
        from processor.documents.sample import filled
        from processor.documents.text import render_text

        try:
            render_text(text, filled(row.kind))
        except TemplateProblem as error:
            return tuple(problem for problem in error.problems if problem.serious)
        return ()

    def _no_pdf(self, row: TemplateRow, snapshot: Snapshot) -> Finding:
        layout = snapshot.layouts.get(TEMPLATES.name)
        cell, header = (layout.address(row.place.row, "format"), layout.header("format")) if layout else ("", "")
        return Finding(
            "pdf-impossible", Severity.ROW, "ce modèle demande du PDF, et LibreOffice n’est pas installé sur cet ordinateur.", _WHY,
            "installez LibreOffice, ou choisissez « Word », ou laissez « Format » vide : PDF si possible, sinon Word.",
            row.place.sheet, row.place.row, cell, header,
        )  # fmt: skip

    def names(self, documents: Sequence[Document]) -> Mapping[str, str]:
        """The path of each document's file under the documents folder, by key; two people never share a file."""
        taken: set[str] = set()
        names: dict[str, str] = {}
        for document in documents:
            folder = self.folder(document.facts.seance or document.facts.session)
            ending = ".pdf" if document.template.format != "Word" and self.office else ".docx"
            person = document.facts.person.listed_name if document.facts.person else ""
            name = f"{folder}/{file_name(_SHORT[document.kind], person)}{ending}"
            if name.casefold() in taken:
                name = f"{name.removesuffix(ending)} ({document.key[:6]}){ending}"
            taken.add(name.casefold())
            names[document.key] = name
        return names

    def folder(self, roll: Roll | SessionRoll | None) -> str:
        """The folder of a séance's or session's documents: « 2026/S-0012 Conférence de lancement »."""
        if isinstance(roll, Roll):
            return f"{roll.seance.start.year}/{folder_name(roll.seance.code, roll.seance.name)}"
        if roll is None:
            return "divers"
        first = roll.session.start or (roll.seances[0].seance.start if roll.seances else None)
        return f"{first.year if first else 'sessions'}/{folder_name('Session ' + roll.session.code, roll.session.name)}"

    def title(self, roll: Roll | SessionRoll) -> str:
        """The title of a list of people."""
        if isinstance(roll, Roll):
            return f"{roll.seance.name}, {roll.seance.start:%d/%m/%Y %H:%M}"
        return f"{roll.session.name} ({roll.session.code})"

    def fill(self, document: Document) -> bytes | Finding:
        """The filled Word file, or why it could not be filled."""
        from processor.documents.template import Template

        try:
            return Template.load(self.path(document.template)).render(document.facts)
        except TemplateProblem as error:
            return error.problems[0].finding(document.source.sheet, document.source.row)

    def to_pdf(self, files: Sequence[Path], into: Path) -> Mapping[Path, Path | str]:
        """The PDF of each Word file, or the reason in French."""
        from processor.documents.pdf import convert

        if self.office is None:
            return dict.fromkeys(files, "LibreOffice n’est pas installé.")
        return convert(files, into, self.office)

    def text(self, source: str, facts: Facts) -> str:
        """A subject or message with its placeholders filled."""
        from processor.documents.placeholders import context
        from processor.documents.text import render_text

        return render_text(source, context(facts))

    def unsayable(self, mail: Mail) -> Finding | None:
        """Why a mail cannot be written for this very person, though its template is sound; None when it can."""
        try:
            self.text(mail.subject, mail.facts)
            self.text(mail.message, mail.facts)
        except TemplateProblem as error:
            return error.problems[0].finding(mail.source.sheet, mail.source.row)
        return None

    def subject(self, mail: Mail) -> str:
        """The subject of a mail on one line."""
        return " ".join(self.text(mail.subject, mail.facts).split())
