import email
import email.policy
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from email.header import decode_header, make_header

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from processor.mail.compose import Attachment, Draft, message
from processor.mail.reading_back import Malformed, prove
from processor.model.address import Address, read_address, unjudged
from processor.model.typography import typeset

DRAFT = Draft(
    key="c312371e147999449df639f1",
    sender=unjudged("Centre de formation <bonjour@exemple.fr>"),
    to_name="Zoé Dupont",
    to_address=unjudged("zoe@exemple.fr"),
    subject="Invitation : conférence de lancement, mardi 1 décembre 2026 à 14 h 30, salle Émeraude",
    text="Bonjour Zoé,\n\nvous êtes invitée.\n\n- Lieu : salle Émeraude\n- Plan : https://exemple.fr/plan\n\nÀ bientôt\n",
    date=datetime(2026, 12, 1, 3, 30, tzinfo=timezone(timedelta(hours=1))),
    reply_to=unjudged("secretariat@exemple.fr"),
    html="<p>Bonjour Zoé,</p>\n",
    attachments=(Attachment("Invitation – Dupont Zoé.pdf", "application/pdf", bytes(range(256)) * 20),),
)


def parsed(draft: Draft) -> email.message.EmailMessage:
    return email.message_from_bytes(message(draft), policy=email.policy.default)  # type: ignore[return-value]


def test_a_message_reads_back_as_it_was_drafted():
    mail = parsed(DRAFT)
    assert mail["From"] == "Centre de formation <bonjour@exemple.fr>"
    assert mail["To"] == "Zoé Dupont <zoe@exemple.fr>"
    assert mail["Reply-To"] == "secretariat@exemple.fr"
    assert (
        mail["Subject"]
        == "Invitation\u00a0: conférence de lancement, mardi 1 décembre 2026 à 14 h 30, salle Émeraude"
    )
    assert mail["Date"].datetime == DRAFT.date
    assert mail["Message-ID"] == "<c312371e147999449df639f1@exemple.fr>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Content-Language"] == "fr"
    assert mail.get_body(("plain",)).get_content().replace("\r\n", "\n") == typeset(DRAFT.text)
    assert mail.get_body(("html",)).get_content().replace("\r\n", "\n") == DRAFT.html
    (attached,) = mail.iter_attachments()
    assert attached.get_filename() == "Invitation – Dupont Zoé.pdf"
    assert attached.get_content_type() == "application/pdf"
    assert attached.get_content() == DRAFT.attachments[0].data
    assert attached["Content-Type"].params["name"] == "Invitation - Dupont Zoe.pdf"


def test_the_same_draft_gives_the_same_bytes():
    assert message(DRAFT) == message(replace(DRAFT))
    assert message(DRAFT) != message(replace(DRAFT, key="autre"))


def test_lines_end_with_crlf_are_short_and_ascii():
    calendar = b"BEGIN:VCALENDAR\r\nMETHOD:PUBLISH\r\nSUMMARY:S\xc3\xa9ance\r\nEND:VCALENDAR\r\n"
    for draft in (DRAFT, replace(DRAFT, calendar=calendar, text="é" * 3000), replace(DRAFT, text="x" * 3000)):
        made = message(draft)
        assert made.count(b"\n") == made.count(b"\r\n") == made.count(b"\r")
        assert max(len(line) for line in made.split(b"\r\n")) <= 998
        assert made.isascii()
        assert made.count(b"MIME-Version:") == 1


def test_a_calendar_is_an_alternative_that_names_its_method_and_keeps_its_bytes():
    calendar = b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:S\xc3\xa9ance\r\nEND:VCALENDAR\r\n"
    mail = parsed(replace(DRAFT, calendar=calendar))
    alternative = next(part for part in mail.walk() if part.get_content_type() == "multipart/alternative")
    last = list(alternative.iter_parts())[-1]
    assert last.get_content_type() == "text/calendar"
    assert last["Content-Type"].params["method"] == "REQUEST"
    assert last["Content-Type"].params["charset"] == "utf-8"
    assert last.get_payload(decode=True) == calendar


def test_a_draft_without_attachment_has_no_outer_part():
    assert parsed(replace(DRAFT, attachments=())).get_content_type() == "multipart/alternative"


def test_an_answer_names_the_mail_that_it_follows():
    mail = parsed(replace(DRAFT, in_reply_to="premier"))
    assert mail["In-Reply-To"] == mail["References"] == "<premier@exemple.fr>"


HOSTILE = "Zoé\r\nBcc: espion@exemple.fr\r\n\r\nCorps"


@pytest.mark.parametrize("field", ["to_name", "subject", "text"])
def test_nothing_typed_adds_a_header(field):
    mail = parsed(replace(DRAFT, **{field: HOSTILE}))
    assert "Bcc" not in mail
    assert mail.keys() == parsed(DRAFT).keys()


@pytest.mark.parametrize("field", ["sender", "to_address", "reply_to"])
@pytest.mark.parametrize(
    "text",
    [
        HOSTILE,
        "a@exemple.fr\r\nBcc: b@exemple.fr",
        "a@exemple.fr, b@exemple.fr",
        "a@exemple.fr>\r\nRCPT TO:<b@x.fr",
    ],
)
def test_what_is_not_one_address_makes_no_mail(field, text):
    with pytest.raises(ValueError):
        message(replace(DRAFT, **{field: unjudged(text)}))


def test_the_name_of_an_attachment_adds_no_header_and_no_folder():
    mail = parsed(
        replace(DRAFT, attachments=(Attachment("../a\r\nX-Y: z/é.pdf", "application/pdf", b"%PDF"),))
    )
    (attached,) = mail.iter_attachments()
    assert attached.get_filename() == "..-a X-Y: z-é.pdf"
    assert "X-Y" not in attached


@pytest.mark.parametrize(
    "name", ["Dupont, Zoé", 'Zoé "la grande" Dupont', "Zoé <x@exemple.fr>", "Zoé; Luc", "é" * 300]
)
def test_a_name_never_becomes_a_second_recipient(name):
    mail = parsed(replace(DRAFT, to_name=name))
    assert [one.addr_spec for one in mail["To"].addresses] == ["zoe@exemple.fr"]


def test_a_domain_with_accents_goes_everywhere_and_a_local_part_needs_smtputf8():
    assert (
        parsed(replace(DRAFT, to_address=unjudged("zoe@exemplé.fr")))["To"].addresses[0].domain
        == "xn--exempl-gva.fr"
    )
    accented = message(replace(DRAFT, to_address=unjudged("zoé@exemple.fr")))
    assert "zoé@exemple.fr" in accented.decode()


def test_a_date_without_offset_is_refused():
    with pytest.raises(ValueError, match="offset"):
        message(replace(DRAFT, date=datetime(2026, 12, 1)))


@given(
    name=st.text(max_size=80),
    subject=st.text(max_size=300),
    text=st.text(max_size=400),
    attached=st.text(max_size=120),
)
def test_any_text_makes_a_message_with_one_recipient_and_the_same_headers(name, subject, text, attached):
    draft = replace(
        DRAFT,
        to_name=name,
        subject=subject,
        text=text,
        attachments=(Attachment(attached, "application/pdf", b"x"),),
    )
    made = message(draft)
    assert made.count(b"\n") == made.count(b"\r\n") == made.count(b"\r")
    mail = email.message_from_bytes(made, policy=email.policy.default)
    assert len(mail["To"].addresses) == 1
    assert mail["To"].addresses[0].addr_spec == "zoe@exemple.fr"
    assert set(mail.keys()) == set(parsed(DRAFT).keys())
    assert mail.defects == []


@given(st.emails())
def test_what_the_reader_of_addresses_accepts_makes_a_message(typed):
    found = read_address(typed)
    if isinstance(found, Address):
        assert parsed(replace(DRAFT, to_address=found))["To"].addresses[0].addr_spec == found.wire


WORDS = st.sampled_from(
    [
        "Invitation",
        ":",
        "séance",
        "l’élève",
        "mercredi",
        "23",
        "décembre",
        "2026",
        "à",
        "14",
        "h",
        "30",
        "œuvre,",
        "Noël",
        "les",
        "mardi",
        "Été",
    ]
)


@given(st.lists(WORDS, min_size=1, max_size=30).map(" ".join))
def test_a_subject_is_read_back_to_the_letter_by_old_and_new_readers(subject: str) -> None:
    raw = message(replace(DRAFT, subject=subject))
    old, new = email.message_from_bytes(raw), email.message_from_bytes(raw, policy=email.policy.default)
    assert str(make_header(decode_header(old["Subject"]))) == new["Subject"] == typeset(subject)
    assert all(len(line) <= 78 for line in raw.split(b"\r\n\r\n")[0].split(b"\r\n"))


WORD = st.integers(1, 260).flatmap(lambda n: st.sampled_from(["x" * n, "é" * n, "N." * n]))
LONG = st.lists(WORD, min_size=1, max_size=4).map(" ".join)


@pytest.mark.parametrize("accents", ["zoe", "zoé"])
@given(to=LONG, sender=LONG, subject=LONG)
@settings(max_examples=40, deadline=None)
@example("x" * 80 + " " + "y" * 80, "O" * 100 + " " + "P" * 100, "T" * 300)
def test_long_names_end_no_header_early(accents: str, to: str, sender: str, subject: str) -> None:
    draft = replace(DRAFT, to_name=to, to_address=unjudged(f"{accents}@exemple.fr"), subject=subject, sender=unjudged(f"{sender} <c@exemple.fr>"))  # fmt: skip
    raw = message(draft)
    mail = email.message_from_string(raw.decode(), policy=email.policy.default)
    assert list(mail.keys()) == list(parsed(DRAFT).keys())
    assert mail["Subject"] == subject
    # Python's newer reader keeps the blanks between the encoded words of a name (RFC 2047, section 6.2 drops them).
    old = email.message_from_string(raw.decode())
    for header, name, spec in (("To", to, f"{accents}@exemple.fr"), ("From", sender, "c@exemple.fr")):
        assert [one.addr_spec for one in mail[header].addresses] == [spec]
        decoded = [part if isinstance(part, str) else part.decode(charset or "raw-unicode-escape") for part, charset in decode_header(old[header].replace("\r\n", ""))]  # fmt: skip
        assert "".join(decoded).replace('"', "") == f"{name} <{spec}>"
    assert mail["Message-ID"] == f"<{DRAFT.key}@exemple.fr>"
    assert len(list(mail.iter_attachments())) == 1


def test_bytes_that_would_be_read_otherwise_are_no_mail():
    meant = {"To": "zoe@exemple.fr", "Subject": "Été"}
    whole = b"To: zoe@exemple.fr\r\nSubject: =?utf-8?b?w4l0w6k=?=\r\n\r\nTexte\r\n"
    prove(whole, meant, "zoe@exemple.fr")
    for wrong in (
        whole.replace(b"\r\nSubject", b"\r\n\r\nSubject"),
        whole.replace(b"\r\n\r\n", b"\r\nBcc: luc@exemple.fr\r\n\r\n"),
        whole.replace(b"To:", b"To: luc@exemple.fr\r\nTo:"),
        whole.replace(b"zoe@", b"luc@exemple.fr, zoe@"),
        whole.replace(b"w4l0w6k=", b"w4l0"),
        whole + b"x" * 999,
    ):
        with pytest.raises(Malformed):
            prove(wrong, meant, "zoe@exemple.fr")
