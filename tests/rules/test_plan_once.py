"""What several steps of a plan read is made once for all of them."""

import sys
from collections import Counter
from collections.abc import Callable
from types import FrameType
from typing import Any

from processor.rules.calendar.closed_days import closed_days
from processor.rules.news.new_journal import doubtful
from processor.rules.news.told import history
from processor.rules.plan import plan
from processor.rules.registering.corrected import strays
from processor.rules.registering.registration import register
from processor.rules.registering.rolls import rolls
from tests.sheets import snapshot

OPEN = """Code | Nom | Date de début | Date de fin | Session | Inscription | Places | Inviter | Répéter les jours | Répéter (semaines)
S-1 | Yoga | 03/12/2026 09:00 | 03/12/2026 12:00 | P1 | | | oui | lundi | 2
S-2 | Bal | 04/12/2026 09:00 | 04/12/2026 12:00 | | Manuelle | 1 | oui | |
 | Tri | 20/11/2026 09:00 | 20/11/2026 12:00 | P1 | | | | |"""
PEOPLE = """Session | Séance | Prénom | Nom | Courriel
P1 | | Zoé | Dupont | zoe@exemple.fr
 | S-2 | Ali | Benali | ali@exemple.fr
 | S-2 | Zoé | Martin | ali@exemple.fr
 | S-2 | Eva | Costa | eva@exemple.fr"""
ONCE = (register, rolls, history, strays, doubtful, closed_days)


def calls(of: Callable[[], Any]) -> Counter[str]:
    """How often each function of the rules was entered."""
    found: Counter[str] = Counter()

    def note(frame: FrameType, event: str, _: Any) -> None:
        if event == "call" and "/rules/" in frame.f_code.co_filename and "<" not in frame.f_code.co_name:
            found[f"{frame.f_globals['__name__']}.{frame.f_code.co_qualname}"] += 1

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        of()
    finally:
        sys.setprofile(before)
    return found


def test_each_thing_is_made_once_a_plan() -> None:
    read = snapshot(
        OPEN, inscriptions=PEOPLE, sessions="Code | Nom | Inviter\nP1 | Printemps | oui",
        participations="Séance | Prénom | Nom | Courriel\nS-2 | Ali | Benali | vieux@exemple.fr",
    )  # fmt: skip
    found = calls(lambda: plan(read))
    assert {f.__name__: found[f"{f.__module__}.{f.__qualname__}"] for f in ONCE} == {
        f.__name__: 1 for f in ONCE
    }
