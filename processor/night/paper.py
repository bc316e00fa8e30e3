"""The Word side of the night: where templates are, whether they can be used, what files are called, how they are filled."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from processor import shipped
from processor.contract import TEMPLATES
from processor.contract.letters import LETTERS
from processor.documents.lint.problems import Problem, TemplateProblem
from processor.documents.names import distinct, file_name, folder_name, safe
from processor.model import Attendee, Facts, Kind, Place, Roll, SessionRoll, Template, Wording
from processor.model.catalogue import say
from processor.model.findings import Finding, Severity, Spot
from processor.model.past import Known
from processor.model.plan import Document, Mail
from processor.model.snapshot import Snapshot
from processor.night.signing_key import key_of, passing_key
from processor.settings import Settings

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from processor.documents.template.template import WordTemplate

Context = Mapping[str, Any]


class Shelf:
    """The templates of one workbook, each opened once a night, and the program that makes PDF, if there is one.

    On `trial`, attestations are signed with a key made for it and thrown away: what is only looked at must not pass for
    an attestation that was issued, and looking makes no key.
    """

    def __init__(self, settings: Settings, *, trial: bool = False) -> None:
        self._settings, self._trial = settings, trial
        self._folder = settings.templates
        self._known: dict[Path, WordTemplate | TemplateProblem] = {}

    @cached_property
    def _key(self) -> "Ed25519PrivateKey":
        """The key that signs attestations, asked for when the first one is made."""
        return passing_key() if self._trial else key_of(self._settings)

    def sealed(self, document: Document) -> Document:
        """The document with its signed statement, when it is a numbered attestation."""
        from processor.proof.statement import signed, statement_of

        if not document.facts.number:
            return document
        seal = signed(statement_of(document.facts), self._key)
        return replace(document, facts=replace(document.facts, seal=seal))

    @cached_property
    def office(self) -> Path | None:
        """LibreOffice, or None where it is not installed."""
        from processor.documents.pdf.pdf import find_office

        return find_office()

    def path(self, template: Template) -> Path:
        """The Word file of a template: in the workbook's folder of templates, else the product's own of that name.

        A file that a row of Modèles names and that is gone from staff's own folder is missed, not replaced: it was theirs.
        """
        own = self._folder / template.file
        brought = shipped.folder("templates") / template.file
        theirs = self._folder.is_dir() and template not in LETTERS
        named = not theirs and Path(template.file).name == template.file
        return brought if named and not own.exists() and brought.is_file() else own

    def checked(self, snapshot: Snapshot) -> Snapshot:
        """The snapshot with what is wrong with each template, and whether PDF can be made: before anything is."""
        rows = snapshot.templates if snapshot.has(TEMPLATES) else LETTERS
        odd = {kind: oddest(snapshot, kind) for kind in {row.kind for row in rows}}
        faults = {row.place: tuple(self._faults(row, snapshot, odd[row.kind])) for row in rows}
        for words in snapshot.wordings:
            faults[words.place] = tuple(self._of_texts(words, snapshot, oddest(snapshot, words.kind)))
        return replace(
            snapshot,
            template_faults={place: f for place, f in faults.items() if f},
            pdf=self.office is not None,
        )

    def _faults(self, row: Template, snapshot: Snapshot, odd: Sequence[Context]) -> Iterable[Finding]:
        for problem in self._of_file(row, odd):
            yield _on(snapshot, row.place, "file", problem)
        yield from self._of_texts(row, snapshot, odd)
        if row.format.startswith("PDF") and self.office is None:
            yield self._no_pdf(row, snapshot)

    def _of_texts(
        self, row: Template | Wording, snapshot: Snapshot, odd: Sequence[Context]
    ) -> Iterable[Finding]:
        for field, text in (("subject", row.subject), ("message", row.message)):
            for problem in self._text_problems(row.kind, text, odd):
                yield _on(snapshot, row.place, field, problem)

    def _of_file(self, row: Template, odd: Sequence[Context]) -> Iterable[Problem]:
        from processor.documents.lint.lint import looked_over

        try:
            template = self._template(self.path(row))
        except TemplateProblem as error:
            return error.problems
        return (*looked_over(template, row.kind, odd), *self._fonts(row, template))

    def _fonts(self, row: Template, template: "WordTemplate") -> Iterable[Problem]:
        """The fonts that the PDF of a sound template would lack; Word has its own on the machine of who opens it."""
        from processor.documents.pdf.fonts import installed_fonts, missing_fonts

        if self.office is None or row.format == "Word":
            return ()
        return missing_fonts(template.source, installed_fonts())

    def _text_problems(self, kind: Kind, text: str, odd: Sequence[Context]) -> tuple[Problem, ...]:
        from processor.documents.lint.checks import problems
        from processor.documents.lint.sample import filled
        from processor.documents.sandbox.text import render_text

        try:
            found = problems(text, kind, odd[0] if odd else None)
            for context in () if found else odd or (filled(kind),):
                render_text(text, context)
        except TemplateProblem as error:
            found = error.problems
        return tuple(problem for problem in found if problem.serious)

    def _no_pdf(self, row: Template, snapshot: Snapshot) -> Finding:
        layout = snapshot.layouts.get(TEMPLATES.name)
        cell, header = (
            (layout.address(row.place.row, "format"), layout.header("format")) if layout else ("", "")
        )
        return Finding.of(
            "pdf-impossible", Severity.ROW, "absent", at=Spot(row.place.sheet, row.place.row, cell, header)
        )

    def names(self, documents: Sequence[Document], known: Known) -> Mapping[str, str]:
        """The path of each document's file under the documents folder, by key; two people never share a file.

        Namesakes are told apart by their employer where that is known, else by a piece of their key.
        Files of earlier nights count too: a namesake of today does not write over the letter of another. An attestation
        does not even take the place of a file that the journal does not know.
        """
        taken: dict[str, set[str]] = defaultdict(set)
        own = {document.key for document in documents}
        for earlier in known.documents.values():
            if earlier.key not in own:
                folder, _, name = earlier.file.rpartition("/")
                taken[folder].add(name)
        names: dict[str, str] = {}
        for document in documents:
            folder = self.folder(document.facts.seance or document.facts.session)
            ending = ".pdf" if document.template.format != "Word" and self.office else ".docx"
            plain = file_name(document.kind, document.facts.person, ending).removesuffix(ending)
            if document.facts.replaces:
                plain += say("paper.replaces", replaces=document.facts.replaces)
            if document.facts.number:
                taken[folder] |= _there(self._settings.documents / folder)
            name = distinct(plain, document.key, taken[folder], ending)
            employer = document.facts.person.employer if document.facts.person else ""
            if employer and name != plain + ending:
                told_apart = safe(f"{plain} ({employer})", room=len(ending))
                name = distinct(told_apart, document.key, taken[folder], ending)
            taken[folder].add(name)
            names[document.key] = f"{folder}/{name}"
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
        try:
            return self._template(self.path(document.template)).render(document.facts)
        except TemplateProblem as error:
            return error.problems[0].finding(document.source.sheet, document.source.row)

    def _template(self, path: Path) -> "WordTemplate":
        """The template of a file, opened once: the same for a whole night, whoever saves the file meanwhile.

        Raises TemplateProblem for one that cannot be used.
        """
        from processor.documents.template.template import WordTemplate

        if path not in self._known:
            try:
                self._known[path] = WordTemplate.load(path)
            except TemplateProblem as error:
                self._known[path] = error
        found = self._known[path]
        if isinstance(found, TemplateProblem):
            raise found
        return found

    def to_pdf(self, files: Sequence[Path], form: str = "") -> Mapping[Path, Path | str]:
        """The PDF of each Word file, beside it, or the reason in French; `form` is the Format of the modèle."""
        from processor.documents.pdf.pdf import STANDARDS, convert

        if self.office is None:
            return dict.fromkeys(files, say("paper.no-office"))
        return convert(files, files[0].parent, self.office, standard=form if form in STANDARDS else "")

    def text(self, source: str, facts: Facts) -> str:
        """A subject or message with its placeholders filled."""
        from processor.documents.placeholders.placeholders import context
        from processor.documents.sandbox.text import render_text

        return render_text(source, context(facts))

    def unsayable(self, mail: Mail) -> Finding | None:
        """Why a mail cannot be written to this very person, though its template is sound; None when it can."""
        try:
            self.text(mail.subject, mail.facts)
            self.text(mail.message, mail.facts)
        except TemplateProblem as error:
            return error.problems[0].finding(mail.source.sheet, mail.source.row)
        return None

    def subject(self, mail: Mail) -> str:
        """The subject of a mail on one line, its no-break spaces kept."""
        return re.sub(r"[^\S\u00a0]+", " ", self.text(mail.subject, mail.facts)).strip()


def _on(snapshot: Snapshot, place: Place, field: str, problem: Problem) -> Finding:
    layout = snapshot.layouts.get(TEMPLATES.name)
    cell, header = (layout.address(place.row, field), layout.header(field)) if layout else ("", "")
    return problem.finding(place.sheet, place.row, cell, header)


def oddest(snapshot: Snapshot, kind: Kind) -> Sequence[Context]:
    """What the longest and oddest rows of the workbook give to a template of this kind, to try it with."""
    from processor.documents.lint.trial import odd_rows

    people = [
        Attendee(f"{row.place.row}", row.first_name, row.last_name, row.civility, row.email, row.employer, row.role,
                 others=row.others)
        for row in snapshot.registrations
    ]  # fmt: skip
    return tuple(odd_rows(kind, people, snapshot.seances))


def _there(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} if folder.is_dir() else set()
