"""Reports of delivery as servers write them."""

from dataclasses import replace
from datetime import timedelta

from processor.journal import schema
from processor.mail.bounces import Bounce, bounces, files, some_back, too_many
from processor.mail.delivery import deliver
from processor.mail.transports.files import Files
from processor.model.address import unjudged

KEY = "c312371e147999449df639f1"


def report(fields: str, returned: str = "", envid: str = "") -> bytes:
    head = f"Original-Envelope-Id: {envid}\n" if envid else ""
    return (
        "From: MAILER-DAEMON@mx.exemple.fr\nTo: centre@exemple.fr\nSubject: Undelivered Mail Returned to Sender\n"
        "Auto-Submitted: auto-replied\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
        "--b\nContent-Type: text/plain; charset=us-ascii\n\nI'm sorry to have to inform you...\n\n"
        f"--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.exemple.fr\n{head}"
        f"Arrival-Date: Tue, 1 Dec 2026 03:30:02 +0100\n\n{fields}\n"
        f"--b\nContent-Type: {'message/rfc822' if returned else 'text/plain'}\n\n{returned}\n--b--\n"
    ).replace("\n", "\r\n").encode()  # fmt: skip


FAILED = (
    "Final-Recipient: rfc822; zoe@exemple.fr\nOriginal-Recipient: rfc822;zoe@exemple.fr\nAction: failed\n"
    "Status: 5.1.1\nRemote-MTA: dns; mx\nDiagnostic-Code: smtp; 550 5.1.1 <zoe@exemple.fr>:\n    User unknown\n"
)
RETURNED = f"From: centre@exemple.fr\nMessage-ID: <{KEY}@exemple.fr>\nSubject: Invitation\n\nBonjour\n"


def test_a_standard_report_names_mail_recipient_and_reason():
    expected = (
        Bounce(KEY, unjudged("zoe@exemple.fr"), True, "5.1.1", "550 5.1.1 <zoe@exemple.fr>: User unknown"),
    )
    assert bounces(report(FAILED, envid=KEY)) == expected
    assert bounces(report(FAILED, RETURNED)) == expected


def test_the_envelope_identity_of_another_program_is_not_ours():
    assert bounces(report(FAILED, envid="QQ12345"))[0].key == ""


def test_a_delay_is_not_a_failure_and_a_delivery_is_nothing():
    assert (
        bounces(report(FAILED.replace("failed", "delayed").replace("5.1.1", "4.4.1")))[0].permanent is False
    )
    assert bounces(report(FAILED.replace("failed", "delivered").replace("5.1.1", "2.0.0"))) == ()
    assert bounces(report(FAILED.replace("failed", "relayed"))) == ()


def test_several_recipients_are_several_bounces():
    found = bounces(report(FAILED + "\n" + FAILED.replace("zoe", "luc"), envid=KEY))
    assert [str(bounce.recipient) for bounce in found] == ["zoe@exemple.fr", "luc@exemple.fr"]


QMAIL = f"""From: MAILER-DAEMON@mx.exemple.org
To: centre@exemple.fr
Subject: failure notice

Hi. This is the qmail-send program at mx.exemple.org.
I'm afraid I wasn't able to deliver your message to the following addresses.

<zoe@exemple.org>:
Sorry, no mailbox here by that name. (#5.1.1)

--- Below this line is a copy of the message.

Return-Path: <centre@exemple.fr>
Message-ID: <{KEY}@exemple.fr>
To: zoe@exemple.org

Code 4.2.2
"""
EXIM = f"""From: Mail Delivery System <Mailer-Daemon@mx.exemple.org>
To: centre@exemple.fr
X-Failed-Recipients: zoe@exemple.org
Subject: Mail delivery failed: returning message to sender

A message that you sent could not be delivered to one or more of its recipients.

  zoe@exemple.org
    host mx.exemple.org [192.0.2.1]
    SMTP error from remote mail server after RCPT TO:<zoe@exemple.org>:
    550 No such user here

------ This is a copy of the message, including all the headers. ------

Message-ID: <{KEY}@exemple.fr>
"""
ABSENT = """From: zoe@exemple.org
To: centre@exemple.fr
Subject: Absente jusqu'au 5.1.1
Auto-Submitted: auto-replied

Je suis absente. En cas d'urgence : luc@exemple.org, 550 rue de la Paix.
"""


def test_prose_is_read_for_what_it_quotes():
    assert bounces(QMAIL.encode()) == (
        Bounce(
            KEY, unjudged("zoe@exemple.org"), True, "5.1.1", "Sorry, no mailbox here by that name. (#5.1.1)"
        ),
    )
    assert bounces(EXIM.encode()) == (
        Bounce(KEY, unjudged("zoe@exemple.org"), True, "", "550 No such user here"),
    )


def test_the_answer_of_a_person_or_of_their_absence_is_no_bounce():
    assert bounces(ABSENT.encode()) == ()
    assert bounces(ABSENT.replace("Absente jusqu'au 5.1.1", "Re: Invitation").encode()) == ()
    assert bounces(b"") == ()
    assert bounces(bytes(range(256)) * 40) == ()


def test_a_folder_and_a_maildir_are_read_without_being_changed(tmp_path):
    (tmp_path / "dossier").mkdir()
    (tmp_path / "dossier" / "1.eml").write_bytes(report(FAILED, envid=KEY))
    (tmp_path / "dossier" / "notes.txt").write_text("rien")
    for part in ("new", "cur", "tmp"):
        (tmp_path / "Maildir" / part).mkdir(parents=True)
    (tmp_path / "Maildir" / "cur" / "1:2,S").write_text(QMAIL)
    (tmp_path / "Maildir" / "new" / "2").write_text(ABSENT)
    folders = [tmp_path / name for name in ("dossier", "Maildir", "absent")]
    found = [bounce for folder in folders for message in files(folder) for bounce in bounces(message)]
    assert [str(bounce.recipient) for bounce in found] == ["zoe@exemple.fr", "zoe@exemple.org"]


def test_nothing_more_goes_to_an_address_in_error_until_a_person_trusts_it(
    journal, mail, released, now, tmp_path
):
    released(journal, mail("a", to="Zoé <Zoe@exemple.fr>"), mail("b", to="luc@exemple.fr"))
    deliver(journal, Files(tmp_path), now)
    back = Bounce("a", unjudged("zoe@exemple.fr"), True, "5.1.1", "550 inconnue")
    assert journal.note_bounces([back], now) == (back,)
    assert journal.note_bounces([back], now) == ()
    assert journal.view().bounced["zoe@exemple.fr"].detail == "550 inconnue"
    released(journal, mail("c", to="zoe@exemple.fr"), mail("d", to="luc@exemple.fr"), run_id="r2")
    delivered = deliver(journal, Files(tmp_path), now)
    assert (delivered.refused, delivered.sent) == (("c",), ("d",))
    assert journal.view().mails["c"].detail == "adresse en erreur, un courriel en est revenu : 550 inconnue"
    assert journal.trust(unjudged("ZOE@exemple.fr"))
    assert not journal.trust(unjudged("zoe@exemple.fr"))
    released(journal, mail("e", to="zoe@exemple.fr"), run_id="r3")
    assert deliver(journal, Files(tmp_path), now).sent == ("e",)


def test_a_report_names_an_address_as_it_went_over_the_wire(journal, mail, released, now):
    released(journal, mail("a", to="Zoe@Exemplé.fr"))
    [back] = bounces(report(FAILED.replace("zoe@exemple.fr", "zoe@xn--exempl-gva.fr")))
    assert journal.note_bounces([replace(back, key="a")], now)
    assert set(journal.view().bounced) == {unjudged("zoe@exemplé.fr").key}
    assert journal.trust(unjudged("ZOE@exemplé.fr"))


def test_an_address_that_an_older_version_noted_is_found_and_trusted(journal, mail, released, now):
    released(journal, mail("a", to="Großmann@exemple.fr"))
    row = {
        "address": "großmann@exemple.fr",
        "key": "a",
        "status": "5.1.1",
        "detail": "",
        "noted_on": "2026-01-01T02:00",
    }
    with journal._connection.begin():
        journal._connection.execute(schema.bounces.insert().values(**row))
    to = unjudged("Großmann@exemple.fr")
    assert set(journal.view().bounced) == {to.key}
    assert journal.note_bounces([Bounce("a", to, True)], now) == ()
    assert journal.trust(to)
    assert not journal.view().bounced


def test_a_report_about_a_mail_that_was_never_sent_to_that_person_counts_for_nothing(
    journal, mail, released, now
):
    released(journal, mail("a", to="zoe@exemple.fr"))
    forged = [
        Bounce("", unjudged("zoe@exemple.fr"), True),
        Bounce("inconnu", unjudged("zoe@exemple.fr"), True),
        Bounce("a", unjudged("luc@exemple.fr"), True),
        Bounce("a", unjudged("zoe@exemple.fr"), False, "4.2.2"),
    ]
    assert journal.note_bounces(forged, now) == ()
    assert not journal.view().bounced


def test_one_mail_in_ten_coming_back_stops_the_next_night(journal, mail, released, now, tmp_path):
    released(journal, *(mail(f"m{number}", to=f"p{number}@exemple.fr") for number in range(20)))
    deliver(journal, Files(tmp_path), now)
    journal.note_bounces(
        (Bounce(f"m{number}", unjudged(f"p{number}@exemple.fr"), True) for number in range(2)), now
    )
    assert too_many(journal.view()) == ""
    journal.note_bounces([Bounce("m2", unjudged("p2@exemple.fr"), True)], now)
    assert too_many(journal.view()) == "3 courriels sur 20 de la dernière nuit sont revenus"
    released(journal, mail("x", to="x@exemple.fr"), run_id="r2", started=now + timedelta(days=1))
    deliver(journal, Files(tmp_path), now + timedelta(days=1))
    assert too_many(journal.view()) == ""


def test_a_small_night_of_which_much_came_back_is_told_and_stops_nothing(
    journal, mail, released, now, tmp_path
):
    released(journal, *(mail(f"m{number}", to=f"p{number}@exemple.fr") for number in range(5)))
    deliver(journal, Files(tmp_path), now)
    journal.note_bounces([Bounce("m0", unjudged("p0@exemple.fr"), True)], now)
    assert some_back(journal.view()) == "", "one wrong address is told on its row"
    journal.note_bounces(
        (Bounce(f"m{number}", unjudged(f"p{number}@exemple.fr"), True) for number in (1, 2)), now
    )
    assert too_many(journal.view()) == ""
    assert some_back(journal.view()) == "3 courriels sur 5 de la dernière nuit sont revenus"
