"""From a draft to the exact bytes of a message: the same draft always gives the same bytes (RFC 5322, RFC 2045)."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address as HeaderAddress
from email.message import EmailMessage
from email.utils import format_datetime

from processor.mail.folding import Folded
from processor.mail.reading_back import prove
from processor.model.address import NOWHERE, Address
from processor.model.typography import typeset

_LONGEST_NAME = 60


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a message. `content_type` as `application/pdf`."""

    name: str
    content_type: str
    data: bytes


@dataclass(frozen=True)
class Draft:
    """All that a message says. `sender` and `reply_to` may carry a name.

    `date` must be aware. `calendar` is an iCalendar object whose METHOD the part repeats. `in_reply_to` is the key of an
    earlier mail to the same person, so that mail programs show the two together. `html` is the same as the text for who reads
    HTML; a mail without it has the text alone. Subject and text are typeset here, for all mails.
    """

    key: str
    sender: Address
    to_name: str
    to_address: Address
    subject: str
    text: str
    date: datetime
    reply_to: Address = NOWHERE
    attachments: tuple[Attachment, ...] = ()
    calendar: bytes | None = None
    in_reply_to: str = ""
    html: str = ""


def message(draft: Draft) -> bytes:
    """The message, ready for SMTP or a .eml file: text and HTML, attachments, CRLF, lines of at most 998 bytes.

    Message-ID and boundaries come from the key and the contents, so that a mail is itself however often it is made.
    Raises `ValueError` for an address without a wire form or a date without offset, and `Malformed` where the bytes
    do not read back as they were meant; nothing that a draft holds can add a header or a recipient.
    """
    if draft.date.tzinfo is None:
        raise ValueError("the date of a mail needs its offset")
    sender, to, reply_to = draft.sender, draft.to_address, draft.reply_to
    for one in (sender, to, reply_to or to):
        if not one.wire:
            raise ValueError(f"no wire form: {str(one)!r}")
    accents = any(one.needs_smtputf8 for one in (sender, to, reply_to))
    # 7bit: nothing then depends on whether the servers on the way know 8BITMIME.
    mail = EmailMessage(policy=Folded(linesep="\r\n", cte_type="7bit", utf8=accents))
    mail["From"] = _header(sender, sender.name)
    mail["To"] = _header(to, draft.to_name or to.name)
    if reply_to:
        mail["Reply-To"] = _header(reply_to, reply_to.name)
    mail["Subject"] = typeset(_one_line(draft.subject))
    mail["Date"] = format_datetime(draft.date)
    mail["Message-ID"] = message_id(draft.key, sender)
    if draft.in_reply_to:
        mail["In-Reply-To"] = mail["References"] = message_id(draft.in_reply_to, sender)
    mail["Auto-Submitted"] = "auto-generated"
    _fill(mail, draft)
    mail["Content-Language"] = "fr"
    _fix_parts(mail, draft)
    made = mail.as_bytes()
    prove(made, {name: str(value) for name, value in mail.items()}, to.wire)
    return made


def message_id(key: str, sender: Address) -> str:
    """The Message-ID of the mail with that key: the same at every attempt, which lets a receiver drop a repeat."""
    return f"<{key}@{sender.wire_domain}>"


def _header(found: Address, name: str) -> HeaderAddress:
    # Python folds long names with accents and then forgets the quotes around , ; < and @, which splits the mailbox.
    plain = re.sub(r"[,;:<>@\"\\()\[\]]+", " ", _one_line(name))
    return HeaderAddress(" ".join(plain.split()), found.local, found.wire_domain)


def _one_line(text: str) -> str:
    """The text with every run of blanks and control characters as one space, no-break ones kept: a header is one line."""
    spaced = "".join(
        " " if unicodedata.category(mark)[0] in "CZ" and mark != "\u00a0" else mark for mark in text
    )
    return re.sub(" +", " ", spaced).strip()


def _fill(mail: EmailMessage, draft: Draft) -> None:
    text = typeset(_clean(draft.text).rstrip("\n")) + "\n"
    mail.set_content(text)
    if draft.html:
        mail.add_alternative(draft.html, subtype="html")
    if draft.calendar is not None:
        _add_calendar(mail, draft.calendar)
    for attachment in draft.attachments:
        _attach(mail, attachment)
    if draft.calendar is not None:
        # Programs that do not look into the alternatives offer the file instead.
        _attach(mail, Attachment("agenda.ics", "application/ics", draft.calendar))


def _clean(text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(mark for mark in lines if mark in "\n\t" or unicodedata.category(mark) not in ("Cc", "Cs"))


def _add_calendar(mail: EmailMessage, calendar: bytes) -> None:
    method = re.search(rb"^METHOD:([A-Z]+)\s*$", calendar, re.MULTILINE)
    name = method[1].decode() if method else "PUBLISH"
    # The method must stand both in the object and in the type (RFC 6047, section 2.4), or no button is shown.
    text = calendar.decode().replace("\r\n", "\n")
    mail.add_alternative(text, subtype="calendar", params={"method": name}, cte="base64")


def _attach(mail: EmailMessage, attachment: Attachment) -> None:
    maintype, _, subtype = attachment.content_type.partition("/")
    name = _one_line(attachment.name.replace("/", "-").replace("\\", "-")) or "document"
    mail.add_attachment(attachment.data, maintype=maintype, subtype=subtype or "octet-stream", filename=name)
    part = list(mail.iter_attachments())[-1]
    # Older programs read only `name`; it is ASCII and short, as they cannot read RFC 2231.
    part.set_param("name", ascii_name(name))


def ascii_name(name: str) -> str:
    """The name of a file in at most 60 ASCII characters, its extension kept.

    >>> ascii_name("Feuille d'émargement – séance n° 3.pdf")
    "Feuille d'emargement - seance n 3.pdf"
    """
    folded = unicodedata.normalize("NFKD", name.replace("–", "-").replace("—", "-").replace("’", "'"))
    folded = (
        folded.replace("œ", "oe").replace("Œ", "OE").replace("æ", "ae").replace("ß", "ss").replace("°", "")
    )
    plain = " ".join("".join(mark for mark in folded if mark.isascii() and mark not in '"\\').split())
    stem, dot, extension = plain.rpartition(".")
    if not dot or len(extension) > 8:
        stem, extension = plain, ""
    return (stem[: _LONGEST_NAME - len(extension) - 1].strip() or "document") + (
        f".{extension}" if extension else ""
    )


def _fix_parts(mail: EmailMessage, draft: Draft) -> None:
    said = hashlib.sha256(draft.key.encode() + draft.text.encode("utf-8", "replace"))
    for attachment in draft.attachments:
        said.update(attachment.data)
    for number, part in enumerate(mail.walk()):
        if number:
            del part["MIME-Version"]  # Python writes it on parts too; it belongs to the message
        if part.is_multipart():
            part.set_boundary(f"=_{said.hexdigest()[:32]}_{number}")
