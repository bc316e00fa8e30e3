"""What stands in a new workbook before staff write in it: the letters, the settings, or whole given sheets."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TypeAlias

from processor.contract import PARAMETERS, SHEETS, TEMPLATES
from processor.contract.letters import LETTERS
from processor.contract.parameters import SETTINGS

Value: TypeAlias = str | int | float | date | datetime | None
Rows: TypeAlias = Sequence[Mapping[str, Value]]
Content: TypeAlias = Mapping[str, Rows]

DEFAULTS = {
    "zone": "Europe/Paris",
    "country": "FR",
    "alsace_moselle": "non",
    "keep_holidays": "sauter",
    "mails_per_night": "500",
    "automatic_attestation": "non",
    "absence_follow_up": "non",
    "midday_break": "0",
    "emargement_days": "7",
    "calendar_answers": "non",
    "attachments_mb": "10",
}


def filled(content: Content | None) -> dict[str, Rows]:
    """The rows of every sheet, by header: those given, the six letters, and every setting with its help.

    A given row of Paramètres sets the value of the setting of that name, or is added below. Raises KeyError for a
    sheet that the contract does not have.

    >>> filled(None)["Paramètres"][0]["Nom"]
    'organisme'
    """
    given = dict(content or {})
    unknown = set(given) - {spec.name for spec in SHEETS}
    if unknown:
        raise KeyError(f"no such sheets: {sorted(unknown)}")
    rows: dict[str, Rows] = {spec.name: given.get(spec.name, ()) for spec in SHEETS}
    rows[PARAMETERS.name] = _settings(given.get(PARAMETERS.name, ()))
    if TEMPLATES.name not in given:
        rows[TEMPLATES.name] = letters()
    return rows


def letters() -> Rows:
    """The six letters of a new workbook."""
    return [
        {
            "Nom": letter.name,
            "Type": letter.kind.label,
            "Fichier": letter.file,
            "Objet": letter.subject,
            "Message": letter.message,
            "Format": letter.format,
        }
        for letter in LETTERS
    ]


def _settings(given: Rows) -> Rows:
    values = {str(row["Nom"]): row.get("Valeur") for row in given}
    known = [
        {
            "Nom": setting.name,
            "Valeur": values.pop(setting.name, DEFAULTS.get(setting.field, _default_letter(setting.field))),
            "Aide": setting.help,
        }
        for setting in SETTINGS
    ]
    return [*known, *({"Nom": name, "Valeur": value} for name, value in values.items())]


def _default_letter(field: str) -> str | None:
    kind = field.removeprefix("default:")
    return next((letter.name for letter in LETTERS if field != kind and letter.kind.slug == kind), None)
