"""After the night: the pages, the summary, the log, and the summary as a mail if an address is set."""

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from processor.contract import FINISHED
from processor.journal.journal import Journal
from processor.journal.records import RunRecord, WrittenMail
from processor.mail.compose import Draft, message
from processor.mail.delivery import Delivered
from processor.model import Kind, Place, Roll
from processor.model.catalogue import say
from processor.model.findings import Severity
from processor.model.french import capital
from processor.model.keys import action_key, digest
from processor.model.past import DocumentRecord, MailRecord, MailState, of_identity
from processor.night.apply import new_run_id
from processor.night.mishaps import attempted, halted
from processor.night.posting import sender_of
from processor.night.run import Passes, send
from processor.night.showing import counted, findings_text
from processor.pages import Link, Report, Section, report_html, report_mail, report_text, write_site
from processor.pages.report import Line
from processor.settings import Settings

_SHOWN = 200


def after(settings: Settings, night: Passes) -> None:
    """Writes the pages, `rapport.html` and the log, and sends the summary if Paramètres ask for it."""
    pages = attempted(partial(_write_pages, settings, night), say("report.pages"), Place(""))
    if pages is not None:
        night.findings = (*night.findings, pages)
    report = report_of(settings, night)
    _written(settings.report, report_html(report))
    _log(settings, night)
    _mail_report(settings, night, report)


def broken(settings: Settings, now: datetime, log: Path) -> None:
    """Says in `rapport.html` that an error of the program stopped the night: staff read that page, not a terminal."""
    report = Report(
        now=now, workbook=settings.workbook.name, outcome=say("report.broken"), findings=(halted(log),)
    )
    _written(settings.report, report_html(report))


def _write_pages(settings: Settings, night: Passes) -> None:
    snapshot = night.observation.snapshot
    finished = snapshot.layouts.get(FINISHED.name)
    rolls: dict[bool, list[Roll]] = defaultdict(list)
    for roll in sorted(night.last.rolls, key=lambda roll: (roll.seance.start, roll.seance.code)):
        if roll.seance.code and roll.seance.place not in night.last.set_aside:
            rolls[finished is not None and roll.seance.place.sheet == finished.sheet].append(roll)
    write_site(
        settings.pages,
        rolls[False],
        rolls[True][::-1],
        snapshot.parameters,
        night.now,
        links(settings, night),
    )


def links(settings: Settings, night: Passes) -> Mapping[str, list[Link]]:
    """The documents and lists of each séance that still exist, as links from its page."""
    found: dict[str, list[Link]] = defaultdict(list)
    for document in night.observation.snapshot.known.documents.values():
        path = settings.documents / document.file
        if document.seance and path.is_file():
            found[document.seance].append(Link(path.name, _relative(path, settings.pages)))
    return {code: sorted(each, key=lambda link: link.label) for code, each in found.items()}


def _relative(path: Path, folder: Path) -> str:
    return Path(os.path.relpath(path, folder)).as_posix()


def report_of(settings: Settings, night: Passes) -> Report:
    """The summary of the night: what needs someone, what was done, what waits."""
    return Report(
        now=night.now,
        workbook=settings.workbook.name,
        outcome=outcome(night),
        findings=night.findings,
        sections=tuple(_done(settings, night)),
        waiting=tuple(_waiting(night)),
        organisation=night.observation.snapshot.parameters.organisation,
    )


def outcome(night: Passes) -> str:
    """The night in one sentence."""
    moved = sum(len(plan.moves) for plan in night.plans)
    made = sum(len(plan.repeats) for plan in night.plans)
    documents = sum(len(plan.documents) for plan in night.plans)
    counts = {
        "report.outcome.moved": moved,
        "report.outcome.repeated": made,
        "report.outcome.documents": documents,
        "report.outcome.mails": len(night.delivered.sent),
    }
    said = ", ".join(say(slug, count=count) for slug, count in counts.items() if count)
    return f"{capital(said)}." if said else say("report.outcome.nothing")


def _done(settings: Settings, night: Passes) -> Iterator[Section]:
    names = {roll.seance.code: roll.seance.name for plan in night.plans for roll in plan.rolls}
    moves = [move for plan in night.plans for move in plan.moves]
    repeats = [repeat for plan in night.plans for repeat in plan.repeats]
    mails = [mail for plan in night.plans for mail in plan.mails if not mail.held]
    if night.recovered:
        yield Section(say("report.recovered"), ((night.recovered, None),))
    yield Section(say("report.moves"), _plain(
        say("report.move", code=m.code, name=names.get(m.code, ""), to=m.to, because=m.because) for m in moves))  # fmt: skip
    yield Section(say("report.repeats"), _plain(
        say("report.repeat", code=r.code, name=r.name, when=r.start) for r in repeats))  # fmt: skip
    yield Section(
        say("report.documents"),
        tuple(_files(settings, (d for d in night.issued if d.kind is not Kind.LIST))),
        in_word(night),
    )
    yield Section(say("report.mails"), _plain(
        say("report.mail", kind=m.kind.label, name=m.to_name, address=m.to_address) for m in mails[:_SHOWN]))  # fmt: skip
    lists = [one for one in night.issued if one.kind is Kind.LIST and one.file.endswith(".xlsx")]
    yield Section(
        say("report.lists"), tuple(_files(settings, lists)), say("report.lists.csv") if lists else ""
    )


def _plain(lines: Iterable[str]) -> tuple[Line, ...]:
    """Lines that lead nowhere."""
    return tuple((line, None) for line in lines)


def in_word(night: Passes) -> str:
    """Says that documents are in Word for want of LibreOffice, where their modèle leaves the choice; else nothing."""
    free = {d.key for plan in night.plans for d in plan.documents if not d.template.format}
    made = sum(document.key in free and document.file.endswith(".docx") for document in night.issued)
    return say("report.in_word", count=made) if made else ""


def _files(settings: Settings, issued: Iterable[DocumentRecord]) -> Iterator[Line]:
    files = [document.file for document in issued]
    for file in files[:_SHOWN]:
        yield file, _relative(settings.documents / file, settings.workbook.parent)
    if len(files) > _SHOWN:
        yield say("report.files.more", count=len(files) - _SHOWN, folder=settings.documents.name), None


def _waiting(night: Passes) -> Iterator[Section]:
    known = {mail.key: mail for mail in night.observation.snapshot.known.mails.values()}

    def lines(keys: Iterable[str]) -> tuple[Line, ...]:
        return _plain(_mail_line(known[key]) if key in known else key for key in keys)

    uncertain = [mail.key for mail in known.values() if mail.state is MailState.UNCERTAIN]
    yield Section(
        say("report.uncertain"), lines(uncertain), say("report.uncertain.note") if uncertain else ""
    )
    yield Section(say("report.deferred"), lines(night.delivered.deferred))
    yield Section(say("report.refused"), lines(night.delivered.refused))
    if night.delivered.halted:
        yield Section(say("report.halted"), _plain([sentence(halt_text(night.delivered))]))


def _mail_line(mail: MailRecord) -> str:
    about = mail.seance or mail.session
    terminal_text = f"{mail.kind.label}, {about}, {mail.to}" if about else f"{mail.kind.label}, {mail.to}"
    if mail.detail:
        return say("report.waits.detail", mail=terminal_text, detail=mail.detail, key=mail.key[:8])
    return say("report.waits", mail=terminal_text, key=mail.key[:8])


def _written(path: Path, text: str) -> None:
    temporary = path.with_name(f".{path.name}.tmp")
    temporary.write_text(text, "utf-8")
    temporary.replace(path)


def _log(settings: Settings, night: Passes) -> None:
    """One line a night, without any name: what was done, how many, and what was found."""
    tally: dict[str, int] = defaultdict(int)
    for finding in night.findings:
        tally[finding.code] += 1
    found = ", ".join(f"{code} × {count}" for code, count in sorted(tally.items())) or say("report.log.calm")
    again = f" | {say('report.log.recovered')}" if night.recovered else ""
    line = f"{night.now:%Y-%m-%d %H:%M} {outcome(night)} {found}{again}\n"
    with settings.log.open("a", encoding="utf-8") as file:
        file.write(line)


def _mail_report(settings: Settings, night: Passes, report: Report) -> None:
    """The summary as a mail, when something was done or when the findings are no longer those of the last one."""
    if not (address := night.observation.snapshot.parameters.report_to):
        return
    acted = any(not plan.empty for plan in night.plans)
    said = digest([(f.code, f.sheet, f.cell, f.problem) for f in night.findings])
    parameters = night.observation.snapshot.parameters
    with Journal.open(settings.journal_place) as journal:
        run = RunRecord(new_run_id(night.now), night.now, str(settings.workbook))
        which = run.id if acted else said
        if of_identity(journal.view().mails, Kind.SUMMARY, settings.identity, which):
            return
        key = action_key(Kind.SUMMARY, settings.identity, which)
        draft = Draft(key=key, sender=sender_of(parameters), to_name="", to_address=address, subject=say("report.subject", when=night.now),
                      text=report_text(report), html=report_mail(report), date=night.now.replace(tzinfo=ZoneInfo(parameters.zone)),
                      reply_to=parameters.reply_to)  # fmt: skip
        record = MailRecord(key, Kind.SUMMARY, "", "", "", address, subject=draft.subject)
        mail = WrittenMail(record, message(draft), f"{night.now:%Y-%m-%d} {Kind.SUMMARY.label}.eml")
        journal.begin(run)
        journal.stage(run.id, digest_before="", digest_after="", mails=[mail])
        journal.commit(run.id)
        journal.finish(run.id)
        send(settings, journal, parameters, night.now, lambda *_: None)


def terminal_text(settings: Settings, night: Passes) -> str:
    """What the command says at the end: the findings that need someone, then the night in one line."""
    needing = [finding for finding in night.findings if finding.severity is not Severity.NOTE]
    parts = [
        night.recovered or "",
        findings_text(needing),
        outcome(night),
        in_word(night),
        _remarks(night, settings),
        delivered_text(night.delivered, settings),
    ]
    return "\n\n".join(part for part in parts if part)


def _remarks(night: Passes, settings: Settings) -> str:
    if night.findings:
        return f"{counted(night.findings)} {say('report.where', file=settings.report)}"
    if night.delivered.halted or night.delivered.deferred:
        return f"{say('report.mails.wait')} {say('report.where', file=settings.report)}"
    return counted(())


def delivered_text(delivered: Delivered, settings: Settings) -> str:
    """What became of the mails, in words; nothing when there was none."""
    counts = {
        "report.delivered.deferred": len(delivered.deferred),
        "report.delivered.refused": len(delivered.refused),
        "report.delivered.uncertain": len(delivered.uncertain),
    }
    parts = [_left(len(delivered.sent), settings)] if delivered.sent else []
    parts += [say(slug, count=count) for slug, count in counts.items() if count]
    sentences = (f"{', '.join(parts)}." if parts else "", sentence(halt_text(delivered)))
    return " ".join(filter(None, sentences))


def halt_text(delivered: Delivered) -> str:
    """Why the delivery stopped early, how many mails wait, and when they leave; nothing when it did not stop.

    >>> halt_text(Delivered(halted="connexion refusée", waiting=2))
    'connexion refusée ; 2 courriels attendent et partiront au prochain passage (la nuit, ou « seances send »)'
    """
    if not delivered.halted or not delivered.waiting:
        return delivered.halted
    return say("report.halted.waiting", why=delivered.halted, count=delivered.waiting)


def sentence(words: str) -> str:
    """Words as a sentence of their own.

    >>> sentence("le serveur ne répond pas"), sentence("")
    ('Le serveur ne répond pas.', '')
    """
    return f"{capital(words).rstrip('.')}." if words else ""


def _left(number: int, settings: Settings) -> str:
    """How many mails left. Written as files they have reached nobody yet, and nobody should believe they have."""
    if settings.transport != "fichiers":
        return say("report.delivered.sent", count=number)
    return say("report.delivered.written", count=number, folder=settings.mails.name)
