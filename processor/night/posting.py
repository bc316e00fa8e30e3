"""From a planned mail to its exact bytes: words, documents, calendar entry."""

from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from processor.journal.records import WrittenMail
from processor.mail.compose import Draft, message
from processor.model import Parameters
from processor.model.address import Address
from processor.model.findings import Finding
from processor.model.past import MailRecord, MailState
from processor.model.plan import Mail
from processor.model.typography import plain
from processor.night.agenda import Agenda
from processor.night.outputs import Made
from processor.night.paper import Shelf
from processor.night.parcels import parcel
from processor.pages import letter_html

_NOBODY = Address("seances", "localhost.localdomain", "localhost.localdomain", "Séances")


@dataclass(frozen=True)
class Post:
    """What the mails of one plan are written with: its documents where they stand, and what calendars know."""

    made: Made
    staging: Path
    shelf: Shelf
    agenda: Agenda

    def written(self, mail: Mail) -> WrittenMail:
        """The mail with its exact bytes and the readable name of its file. Raises ValueError where it cannot be made."""
        now, parameters = self.made.plan.now, mail.facts.parameters
        subject = self.shelf.subject(mail)
        files = {document.key: document.file for document in self.made.issued}
        contents = parcel(mail, self.made.plan, files, self.staging)
        if isinstance(contents, Finding):
            raise ValueError(contents.problem)
        text = self.shelf.text(mail.message, mail.facts).rstrip() + contents.words
        draft = Draft(
            key=mail.key,
            sender=sender_of(parameters),
            to_name=mail.to_name,
            to_address=mail.to_address,
            reply_to=parameters.reply_to,
            subject=subject,
            text=text,
            html=letter_html(text, subject),
            attachments=contents.attachments,
            calendar=self.agenda.part(mail),
            date=now.replace(tzinfo=ZoneInfo(parameters.zone)),
        )
        person = mail.facts.person.listed_name if mail.facts.person else mail.to_name
        record = MailRecord(
            key=mail.key,
            kind=mail.kind,
            seance=mail.seance,
            session=mail.session,
            person=mail.person,
            to=mail.to_address,
            state=MailState.CANCELLED if mail.held else MailState.QUEUED,
            news=mail.news,
            detail=mail.held,
            subject=plain(subject),
        )
        return WrittenMail(record, message(draft), f"{now:%Y-%m-%d} {mail.kind.label} - {person}.eml")


def sender_of(parameters: Parameters) -> Address:
    """Who mails come from: « expéditeur », else the office's own address, else a name that says what it is."""
    return parameters.sender or parameters.email or _NOBODY
