"""What goes with a mail: its documents as they are, in one zip, or as links, when they are too big for a mail."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from processor.documents.names import attached_name, distinct
from processor.mail.compose import Attachment
from processor.model.catalogue import say
from processor.model.findings import Finding, Severity, Spot
from processor.model.plan import Mail, Plan

ZIP = "Documents.zip"
_TYPES = {".pdf": "application/pdf", ".zip": "application/zip"}
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class Parcel:
    """The attachments of a mail, and what its text says of those that are behind a link."""

    attachments: tuple[Attachment, ...] = ()
    words: str = ""


def parcel(mail: Mail, plan: Plan, files: Mapping[str, str], staging: Path) -> Parcel | Finding:
    """The parcel of a mail; `files` is the path of each document made, by key, under the documents folder and `staging`.

    Over the size of Paramètres, the modèle says what is done: zip, or link. A zip that is still too big becomes links. A
    finding comes back where neither is possible: a mail without its document would be worse than none.
    """
    parameters, names = mail.facts.parameters, [files[key] for key in mail.documents if key in files]
    limit, called = parameters.attachments_mb * 1_000_000, named(mail, files)
    whole = tuple(
        _attachment(called[key], (staging / files[key]).read_bytes())
        for key in mail.documents
        if key in files
    )
    if _size(whole) <= limit:
        return Parcel(whole)
    if _oversize(mail, plan) != "lien":
        packed = (_attachment(ZIP, zipped(whole)),)
        if _size(packed) <= limit:
            return Parcel(packed)
    if parameters.documents_url:
        return Parcel(words=_links(parameters.documents_url, names))
    return _too_big(mail, _size(whole), parameters.attachments_mb)


def named(mail: Mail, files: Mapping[str, str]) -> Mapping[str, str]:
    """The names under which the person receives the documents of a mail, by key; no two are alike."""
    found: dict[str, str] = {}
    for key in mail.documents:
        if key in files:
            ending = Path(files[key]).suffix
            found[key] = distinct(attached_name(mail.facts), key, found.values(), ending)
    return found


def refusal(mail: Mail, plan: Plan, files: Mapping[str, str], staging: Path) -> Finding | None:
    """Why a mail cannot carry its documents, found out before anything is recorded; None when it can."""
    names = [files[key] for key in mail.documents if key in files]
    size = sum((staging / name).stat().st_size for name in names)
    if size <= mail.facts.parameters.attachments_mb * 1_000_000:
        return None
    found = parcel(mail, plan, files, staging)
    return found if isinstance(found, Finding) else None


def _oversize(mail: Mail, plan: Plan) -> str:
    return next(
        (document.template.oversize for document in plan.documents if document.key in mail.documents), ""
    )


def zipped(attachments: Sequence[Attachment]) -> bytes:
    """A zip that holds them; the same ones always make the same bytes, so that a mail made again is the same mail."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for attachment in attachments:
            entry = zipfile.ZipInfo(attachment.name, (2000, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, attachment.data)
    return packed.getvalue()


def _links(url: str, names: Sequence[str]) -> str:
    lines = [f"- {url.rstrip('/')}/{quote(name)}" for name in names]
    return "\n".join(("", "", say("parcels.links"), *lines))


def _size(attachments: Sequence[Attachment]) -> int:
    return sum(len(attachment.data) for attachment in attachments)


def _attachment(name: str, data: bytes) -> Attachment:
    return Attachment(name, _TYPES.get(Path(name).suffix, _WORD), data)


def _too_big(mail: Mail, size: int, limit: int) -> Finding:
    shown = f"{size / 1e6:.1f}".replace(".", ",")
    return Finding.of(
        "pieces-trop-grosses",
        Severity.ROW,
        at=Spot(mail.source.sheet, mail.source.row),
        person=mail.to_name,
        shown=shown,
        limit=limit,
    )
