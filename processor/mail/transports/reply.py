"""What the answer of a mail server means for the mail in hand (RFC 5321 section 4.2, RFC 3463)."""

import re
from dataclasses import dataclass
from enum import Enum, auto


class Step(Enum):
    """Where in the conversation an answer was given. Up to DATA nothing was handed over."""

    CONNECT = auto()
    EHLO = auto()
    STARTTLS = auto()
    AUTH = auto()
    MAIL = auto()
    RCPT = auto()
    DATA = auto()
    DOT = auto()


class ReplyClass(Enum):
    """What to do next."""

    GO_ON = auto()
    DEFER = auto()
    REFUSE = auto()
    POLICY = auto()
    RECONNECT = auto()
    HALT = auto()
    UNCERTAIN = auto()


@dataclass(frozen=True)
class Reply:
    """A complete answer: three digits and what follows, its lines joined by a space."""

    code: int
    text: str = ""

    @property
    def enhanced(self) -> str:
        """The enhanced code of RFC 2034 at the head of the text, or "".

        >>> Reply(552, "5.2.2 Mailbox full").enhanced
        '5.2.2'
        """
        found = re.match(r"[245]\.\d{1,3}\.\d{1,3}(?=\s|$)", self.text)
        return found[0] if found else ""

    def __str__(self) -> str:
        return f"{self.code} {self.text}".strip()


class Judged(Exception):
    """An answer that ends what was being tried; `what` says how to go on."""

    def __init__(self, what: ReplyClass, why: str) -> None:
        super().__init__(why)
        self.what = what


# 454 is the only one that may pass by itself; no mail can leave before it does.
_CREDENTIALS = frozenset({454, 530, 534, 535, 538})
_EXPECTED = {
    Step.CONNECT: (220, 220),
    Step.EHLO: (250, 250),
    Step.STARTTLS: (220, 220),
    Step.AUTH: (235, 235),
    Step.MAIL: (250, 250),
    Step.RCPT: (250, 252),
    Step.DATA: (354, 354),
    Step.DOT: (200, 299),
}


def verdict(step: Step, reply: Reply) -> ReplyClass:
    """What an answer means at that step.

    The server took the message only if it answered 2xx to the final dot, and refused it only if it answered 4xx or 5xx;
    any other answer there leaves the fate of the mail unknown. Before the dot an answer out of place costs a connection
    and nothing else.

    >>> verdict(Step.RCPT, Reply(550, "5.1.1 no such user")), verdict(Step.DOT, Reply(250))
    (<ReplyClass.REFUSE: 3>, <ReplyClass.GO_ON: 1>)
    """
    low, high = _EXPECTED[step]
    if low <= reply.code <= high:
        return ReplyClass.GO_ON
    if not 400 <= reply.code <= 599:
        return ReplyClass.UNCERTAIN if step is Step.DOT else ReplyClass.RECONNECT
    if step is Step.DOT:
        return _of_message(reply)
    if reply.code == 421 or step in (Step.CONNECT, Step.EHLO):
        return ReplyClass.RECONNECT
    if reply.code in _CREDENTIALS or step in (Step.STARTTLS, Step.AUTH):
        return ReplyClass.HALT
    if step is Step.MAIL:
        return _of_sender(reply)
    if step is Step.RCPT:
        return _of_recipient(reply)
    return _of_message(reply)


def _of_sender(reply: Reply) -> ReplyClass:
    if reply.code < 500:
        return ReplyClass.DEFER
    # MAIL names only the sender and the size: what is refused here is refused for every mail, unless it is the size.
    return ReplyClass.REFUSE if reply.code == 552 or reply.enhanced == "5.3.4" else ReplyClass.HALT


def _of_recipient(reply: Reply) -> ReplyClass:
    if reply.code < 500:
        return ReplyClass.RECONNECT if reply.enhanced == "4.5.3" else ReplyClass.DEFER
    if reply.code == 552 and reply.enhanced != "5.3.4":
        return (
            ReplyClass.DEFER
        )  # old servers say 552 for « too many recipients » and « mailbox full », RFC 5321 4.5.3.1.10
    return _of_message(reply)


def _of_message(reply: Reply) -> ReplyClass:
    if reply.code < 500 or reply.enhanced == "5.2.2":
        return ReplyClass.DEFER
    if reply.enhanced.startswith("5.7.") or (reply.code == 554 and not reply.enhanced.startswith("5.1.")):
        return ReplyClass.POLICY
    return ReplyClass.REFUSE


def expect(step: Step, reply: Reply) -> None:
    """Raise `Judged` unless the answer lets the conversation go on."""
    what = verdict(step, reply)
    if what is not ReplyClass.GO_ON:
        raise Judged(what, str(reply))
