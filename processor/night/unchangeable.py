"""What stands in the way of a change to the workbook, in the words of who mends it."""

import re

from processor.model.findings import Finding, Severity, Spot


def refusal(feature: str, sheet: str, detail: str) -> Finding:
    """The finding of one thing that the workbook's writer refuses to touch; the cell is named where the writer knows it.

    >>> refusal("merged cells", "Séances ouvertes", "E2:E4 spans a row that would go").cell
    'E2'
    """
    if feature == "digital signature":
        return signed(Severity.STOP)
    area = re.search(r"\b[A-Z]{1,3}[1-9]\d*(?::[A-Z]{1,3}[1-9]\d*)?\b", detail)
    place = f" ({area[0]})" if area else ""
    at = Spot(sheet, cell=area[0].split(":")[0] if area else "")
    variant, technical = f"feature.{feature.replace(' ', '-')}", f"{feature}, {detail}" if detail else feature
    return Finding.of(
        "classeur-non-modifiable", Severity.STOP, variant, at=at, place=place, technical=technical
    )


def signed(severity: Severity) -> Finding:
    """A workbook with a digital signature, which the first change would break."""
    return Finding.of("classeur-signe", severity)


def protected(name: str) -> Finding:
    """The workbook, or the disk that it is on, takes no writing: waiting would change nothing."""
    return Finding.of("classeur-non-modifiable", Severity.STOP, "write-protected", name=name)
