"""The four statements that every mail goes through, built once: building them costs more than carrying them out."""

from sqlalchemy import ColumnElement, Update, bindparam, func, select, update

from processor.journal import schema
from processor.model.past import MailState

_mails = schema.mails


def in_state(state: MailState) -> ColumnElement[bool]:
    """The condition « is in that state », written out in the SQL and not bound.

    SQLite uses a partial index only where it can read its condition.
    """
    return _mails.c.state == bindparam(None, state.value, literal_execute=True)


def _claim() -> Update:
    first = select(_mails.c.seq).where(in_state(MailState.RELEASED)).order_by(_mails.c.seq).limit(1)
    chosen = first.with_for_update(skip_locked=True).scalar_subquery()
    return (
        update(_mails)
        .where((_mails.c.seq == chosen) & in_state(MailState.RELEASED))
        .values(
            state=MailState.SENDING,
            owner=bindparam("me"),
            attempts=_mails.c.attempts + 1,
            tried_on=bindparam("at"),
        )
        .returning(*_mails.c)
    )


_mine = (_mails.c.key == bindparam("wanted")) & (_mails.c.owner == bindparam("me"))

CLAIM = _claim()
CONTENT = select(schema.messages.c.content).where(schema.messages.c.key == bindparam("wanted"))
DOT = update(_mails).where(_mine & in_state(MailState.SENDING)).values(state=MailState.DOT)
RECORD = (
    update(_mails)
    .where(_mine & _mails.c.state.in_((MailState.SENDING, MailState.DOT)))
    .values(
        state=bindparam("became"),
        detail=bindparam("said"),
        owner=None,
        sent_on=func.coalesce(bindparam("on"), _mails.c.sent_on),
    )
)
