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
from processor.journal.records import IssuedDocument, QueuedMail, RunRecord
from processor.mail.compose import Draft, message
from processor.mail.delivery import Delivered
from processor.model import Place, Roll
from processor.model.findings import Severity
from processor.model.keys import action_key, digest
from processor.model.past import SentMail
from processor.night.apply import new_run_id
from processor.night.mishaps import attempted, halted
from processor.night.posting import sender_of
from processor.night.run import Passes, send
from processor.night.showing import counted, findings_text
from processor.pages import Link, Report, Section, report_html, report_mail, report_text, write_site
from processor.pages.report import Line
from processor.rules.decided import plural
from processor.rules.letters.lists import LIST
from processor.rules.news.mailing import UNCERTAIN
from processor.settings import Settings

REPORT = "Résumé de la nuit"
_SHOWN = 200


def after(settings: Settings, night: Passes) -> None:
    """Writes the pages, `rapport.html` and the log, and sends the summary if Paramètres ask for it."""
    pages = attempted(partial(_write_pages, settings, night), "le dossier des pages", Place(""))
    if pages is not None:
        night.findings = (*night.findings, pages)
    report = report_of(settings, night)
    _written(settings.report, report_html(report))
    _log(settings, night)
    _mail_report(settings, night, report)


def broken(settings: Settings, now: datetime, log: Path) -> None:
    """Says in `rapport.html` that an error of the program stopped the night: staff read that page, not a terminal."""
    said = "Le traitement de cette nuit s’est arrêté avant la fin."
    report = Report(now=now, workbook=settings.workbook.name, outcome=said, findings=(halted(log),))
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
    parts = [
        plural(moved, "séance rangée", "séances rangées") if moved else "",
        plural(made, "séance créée par répétition", "séances créées par répétition") if made else "",
        plural(documents, "document") if documents else "",
        plural(len(night.delivered.sent), "courriel") if night.delivered.sent else "",
    ]
    said = ", ".join(part for part in parts if part)
    return f"{said[:1].upper()}{said[1:]}." if said else "Aucun changement cette nuit."


def _done(settings: Settings, night: Passes) -> Iterator[Section]:
    names = {roll.seance.code: roll.seance.name for plan in night.plans for roll in plan.rolls}
    if night.recovered:
        yield Section("Reprise", ((night.recovered, None),))
    yield Section("Séances qui ont changé de feuille", tuple(
        (f"{m.code} {names.get(m.code, '')} → {m.to} : {m.because}", None) for p in night.plans for m in p.moves))  # fmt: skip
    yield Section("Séances créées par répétition", tuple(
        (f"{r.code} {r.name}, le {r.start:%d/%m/%Y à %H:%M}", None) for p in night.plans for r in p.repeats))  # fmt: skip
    yield Section(
        "Documents", tuple(_files(settings, (d for d in night.issued if d.kind != LIST))), in_word(night)
    )
    yield Section("Courriels", tuple(
        (f"{m.kind} : {m.to_name} <{m.to_address}>", None) for p in night.plans for m in p.mails if not m.held)[:_SHOWN])  # fmt: skip
    yield _lists(settings, night)


def in_word(night: Passes) -> str:
    """Says that documents are in Word for want of LibreOffice, where their modèle leaves the choice; else nothing."""
    free = {d.key for plan in night.plans for d in plan.documents if not d.template.format}
    made = sum(document.key in free and document.file.endswith(".docx") for document in night.issued)
    if not made:
        return ""
    words = "document est" if made == 1 else "documents sont"
    return f"{made} {words} en Word : LibreOffice, qui fait les PDF, n’est pas installé sur cet ordinateur."


def _lists(settings: Settings, night: Passes) -> Section:
    lists = [
        document for document in night.issued if document.kind == LIST and document.file.endswith(".xlsx")
    ]
    return Section(
        "Listes",
        tuple(_files(settings, lists)),
        "Chaque liste existe aussi en .csv, dans le même dossier." if lists else "",
    )


def _files(settings: Settings, issued: Iterable[IssuedDocument]) -> Iterator[tuple[str, str | None]]:
    files = [document.file for document in issued]
    for file in files[:_SHOWN]:
        yield file, _relative(settings.documents / file, settings.workbook.parent)
    if len(files) > _SHOWN:
        yield f"… et {len(files) - _SHOWN} autres dans le dossier « {settings.documents.name} »", None


def _waiting(night: Passes) -> Iterator[Section]:
    known = night.observation.snapshot.known.mails

    def lines(keys: Iterable[str]) -> tuple[Line, ...]:
        return tuple((_mail_line(known[key]) if key in known else key, None) for key in keys)

    uncertain = [mail.key for mail in known.values() if mail.state == UNCERTAIN]
    yield Section(
        "Courriels dont le sort est inconnu", lines(uncertain),
        "Reçus ou non, on ne le sait pas : ils ne sont pas renvoyés sans vous (« seances settle »)." if uncertain else "",
    )  # fmt: skip
    yield Section("Courriels à réessayer", lines(night.delivered.deferred))
    yield Section("Courriels refusés", lines(night.delivered.refused))
    if night.delivered.halted:
        yield Section("Envoi arrêté", ((sentence(halt_text(night.delivered)), None),))


def _mail_line(mail: SentMail) -> str:
    about = mail.seance or mail.session
    told = f"{mail.kind}, {about}, {mail.to}" if about else f"{mail.kind}, {mail.to}"
    return f"{told} : {mail.detail} (clé {mail.key[:8]})" if mail.detail else f"{told} (clé {mail.key[:8]})"


def _written(path: Path, text: str) -> None:
    temporary = path.with_name(f".{path.name}.tmp")
    temporary.write_text(text, "utf-8")
    temporary.replace(path)


def _log(settings: Settings, night: Passes) -> None:
    """One line a night, without any name: what was done, how many, and what was found."""
    tally: dict[str, int] = defaultdict(int)
    for finding in night.findings:
        tally[finding.code] += 1
    found = ", ".join(f"{code} × {count}" for code, count in sorted(tally.items())) or "aucune remarque"
    line = f"{night.now:%Y-%m-%d %H:%M} {outcome(night)} {found}{' | reprise' if night.recovered else ''}\n"
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
        key = action_key(REPORT, settings.identity, run.id if acted else said)
        if key in journal.view().mails:
            return
        when = f"{night.now:%d/%m/%Y}"
        draft = Draft(key=key, sender=sender_of(parameters), to_name="", to_address=address, subject=f"Séances, nuit du {when}",
                      text=report_text(report), html=report_mail(report), date=night.now.replace(tzinfo=ZoneInfo(parameters.zone)),
                      reply_to=parameters.reply_to)  # fmt: skip
        mail = QueuedMail(
            key,
            REPORT,
            "",
            "",
            "",
            address,
            draft.subject,
            message(draft),
            f"{night.now:%Y-%m-%d} Résumé de la nuit.eml",
        )
        journal.begin(run)
        journal.stage(run.id, digest_before="", digest_after="", mails=[mail])
        journal.commit(run.id)
        journal.finish(run.id)
        send(settings, journal, parameters, night.now, lambda *_: None)


def told(settings: Settings, night: Passes) -> str:
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
        return f"{counted(night.findings)} Tout est dans {settings.report}."
    if night.delivered.halted or night.delivered.deferred:
        return f"Le classeur est en ordre, mais des courriels attendent. Tout est dans {settings.report}."
    return counted(())


def delivered_text(delivered: Delivered, settings: Settings) -> str:
    """What became of the mails, in words; nothing when there was none."""
    parts = [
        _left(len(delivered.sent), settings) if delivered.sent else "",
        f"{len(delivered.deferred)} à réessayer" if delivered.deferred else "",
        plural(len(delivered.refused), "refusé", "refusés") if delivered.refused else "",
        f"{len(delivered.uncertain)} à vérifier avant tout nouvel envoi" if delivered.uncertain else "",
    ]
    counts = ", ".join(part for part in parts if part)
    sentences = (counts and f"{counts}.", sentence(halt_text(delivered)))
    return " ".join(filter(None, sentences))


def halt_text(delivered: Delivered) -> str:
    """Why the delivery stopped early, how many mails wait, and when they leave; nothing when it did not stop.

    >>> halt_text(Delivered(halted="connexion refusée", waiting=2))
    'connexion refusée ; 2 courriels attendent et partiront au prochain passage (la nuit, ou « seances send »)'
    """
    if not delivered.halted or not delivered.waiting:
        return delivered.halted
    waits = plural(delivered.waiting, "courriel attend et partira", "courriels attendent et partiront")
    return f"{delivered.halted} ; {waits} au prochain passage (la nuit, ou « seances send »)"


def sentence(words: str) -> str:
    """Words as a sentence of their own.

    >>> sentence("le serveur ne répond pas"), sentence("")
    ('Le serveur ne répond pas.', '')
    """
    return f"{words[0].upper()}{words[1:].rstrip('.')}." if words else ""


def _left(number: int, settings: Settings) -> str:
    """How many mails left. Written as files they have reached nobody yet, and nobody should believe they have."""
    if settings.transport != "fichiers":
        return plural(number, "courriel remis", "courriels remis")
    written = plural(number, "courriel écrit", "courriels écrits")
    return f"{written} dans le dossier « {settings.mails.name} », rien d’envoyé"
