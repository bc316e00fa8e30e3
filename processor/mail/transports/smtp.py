"""The transport `smtp`: one recipient a transaction, many mails a connection, the journal told just before the dot.

`smtplib.send_message` raises the same exception whether the server was lost before or after it took the message, so
the verbs are driven one by one. Until the final dot everything may be tried again; after it, only an answer tells.
"""

import re
import ssl
import time
from collections.abc import Callable

from processor.journal.records import Outcome, WrittenMail
from processor.mail.account import Account
from processor.mail.delivery import Halt
from processor.mail.transports.connection import Unreachable, connect
from processor.mail.transports.pace import Pace
from processor.mail.transports.reply import Judged, ReplyClass, Step, expect, verdict
from processor.mail.transports.wire import Broken, Wire
from processor.model.address import Address
from processor.model.catalogue import say
from processor.model.past import MailState

POLICY_LIMIT = 3  # refusals for policy in a row after which a server is not insisted upon
TROUBLE_LIMIT = 3  # mails in a row that a broken connection kept from leaving
PAUSES = (1.0, 5.0, 20.0)  # seconds before each new attempt to connect


class Smtp:
    """Hands mails to a server. Connects when the first mail comes, and again when it must."""

    def __init__(
        self,
        account: Account,
        tls: ssl.SSLContext | None = None,
        sleep: Callable[[float], None] = time.sleep,
        pace: Pace | None = None,
        seal: Callable[[bytes], bytes] = bytes,
    ) -> None:
        self._account = account
        self._seal = seal
        self._tls = tls
        self._sleep = sleep
        self._pace = pace or Pace(account.per_minute, sleep=sleep)
        self._sender = account.sender
        self._wire: Wire | None = None
        self._used = 0
        self._policy = 0
        self._trouble = 0

    def hand_over(self, mail: WrittenMail, dot: Callable[[], bool]) -> Outcome:
        """Try the mail, on a second connection if the first breaks before the dot.

        Raises `Halt` when the server is away, refuses the account or the sender, or refuses mail after mail by policy;
        the mail in hand is then back in the queue unless it was itself answered.
        """
        if not mail.to.wire:
            return Outcome(MailState.REFUSED, say("smtp.no-address", address=mail.to))
        self._pace.wait()
        why = ""
        for _ in range(2):
            wire = self._connected()
            try:
                outcome = self._transaction(wire, mail, dot)
            except Judged as judged:
                if judged.what is not ReplyClass.RECONNECT:
                    return self._judged(judged)
                why = str(judged)
            except (Broken, OSError) as error:
                why = str(error)
            except BaseException:
                self._drop()  # in the middle of a message a farewell would be part of it
                raise
            else:
                self._trouble = 0
                return outcome
            self._drop()
        return self._in_trouble(why)

    def close(self) -> None:
        """Say goodbye; what the server answers, or not, changes nothing."""
        self._policy = self._trouble = 0
        self._part()

    # One transaction

    def _transaction(self, wire: Wire, mail: WrittenMail, dot: Callable[[], bool]) -> Outcome:
        wait, to = self._account.patience, mail.record.to
        message = self._seal(mail.message)
        expect(Step.MAIL, wire.ask(self._mail_command(wire, mail.key, message, to), wait.command))
        notify = " NOTIFY=FAILURE,DELAY" if wire.has_extn("dsn") else ""
        expect(Step.RCPT, wire.ask(f"RCPT TO:<{to.wire}>{notify}", wait.command))
        self._ask_for_a_copy(wire)
        expect(Step.DATA, wire.ask("DATA", wait.data))
        try:
            wire.push(stuffed(message), wait.block)
        except Broken as broken:
            raise self._early(wire, str(broken)) from broken
        if not wire.quiet():
            raise self._early(wire, say("smtp.cut"))
        if not dot():
            self._drop()
            return Outcome(MailState.RELEASED, say("smtp.taken-over"))
        return self._after_dot(wire)

    def _ask_for_a_copy(self, wire: Wire) -> None:
        # In the same transaction: the copy then arrives exactly when the server took the mail. A refusal costs the evidence
        # and not the mail.
        if self._account.copy:
            notify = " NOTIFY=NEVER" if wire.has_extn("dsn") else ""
            reply = wire.ask(f"RCPT TO:<{self._account.copy.wire}>{notify}", self._account.patience.command)
            if reply.code == 421 or not 200 <= reply.code <= 599:
                raise Judged(ReplyClass.RECONNECT, str(reply))

    def _after_dot(self, wire: Wire) -> Outcome:
        # From here on nothing is tried again: not even to send the dot, for part of it may have left.
        self._used += 1
        try:
            wire.push(b".\r\n", self._account.patience.dot)
            reply = wire.answer(self._account.patience.dot)
        except (Broken, OSError) as error:
            self._drop()
            return Outcome(MailState.UNCERTAIN, say("smtp.no-answer", error=error))
        what = verdict(Step.DOT, reply)
        if what is ReplyClass.GO_ON:
            self._policy = 0
            return Outcome(MailState.SENT, str(reply))
        if what is ReplyClass.UNCERTAIN or reply.code == 421:
            self._drop()
        if what is ReplyClass.UNCERTAIN:
            return Outcome(MailState.UNCERTAIN, say("smtp.odd-answer", reply=reply))
        return self._judged(Judged(what, str(reply)))

    def _mail_command(self, wire: Wire, key: str, message: bytes, to: Address) -> str:
        size = len(message)
        command = f"MAIL FROM:<{self._envelope_sender(key)}>"
        if wire.has_extn("size"):
            limit = wire.esmtp_features["size"].strip()
            if limit.isdigit() and 0 < int(limit) < size:
                raise Judged(ReplyClass.REFUSE, say("smtp.too-big", size=size, limit=limit))
            command += f" SIZE={size}"
        if wire.has_extn("dsn"):
            command += f" RET=HDRS ENVID={key}"
        if to.needs_smtputf8 or self._sender.needs_smtputf8 or not message.isascii():
            if not wire.has_extn("smtputf8"):
                raise Judged(
                    ReplyClass.REFUSE,
                    say("smtp.accents"),
                )
            command += " SMTPUTF8 BODY=8BITMIME"
        return command

    def _envelope_sender(self, key: str) -> str:
        sender = self._sender
        return f"{sender.local}+{key}@{sender.wire_domain}" if self._account.verp else sender.wire

    def _early(self, wire: Wire, why: str) -> Exception:
        """What to raise when the server spoke, or went, before the end of the message."""
        try:
            reply = wire.answer(self._account.patience.farewell)
        except (Broken, OSError):
            return Broken(why)
        finally:
            self._drop()
        what = verdict(Step.DATA, reply)
        return (
            Broken(say("smtp.early", reply=reply)) if what is ReplyClass.GO_ON else Judged(what, str(reply))
        )

    # What an answer leads to

    def _judged(self, judged: Judged) -> Outcome:
        self._trouble = 0
        self._reset()
        why = str(judged)
        if judged.what is ReplyClass.HALT:
            raise Halt(say("smtp.halt", why=why), Outcome(MailState.RELEASED, why))
        if judged.what is ReplyClass.DEFER:
            return Outcome(MailState.DEFERRED, why)
        if judged.what is ReplyClass.POLICY:
            self._policy += 1
            if self._policy >= POLICY_LIMIT:
                refused = say("smtp.policy", count=POLICY_LIMIT, why=why)
                raise Halt(refused, Outcome(MailState.REFUSED, why))
        else:
            self._policy = 0
        return Outcome(MailState.REFUSED, why)

    def _in_trouble(self, why: str) -> Outcome:
        self._trouble += 1
        outcome = Outcome(MailState.DEFERRED, say("smtp.lost", why=why))
        if self._trouble >= TROUBLE_LIMIT:
            raise Halt(say("smtp.trouble", why=why), outcome)
        return outcome

    # The connection

    def _connected(self) -> Wire:
        if self._wire is not None and self._used >= self._account.per_connection:
            self._part()
        if self._wire is None:
            self._wire = self._connect()
            self._used = 0
        return self._wire

    def _connect(self) -> Wire:
        why = ""
        for pause in (0.0, *PAUSES):
            if pause:
                self._sleep(pause)
            try:
                return connect(self._account, self._tls)
            except Unreachable as error:
                why = str(error)
                if error.hopeless:
                    break
        raise Halt(why, Outcome(MailState.RELEASED, why))

    def _part(self) -> None:
        wire, self._wire = self._wire, None
        if wire is not None:
            try:
                wire.ask("QUIT", self._account.patience.farewell)
            except (Broken, OSError):
                pass
            finally:
                wire.close()

    def _reset(self) -> None:
        """Make the connection ready for the next mail, or drop it."""
        if self._wire is None:
            return
        try:
            reply = self._wire.ask("RSET", self._account.patience.command)
        except (Broken, OSError):
            self._drop()
        else:
            if reply.code != 250:
                self._drop()

    def _drop(self) -> None:
        if self._wire is not None:
            self._wire.close()
            self._wire = None


def stuffed(message: bytes) -> bytes:
    r"""The message for DATA, without its final dot: CRLF line ends, and a dot more where a line starts with one.

    Bare CR and LF are made CRLF, which also keeps a message from smuggling commands (RFC 5321, sections 2.3.8, 4.5.2).

    >>> stuffed(b"a\n.b\r\n.\r\nc")
    b'a\r\n..b\r\n..\r\nc\r\n'
    """
    lines = re.sub(rb"\r\n|\r|\n", b"\r\n", message)
    lines = re.sub(rb"(?m)^\.", b"..", lines)
    return lines if lines.endswith(b"\r\n") else lines + b"\r\n"
