"""Carrying out a plan, in a fixed order that can stop anywhere. Decides nothing.

1. documents and lists are made in a staging folder;
2. the edited workbook is written beside the original, under a temporary name;
3. the journal records, in one transaction, all that is about to happen, with the exact bytes of each mail;
4. the temporary file replaces the workbook: the commit point;
5. the journal releases the mails; documents move into place; mails are delivered.

Stopped before 4, nothing has happened and the next run forgets the attempt. Stopped after 4, the next run finishes it.
The two are told apart by the temporary file: it is there exactly as long as the workbook has not been replaced.
"""

import glob
import hashlib
import secrets
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path

from processor.journal.attestations import NumbersTaken
from processor.journal.journal import Journal
from processor.journal.records import CalendarRecord, RunRecord, RunState, WrittenMail
from processor.model.catalogue import say
from processor.model.findings import Finding, Severity, Stopped
from processor.model.past import DocumentRecord
from processor.model.plan import Plan
from processor.model.snapshot import Snapshot
from processor.night.agenda import Agenda
from processor.night.edits import edits_of, structure
from processor.night.mishaps import attempted
from processor.night.observe import Observation, grids_of, opened, unreadable
from processor.night.outputs import Made, mail_named, make_documents, make_lists
from processor.night.paper import Shelf
from processor.night.posting import Post, sender_of
from processor.night.unchangeable import refusal
from processor.reading.grid import Grid
from processor.reading.layouts import layouts_of
from processor.rules.unmade import without
from processor.settings import Settings
from processor.workbook import Book, Changed, Edit, InUse, Refused, Unreadable, replace_workbook, write_edits
from processor.workbook.package.filenames import shortened

Progress = Callable[[str, int, int], None]
STAGING = ".en-cours"
_ROOM = 45  # of a run's name and the endings


@dataclass(frozen=True)
class Applied:
    """What one pass did: the plan without what failed, the documents and lists made, and the failures."""

    plan: Plan
    issued: tuple[DocumentRecord, ...] = ()
    findings: tuple[Finding, ...] = field(default=())


@dataclass(frozen=True)
class _Attempt:
    """One carrying out of a plan: what it works on and where its unfinished files stand."""

    settings: Settings
    observation: Observation
    journal: Journal
    shelf: Shelf
    run: RunRecord

    @property
    def staging(self) -> Path:
        return self.settings.documents / STAGING / self.run.id


def apply_plan(
    settings: Settings,
    shelf: Shelf,
    observation: Observation,
    plan: Plan,
    journal: Journal,
    progress: Progress,
) -> Applied:
    """Carries out the plan and returns what was done. Raises Stopped when nothing could be; the workbook is then untouched."""
    run = RunRecord(new_run_id(plan.now), plan.now, str(settings.workbook))
    attempt = _Attempt(settings, observation, journal, shelf, run)
    try:
        made, letters = _made(attempt, plan, progress)
        replacement = edited(settings, observation, made.plan, run.id)
    except BaseException:
        shutil.rmtree(attempt.staging, ignore_errors=True)
        raise
    journal.begin(run)
    try:
        _stage(attempt, made, letters, replacement)
    except NumbersTaken as error:
        abandon(settings, journal, run.id, replacement)
        raise Stopped([changed_meanwhile(settings.workbook)]) from error
    _commit(attempt, replacement)
    finish_files(settings, journal, run.id, attempt.staging, [document.file for document in made.issued])
    return Applied(made.plan, made.issued, made.findings)


@dataclass(frozen=True)
class _Letters:
    """The mails of a plan with their exact bytes, what calendars are told by them, and those that could not be written."""

    mails: tuple[WrittenMail, ...]
    calendar: tuple[CalendarRecord, ...]
    spoilt: dict[str, Finding]


def _made(attempt: _Attempt, plan: Plan, progress: Progress) -> tuple[Made, _Letters]:
    """The files and the mails of the plan, before anything is recorded.

    A mail that the program cannot write costs itself and its document alone: the rest is made again without them, so
    that attestations keep numbers without a gap.
    """
    spoilt: dict[str, Finding] = {}
    known = attempt.observation.snapshot.known
    while True:
        made = make_documents(attempt.shelf, without(plan, spoilt), known, attempt.staging, progress)
        made = make_lists(attempt.shelf, made, attempt.staging)
        letters = _letters(attempt, made)
        if not letters.spoilt:
            return replace(made, findings=(*made.findings, *spoilt.values())), letters
        spoilt |= letters.spoilt
        shutil.rmtree(attempt.staging)


def _letters(attempt: _Attempt, made: Made) -> _Letters:
    snapshot = attempt.observation.snapshot
    agenda = Agenda(snapshot.known, attempt.settings.identity, sender_of(snapshot.parameters), made.plan.now)
    post = Post(made, attempt.staging, attempt.shelf, agenda)
    tried = [
        (mail.key, attempted(partial(post.written, mail), mail_named(mail), mail.source))
        for mail in made.plan.mails
    ]
    spoilt = {key: one for key, one in tried if isinstance(one, Finding)}
    return _Letters(tuple(one for _, one in tried if not isinstance(one, Finding)), agenda.told, spoilt)


def new_run_id(now: datetime) -> str:
    """A name for one run: its moment and a few random letters."""
    return f"{now:%Y%m%d-%H%M%S}-{secrets.token_hex(3)}"


def edited(settings: Settings, observation: Observation, plan: Plan, run: str) -> Path | None:
    """The edited workbook under a temporary name beside the original, or None when the plan changes no cell."""
    target = settings.workbook.resolve()
    temporary = target.with_name(f"{_beside(target)}.{run}{target.suffix}.tmp")
    try:
        first = structure(plan, observation.snapshot, observation.grids)
        if not first:
            return _written(
                settings, observation.book, edits_of(plan, observation.snapshot, observation.grids), temporary
            )
        between = temporary.with_suffix(".a.tmp")
        try:
            _written(settings, observation.book, first, between)
            book = opened(between)
            snapshot, grids = _with_structure(observation.snapshot, book, settings)
            edits = edits_of(plan, snapshot, grids)
            return _written(settings, book, edits, temporary) or between.replace(temporary)
        finally:
            between.unlink(missing_ok=True)
    except Refused as refused:
        temporary.unlink(missing_ok=True)
        raise Stopped(
            [refusal(reason.feature, reason.sheet, reason.detail) for reason in refused.reasons]
        ) from refused
    except Unreadable as error:
        temporary.unlink(missing_ok=True)
        raise Stopped([unreadable(settings.workbook, error)]) from error


def _beside(target: Path) -> str:
    return shortened(f".{target.stem}", _ROOM)


def _written(settings: Settings, book: Book, edits: Sequence[Edit], path: Path) -> Path | None:
    if not edits:
        return None
    write_edits(book, edits, path, settings.break_signature)
    return path


def _with_structure(snapshot: Snapshot, book: Book, settings: Settings) -> tuple[Snapshot, dict[str, Grid]]:
    """The snapshot with the layouts of the workbook that has the new sheets and columns; rows stand where they stood."""
    grids = grids_of(book)
    layouts, _ = layouts_of(grids, settings.columns)
    return replace(snapshot, layouts=layouts), grids


def _stage(attempt: _Attempt, made: Made, letters: _Letters, replacement: Path | None) -> None:
    before = attempt.observation.book.digest
    attempt.journal.stage(
        attempt.run.id,
        digest_before=before,
        digest_after=hashlib.sha256(replacement.read_bytes()).hexdigest() if replacement else before,
        replacement=replacement,
        staging=attempt.staging,
        mails=letters.mails,
        documents=made.issued,
        occurrences=made.plan.occurrences,
        codes=made.plan.codes,
        calendar=letters.calendar,
    )


def _commit(attempt: _Attempt, replacement: Path | None) -> None:
    """Replaces the workbook, if it is still the one that was read; else forgets the attempt."""
    settings, run = attempt.settings, attempt.run
    if replacement is not None:
        stamp = f"{attempt.observation.snapshot.now:%Y-%m-%d %H-%M-%S} {run.id[-6:]}"
        try:
            replace_workbook(
                settings.workbook, replacement, attempt.observation.book.digest, settings.backups, stamp
            )
        except (Changed, InUse) as error:
            abandon(settings, attempt.journal, run.id, replacement)
            raise Stopped([changed_meanwhile(settings.workbook)]) from error
    attempt.journal.commit(run.id)


def changed_meanwhile(workbook: Path) -> Finding:
    """Someone saved the workbook while the night was being prepared."""
    return Finding.of("classeur-modifie", Severity.STOP, workbook=workbook.name)


def abandon(settings: Settings, journal: Journal, run_id: str, replacement: Path | None) -> None:
    """Forgets a run whose workbook was never replaced: its files go, and its keys are free again."""
    journal.abandon(run_id)
    if replacement is not None:
        replacement.unlink(missing_ok=True)
    shutil.rmtree(settings.documents / STAGING / run_id, ignore_errors=True)


def finish_files(
    settings: Settings, journal: Journal, run_id: str, staging: Path, files: Sequence[str]
) -> None:
    """Moves the documents of a committed run into place; doing it again after a crash moves what is left."""
    for file in files:
        source, target = staging / file, settings.documents / file
        if source.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            source.replace(target)
    shutil.rmtree(staging, ignore_errors=True)
    if staging.parent.is_dir() and not any(staging.parent.iterdir()):
        staging.parent.rmdir()
    journal.finish(run_id)


def sweep(settings: Settings, keep: str) -> None:
    """Removes what a killed run left before the journal knew of it. The lock is held: no living run owns these files."""
    target = settings.workbook.resolve()
    # A run's name begins with a day: what another workbook « name.copy.xlsx » left is not ours.
    for temporary in target.parent.glob(f"{glob.escape(_beside(target))}.[0-9]*-[0-9]*-*.tmp"):
        if not keep or keep not in temporary.name:
            temporary.unlink(missing_ok=True)
    for staging in (settings.documents / STAGING).glob("*"):
        if staging.name != keep:
            shutil.rmtree(staging, ignore_errors=True)


def recover(settings: Settings, journal: Journal) -> str | None:
    """Finishes or forgets the run that was cut short, and says which in one French sentence; None when there is none."""
    run = journal.unfinished()
    sweep(settings, run.id if run else "")
    if run is None:
        return None
    if run.state is RunState.REPLACING and run.replacement is not None and run.replacement.exists():
        abandon(settings, journal, run.id, run.replacement)
        return say("apply.recovered.forgotten")
    if run.state is RunState.REPLACING:
        journal.commit(run.id)
    staging = run.staging or settings.documents / STAGING / run.id
    finish_files(settings, journal, run.id, staging, [document.file for document in run.documents])
    return say("apply.recovered.finished")
