"""The transport `smtp` against a real server on loopback."""

import contextlib
import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, Session

from processor.mail.account import Account, Security
from processor.mail.compose import Draft, message
from processor.mail.delivery import deliver
from processor.mail.transports import connection
from processor.mail.transports.pace import Pace
from processor.mail.transports.reply import Judged, Reply, ReplyClass, Step, verdict
from processor.mail.transports.smtp import Smtp
from processor.mail.transports.wire import Wire
from processor.model.address import unjudged

SESAME = "sésame"


class Inbox:
    """What aiosmtpd was given, and what it is told to answer."""

    def __init__(self) -> None:
        self.envelopes: list[Envelope] = []
        self.sessions: set[int] = set()
        self.dot_answer = "250 2.0.0 queued as 4711"
        self.rcpt_answer = ""

    async def handle_RCPT(self, _server, _session, envelope, address, rcpt_options):  # noqa: N802
        if self.rcpt_answer:
            return self.rcpt_answer
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(rcpt_options)
        return "250 2.1.5 OK"

    async def handle_DATA(self, _server, session: Session, envelope: Envelope):  # noqa: N802
        self.envelopes.append(envelope)
        self.sessions.add(id(session))
        return self.dot_answer


@contextlib.contextmanager
def serving(inbox: Inbox, **options: object) -> Iterator[Account]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(inbox, hostname="127.0.0.1", port=port, **options)  # type: ignore[arg-type]
    controller.start()
    try:
        yield Account("127.0.0.1", unjudged("centre@exemple.fr"), port, Security.NONE, per_minute=None)
    finally:
        controller.stop()


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def server(inbox: Inbox) -> Iterator[Account]:
    with serving(inbox, enable_SMTPUTF8=True) as account:
        yield account


@pytest.fixture(scope="session")
def certificate(tmp_path_factory) -> Path:
    if shutil.which("openssl") is None:
        pytest.skip("openssl makes the certificate of this test")
    folder = tmp_path_factory.mktemp("tls")
    subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    files = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")]
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *subject, *files],
        check=True,
        capture_output=True,
    )
    return folder


@pytest.fixture
def server_tls(certificate: Path) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    return context


@pytest.fixture
def client_tls(certificate: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=certificate / "cert.pem")


def test_a_message_arrives_with_the_bytes_that_were_queued(journal, mail, released, now, inbox, server):
    hard = b"Message-ID: <a1@exemple.fr>\r\n\r\n.\r\n..\r\n.point\r\n\xc3\xa9\r\n" + b"x" * 900 + b"\r\n"
    released(journal, mail(message=hard))
    assert deliver(journal, Smtp(server), now).sent == ("a1",)
    assert inbox.envelopes[0].content == hard
    assert inbox.envelopes[0].mail_from == "centre@exemple.fr"
    assert inbox.envelopes[0].rcpt_tos == ["zoe@exemple.fr"]
    assert journal.view().mails["a1"].detail == "250 2.0.0 queued as 4711"


def test_many_mails_use_one_connection_and_a_long_queue_renews_it(
    journal, mail, released, now, inbox, server
):
    released(journal, *(mail(f"a{number}") for number in range(7)))
    deliver(journal, Smtp(server), now, limit=3)
    assert len(inbox.sessions) == 1
    deliver(journal, Smtp(replace(server, per_connection=2)), now)
    assert len(inbox.envelopes) == 7


def test_accents_in_a_domain_travel_as_idna_and_in_a_local_part_as_utf8(
    journal, mail, released, now, inbox, server
):
    date = datetime(2026, 12, 1, tzinfo=UTC)
    made = message(
        Draft("b", unjudged("centre@exemple.fr"), "Zoé", unjudged("zoé@exemple.fr"), "Été", "Été", date)
    )
    released(journal, mail("a", to="Zoé <zoe@exemplé.fr>"), mail("b", to="zoé@exemple.fr", message=made))
    assert deliver(journal, Smtp(server), now).sent == ("a", "b")
    assert [envelope.rcpt_tos for envelope in inbox.envelopes] == [
        ["zoe@xn--exempl-gva.fr"],
        ["zoé@exemple.fr"],
    ]


def test_an_address_that_the_server_cannot_write_is_refused_and_the_rest_goes_on(
    journal, mail, released, now, inbox
):
    released(journal, mail("a", to="zoé@exemple.fr"), mail("b"))
    with serving(inbox, enable_SMTPUTF8=False) as account:
        delivered = deliver(journal, Smtp(account), now)
    assert (delivered.refused, delivered.sent) == (("a",), ("b",))
    assert "accents" in journal.view().mails["a"].detail


def test_what_is_no_longer_an_address_is_refused_before_any_connection(journal, mail, released, now):
    released(journal, mail(to="zoe@exemple.fr>\r\nRCPT TO:<espion@exemple.fr"))
    nowhere = Account("127.0.0.1", unjudged("centre@exemple.fr"), 1)
    assert deliver(journal, Smtp(nowhere), now).refused == ("a1",)


def test_a_mail_above_the_size_of_the_server_is_refused_without_being_sent(
    journal, mail, released, now, inbox
):
    released(journal, mail("a", message=b"x" * 2000 + b"\r\n"), mail("b"))
    with serving(inbox, data_size_limit=1000) as account:
        delivered = deliver(journal, Smtp(account), now)
    assert (delivered.refused, delivered.sent) == (("a",), ("b",))
    assert journal.view().mails["a"].detail == "trop gros pour ce serveur : 2002 octets, 1000 au plus"


def test_starttls_is_used_and_the_password_given_inside(
    journal, mail, released, now, inbox, server_tls, client_tls
):
    given = []

    def known(_server, session, _envelope, mechanism, data):
        given.append((mechanism, data.login, data.password, session.ssl is not None))
        return AuthResult(success=True)

    released(journal, mail())
    with serving(inbox, tls_context=server_tls, authenticator=known, auth_required=True) as account:
        secured = replace(account, security=Security.STARTTLS, user="centre", password=SESAME)
        assert deliver(journal, Smtp(secured, client_tls), now).sent == ("a1",)
    assert given[0][1:] == (b"centre", SESAME.encode(), True)


def test_tls_from_the_first_byte(journal, mail, released, now, inbox, server_tls, client_tls):
    released(journal, mail())
    with serving(inbox, ssl_context=server_tls) as account:
        tls = replace(account, security=Security.TLS)
        controller_is_checked = deliver(journal, Smtp(tls, client_tls), now)
    assert controller_is_checked.sent == ("a1",)


def test_a_server_without_starttls_is_given_nothing(journal, mail, released, now, inbox, server):
    released(journal, mail())
    slept: list[float] = []
    delivered = deliver(journal, Smtp(replace(server, security=Security.STARTTLS), sleep=slept.append), now)
    assert "STARTTLS" in delivered.halted
    assert journal.view().mails["a1"].state == "released"
    assert slept == []


def test_a_certificate_that_nobody_vouches_for_stops_at_once(journal, mail, released, now, inbox, server_tls):
    released(journal, mail())
    with serving(inbox, tls_context=server_tls) as account:
        delivered = deliver(journal, Smtp(replace(account, security=Security.STARTTLS)), now)
    assert "certificat" in delivered.halted
    assert inbox.envelopes == []


def test_a_wrong_password_stops_at_once_and_loses_nothing(journal, mail, released, now, inbox):
    released(journal, mail("a"), mail("b"))
    refuse = {"authenticator": lambda *_: AuthResult(success=False, handled=False), "auth_require_tls": False}
    with serving(inbox, **refuse) as account:
        delivered = deliver(journal, Smtp(replace(account, user="centre", password=SESAME)), now)
    assert "mot de passe" in delivered.halted
    assert SESAME not in delivered.halted
    assert {record.state.value for record in journal.view().mails.values()} == {"released"}


@pytest.mark.parametrize("mechanism", ["PLAIN", "LOGIN"])
def test_each_way_to_log_in_takes_a_password_with_accents(journal, mail, released, now, inbox, mechanism):
    given = []

    def known(_server, _session, _envelope, _mechanism, data):
        given.append((_mechanism, data.password))
        return AuthResult(success=True)

    released(journal, mail())
    others = {"PLAIN", "LOGIN"} - {mechanism}
    with serving(
        inbox, authenticator=known, auth_require_tls=False, auth_exclude_mechanism=others
    ) as account:
        assert deliver(journal, Smtp(replace(account, user="centre", password=SESAME)), now).sent == ("a1",)
    assert given == [(mechanism, SESAME.encode())]


def test_a_password_is_not_given_in_clear_to_another_machine():
    far = Account(
        "smtp.exemple.fr",
        unjudged("centre@exemple.fr"),
        security=Security.NONE,
        user="centre",
        password=SESAME,
    )
    with pytest.raises(Judged, match="en clair"):
        connection._log_in(Wire("[127.0.0.1]", 1), far)


def test_a_password_shows_in_no_trace():
    account = Account(
        "127.0.0.1", unjudged("centre@exemple.fr"), security=Security.NONE, user="centre", password=SESAME
    )
    assert SESAME not in repr(account)


def test_a_server_that_is_away_is_tried_again_after_pauses_then_left_for_the_next_run(
    journal, mail, released, now
):
    released(journal, mail("a"), mail("b"))
    slept: list[float] = []
    closed = Account("127.0.0.1", unjudged("centre@exemple.fr"), 1, Security.NONE, per_minute=None)
    delivered = deliver(journal, Smtp(closed, sleep=slept.append), now)
    assert "ne répond pas" in delivered.halted
    assert slept == [1.0, 5.0, 20.0]
    assert {record.state.value for record in journal.view().mails.values()} == {"released"}


def test_three_refusals_for_policy_in_a_row_stop_the_run(journal, mail, released, now, inbox, server):
    released(journal, *(mail(f"a{number}") for number in range(5)))
    inbox.dot_answer = "554 5.7.1 looks like spam"
    delivered = deliver(journal, Smtp(server), now)
    assert delivered.refused == ("a0", "a1", "a2")
    assert "par principe" in delivered.halted
    assert [record.state.value for record in journal.view().mails.values()][3:] == ["released"] * 2


def test_addresses_that_do_not_exist_never_stop_the_run(journal, mail, released, now, inbox, server):
    released(journal, *(mail(f"a{number}") for number in range(5)))
    inbox.rcpt_answer = "550 5.1.1 no such user"
    delivered = deliver(journal, Smtp(server), now)
    assert len(delivered.refused) == 5
    assert not delivered.halted


def test_the_ceiling_of_a_day_counts_what_left_before(journal, mail, released, now, server):
    released(journal, *(mail(f"a{number}") for number in range(5)))
    assert len(deliver(journal, Smtp(server), now, per_day=3).sent) == 3
    later = deliver(journal, Smtp(server), now + timedelta(hours=23), per_day=3)
    assert later.sent == ()
    assert "plafond de 3" in later.halted
    last = deliver(journal, Smtp(server), now + timedelta(hours=25), per_day=3)
    assert (len(last.sent), last.halted) == (2, "")


def test_the_pace_is_kept_after_a_first_burst():
    clock, slept = [0.0], []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        clock[0] += seconds

    pace = Pace(20, burst=2, clock=lambda: clock[0], sleep=sleep)
    for _ in range(4):
        pace.wait()
    assert slept == [3.0, 3.0]
    clock[0] += 1.0
    pace.wait()
    assert slept[-1] == pytest.approx(2.0)
    clock[0] += 3600
    for _ in range(2):
        pace.wait()
    assert len(slept) == 3


@pytest.mark.parametrize("code", range(600, 1000, 57))
def test_a_code_that_does_not_exist_is_no_answer_to_the_dot(code):
    assert verdict(Step.DOT, Reply(code)) is ReplyClass.UNCERTAIN


@pytest.mark.parametrize("code", [*range(200, 300)])
def test_only_two_hundreds_after_the_dot_mean_sent(code):
    assert verdict(Step.DOT, Reply(code)) is ReplyClass.GO_ON


@pytest.mark.parametrize("step", [step for step in Step if step is not Step.DOT])
@pytest.mark.parametrize("code", [100, 199, 299, 399, 421, 450, 454, 500, 530, 550, 554, 600])
def test_no_answer_before_the_dot_is_uncertain(step, code):
    assert verdict(step, Reply(code)) is not ReplyClass.UNCERTAIN
