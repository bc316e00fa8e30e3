"""Documents made on demand, without a mail: single files, and one PDF of them all for the printer."""

import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from processor.desk.lists import seance_roll, session_roll
from processor.documents.names import file_name, safe
from processor.journal.journal import Journal
from processor.model import Kind, Roll, Scope
from processor.model import Template as TemplateRow
from processor.model.catalogue import quoted, say
from processor.model.findings import Fault, Finding, Severity, Stopped
from processor.model.plan import Plan
from processor.night import apply
from processor.night.lock import only_run
from processor.night.observe import Clock, Observation
from processor.night.outputs import make_documents
from processor.night.paper import Shelf
from processor.night.run import look
from processor.rules.letters.by_hand import Answer, DocumentRequest, Subject, answer
from processor.rules.letters.numbers import numbered
from processor.rules.letters.templates import chosen
from processor.rules.registering.registration import register
from processor.rules.registering.rolls import rolls
from processor.settings import Settings

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Demand:
    """What the command asks for; one of `seance` and `session` is a code. `output` is a folder, by default the séance's."""

    kind: Kind
    seance: str = ""
    session: str = ""
    people: tuple[str, ...] = ()
    reason: str = ""
    presences: bool = False
    output: Path | None = None


@dataclass(frozen=True)
class Handmade:
    """The files made, those that were there already, the PDF of them all if there is one, and what is to be told."""

    made: tuple[Path, ...] = ()
    there: tuple[Path, ...] = ()
    printing: Path | None = None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Pile:
    """The folder for what is printed; one that staff chose serves many séances, and its files say which (`whose`)."""

    folder: Path
    whose: str = ""

    def place(self, name: str, ending: str) -> Path:
        """Where a file goes: over the same one made earlier, never over another séance's."""
        words = f"{name} ({self.whose})" if self.whose else name
        return self.folder / f"{safe(words, room=len(ending))}{ending}"


def make(settings: Settings, clock: Clock, demand: Demand, progress: Progress) -> Handmade:
    """Makes the documents of a demand. Raises Stopped for a code, a person or a template that cannot be used, and Busy.

    Attestations get their number from the journal and their place among the documents, as in the night; the workbook
    is not touched: the next night shows their numbers.
    """
    settings.state.mkdir(parents=True, exist_ok=True)
    with only_run(settings.state), Journal.open(settings.journal_place) as journal:
        apply.recover(settings, journal)
        observation, plan = look(settings, clock)
        observation = replace(observation, snapshot=replace(observation.snapshot, set_aside=plan.set_aside))
        subject = _subject(observation, demand)
        template = _template(observation, demand, subject)
        asked = DocumentRequest(demand.kind, subject, demand.people, demand.reason, demand.presences)
        wanted = answer(observation.snapshot, asked, template)
        _refuse(wanted, demand)
        folder = demand.output or settings.documents / Shelf(settings).folder(subject) / say(
            "by-hand.printing"
        )
        whose = Path(Shelf(settings).folder(subject)).name if demand.output else ""
        if demand.kind.traits.attests:
            return _issued(settings, observation, journal, wanted, Pile(folder, whose), progress)
        return _made(settings, observation, wanted, Pile(folder, whose), progress)


def _subject(observation: Observation, demand: Demand) -> Subject:
    snapshot = observation.snapshot
    found = rolls(snapshot, register(snapshot))
    if (Scope.SEANCE if demand.seance else Scope.SESSION) not in demand.kind.traits.scopes:
        variant = "no-seance" if demand.seance else "no-session"
        raise Stopped([Finding.of("document-impossible", Severity.STOP, variant, kind=demand.kind.label)])
    subject: Subject = (
        seance_roll(snapshot, found, demand.seance)
        if demand.seance
        else session_roll(snapshot, found, demand.session)
    )
    place = subject.seance.place if isinstance(subject, Roll) else subject.session.place
    if place in snapshot.set_aside:
        aside = Finding.of("document-impossible", Severity.STOP, "aside", row=place.row, sheet=place.sheet)
        raise Stopped([aside])
    return subject


def _template(observation: Observation, demand: Demand, subject: Subject) -> TemplateRow:
    row = subject.seance if isinstance(subject, Roll) else subject.session
    named = str(getattr(row, demand.kind.traits.named_in, "")) if demand.kind.traits.named_in else ""
    template = chosen(observation.snapshot, [demand.kind], named)
    if isinstance(template, Fault):
        why = say("document-impossible.why")
        raise Stopped([Finding(template.code, Severity.STOP, template.problem, why, template.fix)])
    return template


def _refuse(wanted: Answer, demand: Demand) -> None:
    """Raises Stopped for a name that nobody bears, and when there is nothing to make."""
    if wanted.unknown:
        unknown = quoted(wanted.unknown)
        raise Stopped([Finding.of("personne-inconnue", Severity.STOP, "document", names=unknown)])
    if not (wanted.documents or wanted.issued or wanted.attested_elsewhere):
        variant = "nobody.present" if demand.kind.traits.attests else "nobody"
        raise Stopped([Finding.of("document-impossible", Severity.STOP, variant)])


def _issued(
    settings: Settings,
    observation: Observation,
    journal: Journal,
    wanted: Answer,
    pile: Pile,
    progress: Progress,
) -> Handmade:
    """The attestations, through the journal: new ones are issued, those issued before stay as they are."""
    snapshot = observation.snapshot
    documents = numbered(snapshot, wanted.documents)
    done = (
        apply.apply_plan(
            settings,
            Shelf(settings),
            observation,
            Plan(snapshot.now, documents=tuple(documents)),
            journal,
            progress,
        )
        if documents
        else None
    )
    made = [settings.documents / one.file for one in done.issued] if done else []
    before = [settings.documents / one.file for one in wanted.issued]
    findings = [
        *(done.findings if done else ()),
        *_elsewhere(wanted),
        *_gone(path for path in before if not path.is_file()),
    ]
    there = [path for path in before if path.is_file()]
    printing = together([*made, *there], pile, wanted)
    return Handmade(tuple(made), tuple(there), printing, tuple(findings))


def _made(
    settings: Settings, observation: Observation, wanted: Answer, pile: Pile, progress: Progress
) -> Handmade:
    """Documents without a number: made beside, then put into the folder, over those that were made by hand before."""
    snapshot = observation.snapshot
    staging = settings.documents / apply.STAGING / apply.new_run_id(snapshot.now)
    try:
        plan = Plan(snapshot.now, documents=wanted.documents)
        done = make_documents(Shelf(settings), plan, snapshot.known, staging, progress)
        pile.folder.mkdir(parents=True, exist_ok=True)
        files = [staging / one.file for one in done.issued]
        made = [file.replace(pile.place(file.stem, file.suffix)) for file in files]
    finally:
        shutil.rmtree(staging, ignore_errors=True)
        if staging.parent.is_dir() and not any(staging.parent.iterdir()):
            staging.parent.rmdir()
    return Handmade(tuple(made), (), together(made, pile, wanted), done.findings)


def together(files: Sequence[Path], pile: Pile, wanted: Answer) -> Path | None:
    """One PDF of all the PDF files, in the order of a directory, for the printer; None for fewer than two."""
    from pypdf import PdfWriter

    pages = sorted((path for path in files if path.suffix == ".pdf"), key=lambda path: path.name.casefold())
    if len(pages) < 2:
        return None
    kind = wanted.documents[0].kind if wanted.documents else wanted.issued[0].kind
    pile.folder.mkdir(parents=True, exist_ok=True)
    target = pile.place(say("by-hand.together", name=file_name(kind)), ".pdf")
    temporary = target.with_suffix(".tmp")
    with PdfWriter() as writer:
        for path in pages:
            writer.append(path, outline_item=path.stem)
        writer.add_metadata({"/Title": target.stem})
        writer.write(temporary)
    return temporary.replace(target)


def _elsewhere(wanted: Answer) -> list[Finding]:
    if not wanted.attested_elsewhere:
        return []
    names = ", ".join(wanted.attested_elsewhere)
    return [Finding.of("document-impossible", Severity.NOTE, "elsewhere", names=names)]


def _gone(files: Iterable[Path]) -> list[Finding]:
    return [Finding.of("document-impossible", Severity.NOTE, "gone", file=path.name) for path in files]
