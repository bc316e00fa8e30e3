"""Disproportionate plans are refused: one wrong date in the clock or in a column must not sweep a whole workbook."""

from collections.abc import Iterator, Mapping
from datetime import timedelta

from processor.model.catalogue import say
from processor.model.findings import Code, Finding, Severity, sentence
from processor.model.plan import Move, Plan

SHARE = 0.3
FROM = 10
USUAL = timedelta(days=7)


def refusals(
    plan: Plan,
    seances: int,
    mails_per_night: int,
    returned: str = "",
    by_sheet: Mapping[str, int] | None = None,
) -> tuple[Finding, ...]:
    """The reasons for not carrying out the plan without an explicit word: too many moves, too many mails.

    More than 30 % of at least 10 séances moved, or more mails than `courriels par nuit` (invariant 7 of the house), or
    mails to send while too many of the last night came back, which `returned` says. As the finished sheet grows, that
    share of the whole lets the open sheet be emptied; so each sheet (`by_sheet`, rows of séances) is also looked at
    alone, without the séances that ended in the last week: those are a usual night's work.
    """
    found = []
    if seances >= FROM and len(plan.moves) > SHARE * seances:
        found.append(_refusal("trop-de-deplacements", count=len(plan.moves), seances=seances))
    else:
        found += _emptied(plan, by_sheet or {})
    if len(plan.mails) > mails_per_night:
        found.append(_refusal("trop-de-courriels", count=len(plan.mails), most=mails_per_night))
    if returned and plan.mails:
        found.append(_refusal("trop-de-retours", "stopped", said=returned))
    return tuple(found)


def _emptied(plan: Plan, by_sheet: Mapping[str, int]) -> Iterator[Finding]:
    ends = {roll.seance.place: roll.seance.end for roll in plan.rolls}

    def unusual(move: Move) -> bool:
        return not plan.now - USUAL <= ends.get(move.source, plan.now) <= plan.now

    for sheet, count in by_sheet.items():
        moved = sum(move.source.sheet == sheet and unusual(move) for move in plan.moves)
        if count >= FROM and moved > SHARE * count:
            yield _refusal(
                "trop-de-deplacements", "sheet", count=moved, seances=count, sheet=sheet, day=plan.now
            )


def _refusal(code: Code, variant: str = "", /, **values: object) -> Finding:
    problem, why = (sentence(code, variant, part, values) for part in ("problem", "why"))
    return Finding(code, Severity.STOP, problem, why, say("safety.fix"))
