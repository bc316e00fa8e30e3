"""Read the reports of mails that did not arrive, and tie each to the mail of the journal that it is about.

The standard form is RFC 3464 (`multipart/report; report-type=delivery-status`); servers that write prose only are
read for what they quote. A mail is known by its envelope identity (ENVID, the mail's key), else by the address that the
report was sent to (VERP), else by the Message-ID in the part of it that is returned.
"""

import email
import email.policy
import re
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage, Message
from pathlib import Path

from processor.journal.records import Bounce, JournalView
from processor.model.address import NOWHERE, Address, read_address
from processor.model.catalogue import say
from processor.model.past import MailState

__all__ = ["Bounce", "bounces", "files", "some_back", "too_many"]

_KEY = r"([0-9a-f]{20,24})"
_MESSAGE_ID = re.compile(rf"(?im)^\s*Message-ID:\s*<{_KEY}@[^>\s]+>")
ENOUGH = 20  # mails of a night from which a share says something
NIGHT = timedelta(hours=12)
_VERP = re.compile(rf"\+{_KEY}@")
_STATUS = re.compile(r"(?<![\d.])([45]\.\d{1,3}\.\d{1,3})(?![\d.])")
_CODE = re.compile(r"(?<![\d.])([45][0-5]\d)(?=[ \-#])")
_MAILBOX = re.compile(r"<?([^\s<>()\"',;:]+@[^\s<>()\"',;:]+[^\s<>()\"',;:.])>?")
_FAILING = re.compile(
    r"(?i)mailer-daemon|postmaster|mail delivery|undeliver|delivery (status|failure|incomplete|has failed)|"
    r"returned mail|failure notice|non remis|échec (de la )?remise"
)

# Below such a line the message itself is quoted: its words are not the server's.
_BELOW = re.compile(
    r"(?im)^-+ ?(?:this is a copy|original message|below this line|forwarded)|^(?:received|return-path):"
)


def bounces(message: bytes) -> tuple[Bounce, ...]:
    """What a message reports, one a recipient; nothing for a message that is no report.

    An automatic answer (« absent jusqu'à lundi ») is no report, and neither is a notice that a mail did arrive.
    """
    mail = email.message_from_bytes(message, _class=EmailMessage, policy=email.policy.default)
    fields = [part for part in mail.walk() if part.get_content_type() == "message/delivery-status"]
    if fields:
        return tuple(_reported(mail, fields[0]))
    return _prose(mail, message)


def files(folder: Path) -> Iterator[bytes]:
    """The messages of a folder of .eml files, or of a Maildir, in the order of their names."""
    places = [folder / "new", folder / "cur"] if (folder / "cur").is_dir() else [folder]
    for place in places:
        for path in sorted(place.iterdir()) if place.is_dir() else []:
            if path.is_file() and (place != folder or path.suffix.lower() == ".eml"):
                yield path.read_bytes()


def too_many(view: JournalView) -> str:
    """Why nothing more should be sent for now, or "": more than one mail in ten of the last night came back.

    A night of fewer than 20 mails proves nothing, see `some_back`. So many failures mean a wrong list or a server that takes the sender
    for a nuisance, and going on makes the second worse.
    """
    back, sent = _returned(view)
    return _share(back, sent) if sent >= ENOUGH and back * 10 > sent else ""


def some_back(view: JournalView) -> str:
    """That more than one mail in ten, and two at least, came back of a night too small to prove anything, or ""."""
    back, sent = _returned(view)
    return _share(back, sent) if sent < ENOUGH and back >= 2 and back * 10 > sent else ""


def _share(back: int, sent: int) -> str:
    return say("bounces.share", back=back, sent=sent)


def _returned(view: JournalView) -> tuple[int, int]:
    """How many mails of the last night came back, of how many.

    A night is several runs, and its summary is no mail of it: what left within 12 hours of the last mail about a séance
    or session is the night.
    """
    mails = [
        m for m in view.mails.values() if m.state is MailState.SENT and m.sent_on and m.seance + m.session
    ]
    last = max((mail.sent_on for mail in mails if mail.sent_on), default=None)
    if last is None:
        return 0, 0
    sent = {mail.key for mail in mails if mail.sent_on and mail.sent_on > last - NIGHT}
    return sum(1 for record in view.bounced.values() if record.key in sent), len(sent)


def _reported(mail: EmailMessage, part: EmailMessage) -> Iterator[Bounce]:
    # Python reads this part as one block of fields for the message, then one for each recipient.
    payload = part.get_payload()
    blocks = [block for block in payload if isinstance(block, Message)] if isinstance(payload, list) else []
    about = blocks[0] if blocks else EmailMessage()
    key = _key(str(about.get("Original-Envelope-Id", ""))) or _verp_key(mail) or _returned_key(mail)
    for block in blocks:
        recipient = _mailbox(block, "Original-Recipient") or _mailbox(block, "Final-Recipient")
        action = str(block.get("Action", "")).strip().lower()
        if recipient and action in ("failed", "delayed"):
            status = str(block.get("Status", "")).strip().split(" ")[0]
            detail = " ".join(str(block.get("Diagnostic-Code", "")).partition(";")[2].split())
            yield Bounce(key, recipient, action == "failed" and not status.startswith("4."), status, detail)


def _mailbox(block: Message, name: str) -> Address:
    text = str(block.get(name, "")).partition(";")[2].strip().strip("<>")
    found = read_address(text)
    return found if isinstance(found, Address) else NOWHERE


def _prose(mail: EmailMessage, message: bytes) -> tuple[Bounce, ...]:
    told = f"{mail.get('From', '')} {mail.get('Subject', '')}"
    if not _FAILING.search(told) or str(mail.get("Auto-Submitted", "")).startswith("auto-generated"):
        return ()
    body = _text(mail)
    before = _BELOW.split(body, maxsplit=1)[0]
    status = _STATUS.search(before)
    code = _CODE.search(before)
    recipient = _failing(mail, before)
    if not recipient or not (status or code):
        return ()
    said = status[1] if status else ""
    permanent = (said or (code[1] if code else "")).startswith("5")
    found = _MESSAGE_ID.search(message.decode("latin-1"))
    line = next(
        (line for line in before.splitlines() if (said and said in line) or (code and code[1] in line)), ""
    )
    key = _verp_key(mail) or (found[1] if found else "")
    return (Bounce(key, recipient, permanent, said, " ".join(line.split())),)


def _failing(mail: EmailMessage, text: str) -> Address:
    own = {one.casefold() for one in _MAILBOX.findall(f"{mail.get('From', '')} {mail.get('To', '')}")}
    failed = str(mail.get("X-Failed-Recipients", "")).split(",")[0].strip()
    for candidate in (failed, *_MAILBOX.findall(text)):
        found = read_address(candidate)
        if isinstance(found, Address) and found and found.key not in own:
            return found
    return NOWHERE


def _text(mail: EmailMessage) -> str:
    part = mail.get_body(("plain", "html"))
    if part is None:
        return ""
    try:
        return str(part.get_content())
    except (LookupError, UnicodeError):
        return ""


def _verp_key(mail: EmailMessage) -> str:
    names = ("To", "Delivered-To", "X-Original-To", "X-Envelope-To")
    found = _VERP.search(" ".join(str(value) for name in names for value in mail.get_all(name, [])))
    return found[1] if found else ""


def _returned_key(mail: EmailMessage) -> str:
    for part in mail.walk():
        if part.get_content_type() in ("message/rfc822", "text/rfc822-headers", "message/rfc822-headers"):
            found = _MESSAGE_ID.search(part.as_bytes().decode("latin-1"))
            if found:
                return found[1]
    return ""


def _key(text: str) -> str:
    found = re.fullmatch(_KEY, text.strip())
    return found[1] if found else ""
