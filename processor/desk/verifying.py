"""Whether an attestation is what was issued: its file, its number or the text of its QR code, without any network."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from processor.journal.journal import Journal
from processor.journal.records import AttestationRecord
from processor.model.catalogue import say
from processor.night.journal_place import placed
from processor.proof.keys import public_keys
from processor.proof.reading import Read, differences, read_file
from processor.proof.statement import Signed, Statement, genuine, read
from processor.settings import PUBLIC_KEY, read_settings

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


@dataclass(frozen=True)
class Verdict:
    """What was found: whether it holds, one sentence that says so, remarks, and what the signature states.

    `undecided`: it does not hold, nor is it false; only a person who looks at the document can tell.
    """

    holds: bool
    sentence: str
    remarks: tuple[str, ...] = ()
    statement: Statement | None = None
    undecided: bool = False

    def told(self) -> str:
        """The verdict for a person."""
        lines = [self.sentence, *(f"  {remark}" for remark in self.remarks)]
        if self.statement is not None:
            lines += ["", say("verify.stated"), *_stated(self.statement)]
        return "\n".join(lines)

    def as_json(self) -> dict[str, Any]:
        """The verdict for a program."""
        said = asdict(self.statement) if self.statement else None
        return {
            "holds": self.holds,
            "undecided": self.undecided,
            "sentence": self.sentence,
            "remarks": list(self.remarks),
            "statement": said,
        }


@dataclass(frozen=True)
class Evidence:
    """What a verdict is given from: the public keys, and the register of the journal where there is one."""

    keys: "Mapping[str, Ed25519PublicKey]"
    register: Mapping[str, AttestationRecord]
    source: str = ""


def verify(what: str, evidence: Evidence) -> Verdict:
    """The verdict on a file, on the text of a QR code, on a number or on the SHA-256 of a file."""
    path = Path(what)
    if len(what) < 1000 and "\n" not in what and path.is_file():
        return _of_file(path.read_bytes(), evidence)
    said = read(what)
    if said is not None:
        return _of_statement(said, evidence)
    text = what.strip().lower()
    known = {**evidence.register, **{record.sha256: record for record in evidence.register.values()}}
    if text in known:
        return _issued(known[text], "verify.known")
    if re.fullmatch(r"\d{4}-\d{6}|[0-9a-f]{64}", text):
        return Verdict(False, say("verify.unknown", said=text))
    return Verdict(False, say("verify.nothing", said=what[:60]), (say("verify.nothing.fix"),))


def evidence_for(what: str, workbook: Path | None, key: Path | None) -> Evidence:
    """The evidence at hand: what is named, else the keys and the journal of the folder that holds the file."""
    start = Path(what).parent if len(what) < 1000 and Path(what).is_file() else Path()
    near = next(
        (
            folder
            for folder in (start.absolute(), *start.absolute().parents)
            if (folder / PUBLIC_KEY).is_file()
        ),
        None,
    )
    workbook = workbook or (_workbook_of(near) if near is not None and key is None else None)
    settings = placed(read_settings(workbook)) if workbook else None
    file = key or (settings.public_key if settings else near / PUBLIC_KEY if near else None)
    register = Journal.attestations(settings.journal_place) if settings else {}
    return Evidence(public_keys(file) if file else {}, register, str(file or ""))


def _workbook_of(folder: Path) -> Path | None:
    found = [path for path in folder.glob("*.xls[xm]") if not path.name.startswith(("~", "."))]
    return found[0] if len(found) == 1 else None


def _of_file(data: bytes, evidence: Evidence) -> Verdict:
    digest = hashlib.sha256(data).hexdigest()
    record = next((one for one in evidence.register.values() if one.sha256 == digest), None)
    if record is not None:
        return _issued(record, "verify.same")
    found = read_file(data)
    if found is None:
        return Verdict(False, say("verify.unreadable"))
    said = read(found.line)
    if said is None:
        return Verdict(False, say("verify.unsigned"), (say("verify.unsigned.scanned"),))
    verdict = _of_statement(said, evidence)
    return _compared(verdict, said, found, evidence) if verdict.holds else verdict


def _compared(verdict: Verdict, said: Signed, found: Read, evidence: Evidence) -> Verdict:
    """The verdict on a file whose statement is genuine: its text must say the same."""
    missing = tuple(differences(said.statement, found))
    if absent := [one.words for one in missing if not one.unclear]:
        remarks = tuple(say("verify.differs.absent", words=words) for words in absent)
        return Verdict(False, say("verify.differs"), remarks, said.statement)
    if missing:
        return _to_compare(said.statement, [one.words for one in missing])
    again = (say("verify.agrees.saved-again"),) if said.statement.number in evidence.register else ()
    return Verdict(True, say("verify.agrees"), (*verdict.remarks, *again), said.statement)


def _to_compare(statement: Statement, unclear: list[str]) -> Verdict:
    """The verdict on a file that cannot be told from a genuine one, nor from one whose letters were changed."""
    remarks = (*(say("verify.unclear.words", words=words) for words in unclear), say("verify.unclear.why"))
    return Verdict(False, say("verify.unclear"), remarks, statement, undecided=True)


def _of_statement(said: Signed, evidence: Evidence) -> Verdict:
    if said.key not in evidence.keys:
        fix = say("verify.no-key.fix", file=PUBLIC_KEY)
        return Verdict(False, say("verify.no-key", key=said.key), (fix,))
    if not genuine(said, evidence.keys):
        return Verdict(False, say("verify.forged"))
    record = evidence.register.get(said.statement.number)
    if record is not None and record.replaced_by:
        return _issued(record, "verify.valid.issued")
    return Verdict(
        True, say("verify.valid"), (say("verify.valid.key", file=evidence.source),), said.statement
    )


def _issued(record: AttestationRecord, slug: str) -> Verdict:
    """The verdict on an attestation that the journal knows; one that was replaced does not hold any more."""
    said = read(record.statement)
    sentence = say(slug, number=record.number, when=record.issued_on)
    statement = said.statement if said else None
    if record.replaced_by:
        return Verdict(False, sentence, (say("verify.replaced", by=record.replaced_by),), statement)
    remarks = (say("verify.replaces", number=record.replaces),) if record.replaces else ()
    return Verdict(True, sentence, remarks, statement)


def _stated(said: Statement) -> list[str]:
    rows = {"number": said.number, "replaces": said.replaces, "name": said.name, "title": said.title,
            "days": _days(said), "hours": said.hours}  # fmt: skip
    return [f"  {say(f'verify.stated.{row}'):<20}{value}" for row, value in rows.items() if value]


def _days(said: Statement) -> str:
    days = [date.fromisoformat(day) for day in dict.fromkeys((said.first, said.last)) if day]
    slug = "verify.days" if len(days) > 1 else "verify.day"
    return say(slug, first=days[0], last=days[-1]) if days else ""
