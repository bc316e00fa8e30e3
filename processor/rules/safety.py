"""Disproportionate plans are refused: one wrong date in the clock or in a column must not sweep a whole workbook."""

from processor.findings import Code, Finding, Severity
from processor.rules.actions import Plan

SHARE = 0.3
FROM = 10


def refusals(plan: Plan, seances: int, mails_per_night: int, returned: str = "") -> tuple[Finding, ...]:
    """The reasons for not carrying out the plan without an explicit word: too many moves, too many mails.

    More than 30 % of at least 10 séances moved, or more mails than `courriels par nuit` (invariant 7 of the house), or
    mails to send while too many of the last night came back, which `returned` says.
    """
    found = []
    if seances >= FROM and len(plan.moves) > SHARE * seances:
        found.append(_refusal(
            "trop-de-deplacements",
            f"{len(plan.moves)} séances sur {seances} changeraient de feuille cette nuit.",
            "plus de 30 % d’un coup, c’est souvent une date ou une horloge fausse.",
        ))  # fmt: skip
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


def _refusal(code: Code, problem: str, why: str) -> Finding:
    fix = "regardez « seances plan » ; si c’est bien ce que vous voulez, relancez avec « seances run --accept-large-plan »."
    return Finding(code, Severity.STOP, problem, why, fix)
