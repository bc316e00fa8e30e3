"""The files of a plan, made in a staging folder: filled documents, PDF where asked, lists of people."""

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from shutil import rmtree

from processor.model import Kind, Roll
from processor.model.catalogue import say
from processor.model.findings import Finding, Severity, Spot
from processor.model.past import DocumentRecord, Known
from processor.model.plan import Document, ListExport, Mail, Plan
from processor.night import parcels
from processor.night.mishaps import attempted
from processor.night.paper import Shelf
from processor.rules.unmade import without

Progress = Callable[[str, int, int], None]
_WHO = "tous"
_WORD = ".word"


@dataclass(frozen=True)
class Made:
    """The plan without what could not be made, and the files that were, by their path under the documents folder."""

    plan: Plan
    issued: tuple[DocumentRecord, ...] = ()
    findings: tuple[Finding, ...] = field(default=())


def make_documents(shelf: Shelf, plan: Plan, known: Known, staging: Path, progress: Progress) -> Made:
    """Fills each document; what fails is taken out of the plan with its mail, and its request stays for another night.

    An attestation that fails gives its number to the next one, which is then made again: numbers have no gap.
    """
    staging.mkdir(parents=True, exist_ok=True)
    failed = {mail.key: problem for mail in plan.mails if (problem := _unsayable(shelf, mail))}
    names = shelf.names(plan.documents, known)
    plan = without(plan, failed)
    made: dict[str, Document] = {}
    while todo := [document for document in plan.documents if _differs(made.get(document.key), document)]:
        tried = [
            (document, attempted(partial(shelf.sealed, document), document_named(document), document.source))
            for document in todo
        ]
        sealed = [one for _, one in tried if isinstance(one, Document)]
        faults = _make(shelf, sealed, {key: staging / name for key, name in names.items()}, staging, progress)
        faults |= {document.key: one for document, one in tried if isinstance(one, Finding)}
        made |= {document.key: document for document in sealed if document.key not in faults}
        there = {key: names[key] for key in made}
        for mail in plan.mails:
            if not set(mail.documents) & faults.keys() and (
                problem := attempted(
                    partial(parcels.refusal, mail, plan, there, staging), mail_named(mail), mail.source
                )
            ):
                faults[mail.key] = problem
        failed |= faults
        plan = without(plan, faults)
    for key in set(made) - {document.key for document in plan.documents}:
        (staging / names[key]).unlink(missing_ok=True)
    issued = [made[document.key] for document in plan.documents]
    _keep([staging / names[document.key] for document in issued if document.facts.number])
    return Made(
        plan,
        tuple(_issued(document, names[document.key], staging) for document in issued),
        tuple(failed.values()),
    )


def document_named(document: Document) -> str:
    """A document as a finding names it."""
    person = document.facts.person
    return (
        say("document.person", kind=document.kind.label, person=person.full_name)
        if person
        else say("quoted", text=document.kind.label)
    )


def mail_named(mail: Mail) -> str:
    """A mail as a finding names it."""
    return say("mail.named", kind=mail.kind.label, person=mail.to_name)


def _unsayable(shelf: Shelf, mail: Mail) -> Finding | None:
    return attempted(partial(shelf.unsayable, mail), mail_named(mail), mail.source)


def _differs(made: Document | None, wanted: Document) -> bool:
    return made is None or made.facts.number != wanted.facts.number


def _make(
    shelf: Shelf,
    documents: Sequence[Document],
    targets: Mapping[str, Path],
    staging: Path,
    progress: Progress,
) -> dict[str, Finding]:
    """Makes the files of the documents; comes back with what could not be made, by key."""
    words = {document.key: staging / _WORD / f"{document.key}.docx" for document in documents}
    failed: dict[str, Finding] = {}
    (staging / _WORD).mkdir()
    for index, document in enumerate(documents, 1):
        progress("Documents", index, len(documents))
        problem = _fill(shelf, document, words[document.key])
        if problem is not None:
            failed[document.key] = problem
    filled = [document for document in documents if document.key not in failed]
    failed |= {
        document.key: problem for document, problem in _placed(shelf, filled, words, targets, progress)
    }
    rmtree(staging / _WORD)
    return failed


def _keep(files: Iterable[Path]) -> None:
    """Sees to it that the files are on the disk before the journal says so: a power cut must not leave an empty attestation."""
    for file in files:
        with file.open("rb+") as opened:
            os.fsync(opened.fileno())


def _fill(shelf: Shelf, document: Document, path: Path) -> Finding | None:
    filled = attempted(partial(shelf.fill, document), document_named(document), document.source)
    if isinstance(filled, Finding):
        return filled
    path.write_bytes(filled)
    return None


def _placed(
    shelf: Shelf,
    documents: Sequence[Document],
    words: Mapping[str, Path],
    targets: Mapping[str, Path],
    progress: Progress,
) -> Iterator[tuple[Document, Finding]]:
    """Puts each filled file under its name, those of PDF after conversion all together; yields what could not be converted."""
    wanted = [document for document in documents if targets[document.key].suffix == ".pdf"]
    progress("PDF", 0, len(wanted))
    made: dict[Path, Path | str] = {}
    for form in sorted({document.template.format for document in wanted}):
        made |= shelf.to_pdf([words[d.key] for d in wanted if d.template.format == form], form)
    for document in documents:
        outcome = made.get(words[document.key], words[document.key])
        if isinstance(outcome, Path):
            targets[document.key].parent.mkdir(parents=True, exist_ok=True)
            outcome.replace(targets[document.key])
        else:
            yield document, _not_converted(document, outcome)
    progress("PDF", len(wanted), len(wanted))


def _not_converted(document: Document, reason: str) -> Finding:
    return Finding.of(
        "pdf-impossible",
        Severity.ROW,
        "conversion",
        at=Spot(document.source.sheet, document.source.row),
        kind=document.kind.label,
        reason=reason,
    )


def _issued(document: Document, file: str, staging: Path) -> DocumentRecord:
    digest = hashlib.sha256((staging / file).read_bytes()).hexdigest()
    return DocumentRecord(
        document.key, document.kind, document.seance, document.session, document.person, document.said, file, digest,
        document.facts.number, document.facts.replaces, document.reason, document.facts.seal,
    )  # fmt: skip


def make_lists(shelf: Shelf, made: Made, staging: Path) -> Made:
    """Writes the lists of the plan, as a workbook and as csv, beside the documents of the séance or session."""
    issued, findings = list(made.issued), list(made.findings)
    for export in made.plan.lists:
        place = export.roll.seance.place if isinstance(export.roll, Roll) else export.roll.session.place
        written = attempted(
            partial(_list, shelf, export, staging), say("list.named", code=export.code), place
        )
        if isinstance(written, Finding):
            findings.append(written)
        else:
            issued += written
    return replace(made, issued=tuple(issued), findings=tuple(findings))


def _list(shelf: Shelf, export: ListExport, staging: Path) -> list[DocumentRecord]:
    from processor.exports import people, write_list

    written = []
    folder, title = shelf.folder(export.roll), shelf.title(export.roll)
    (staging / folder).mkdir(parents=True, exist_ok=True)
    for suffix, key in (("xlsx", export.key), ("csv", f"{export.key}-csv")):
        file = f"{folder}/{Kind.LIST.traits.stem}.{suffix}"
        write_list(people(export.roll, _WHO), staging / file, suffix, title)
        seance, session = (export.code, "") if isinstance(export.roll, Roll) else ("", export.code)
        digest = hashlib.sha256((staging / file).read_bytes()).hexdigest()
        written.append(DocumentRecord(key, Kind.LIST, seance, session, "", export.said, file, digest))
    return written
