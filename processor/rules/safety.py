"""Disproportionate plans are refused: one wrong date in the clock or in a column must not sweep a whole workbook."""

from collections.abc import Iterator, Mapping
from datetime import timedelta

from processor.model.findings import Code, Finding, Severity
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
        found.append(_refusal(
            "trop-de-deplacements",
            f"{len(plan.moves)} séances sur {seances} changeraient de feuille cette nuit.",
            "plus de 30 % d’un coup, c’est souvent une date ou une horloge fausse.",
        ))  # fmt: skip
    else:
        found += _emptied(plan, by_sheet or {})
    if len(plan.mails) > mails_per_night:
        found.append(_refusal(
            "trop-de-courriels",
            f"{len(plan.mails)} courriels partiraient cette nuit, pour {mails_per_night} au plus (Paramètres, « courriels par nuit »).",
            "un courriel parti ne se rattrape pas.",
        ))  # fmt: skip
    if returned and plan.mails:
        found.append(_refusal(
            "trop-de-retours",
            f"{returned} : rien ne part cette nuit.",
            "tant de retours, c’est souvent une mauvaise liste d’adresses, et les serveurs finissent par refuser tout ce qui vient de vous.",
        ))  # fmt: skip
    return tuple(found)


def _emptied(plan: Plan, by_sheet: Mapping[str, int]) -> Iterator[Finding]:
    ends = {roll.seance.place: roll.seance.end for roll in plan.rolls}

    def unusual(move: Move) -> bool:
        return not plan.now - USUAL <= ends.get(move.source, plan.now) <= plan.now

    for sheet, count in by_sheet.items():
        moved = sum(move.source.sheet == sheet and unusual(move) for move in plan.moves)
        if count >= FROM and moved > SHARE * count:
            yield _refusal(
                "trop-de-deplacements",
                f"{moved} des {count} séances de la feuille « {sheet} » la quitteraient d’un coup, sans avoir fini cette semaine.",
                f"comme si l’on était le {plan.now:%d/%m/%Y} : c’est souvent une date ou une horloge fausse.",
            )


def _refusal(code: Code, problem: str, why: str) -> Finding:
    fix = "regardez « seances plan » ; si c’est bien ce que vous voulez, relancez avec « seances run --accept-large-plan »."
    return Finding(code, Severity.STOP, problem, why, fix)
