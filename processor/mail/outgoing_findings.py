"""Lines of the mail tables of seances.toml that cannot be used: what is wrong with them, in one wording."""

from collections.abc import Mapping
from typing import Any

from processor.model.findings import Finding, Severity, Stopped


def number(table: Mapping[str, Any], name: str, default: float | None) -> float | None:
    """A number of the table, more than zero, or the default. Raises `Stopped`."""
    value = table.get(name, default)
    if value is None or (isinstance(value, (int, float)) and not isinstance(value, bool) and value > 0):
        return value
    raise Stopped([wrong(name, str(value), f"un nombre plus grand que zéro, par exemple {name} = 20")])


def wrong(name: str, value: str, accepted: str, where: str = "[courriel]") -> Finding:
    """A line of seances.toml whose value is not possible."""
    return Finding(
        "reglage-courriel",
        Severity.STOP,
        f"Dans {where} de seances.toml, {name} = « {value} » n'est pas possible.",
        "le programme ne saurait pas comment envoyer les courriels ; rien n'a été envoyé.",
        f"écrivez {accepted}.",
    )


def missing(name: str, example: str, where: str = "[courriel]") -> Finding:
    """A line that seances.toml lacks."""
    return Finding(
        "reglage-courriel",
        Severity.STOP,
        f"Dans {where} de seances.toml, il manque {name}.",
        "sans lui le serveur ne peut pas être trouvé ; rien n'a été envoyé.",
        f"ajoutez {example}"
        + (', ou fournisseur = "ovh" (ou gmail, microsoft365, brevo).' if where == "[courriel]" else "."),
    )
