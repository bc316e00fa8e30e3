"""Remember what was made of an object, so that forty documents of one séance read the séance once."""

from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

Subject = TypeVar("Subject")
Made = TypeVar("Made")
_KEPT = 512


def remembered(make: Callable[[Subject], Made]) -> Callable[[Subject], Made]:
    """The same function, remembering its last answers by the identity of the argument.

    The facts are frozen but hold mappings, so they cannot be hashed; the object is kept beside its answer, so that
    its identity cannot be given to another meanwhile. At most 512 answers are kept: memory does not grow with the
    number of people.

    >>> class Roll: pass
    >>> roll, calls = Roll(), []
    >>> count = remembered(lambda roll: calls.append(roll) or len(calls))
    >>> count(roll), count(roll), count(Roll())
    (1, 1, 2)
    """
    kept: OrderedDict[int, tuple[Any, Made]] = OrderedDict()

    @wraps(make)
    def answer(subject: Subject) -> Made:
        known = kept.get(id(subject))
        if known is None or known[0] is not subject:
            known = kept[id(subject)] = (subject, make(subject))
            if len(kept) > _KEPT:
                kept.popitem(last=False)
        return known[1]

    return answer
