"""Number formats: which of them show a number as a moment (ISO 29500-1 §18.8.30)."""

import re
from functools import cache

BUILTIN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    12: "# ?/?", 13: "# ??/??", 14: "mm-dd-yy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "m/d/yy h:mm", 37: "#,##0 ;(#,##0)",
    38: "#,##0 ;[Red](#,##0)", 39: "#,##0.00;(#,##0.00)", 40: "#,##0.00;[Red](#,##0.00)", 45: "mm:ss",
    46: "[h]:mm:ss", 47: "mmss.0", 48: "##0.0E+0", 49: "@",
}  # fmt: skip
_ASIAN_DATES = frozenset((*range(27, 37), *range(50, 59), *range(71, 82)))
_QUIET = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)


def builtin_format(number: int) -> str:
    """The code of a built-in format; the East Asian dates, which differ by language, as a plain date."""
    return "yyyy-mm-dd" if number in _ASIAN_DATES else BUILTIN.get(number, "General")


@cache
def shows_date(code: str) -> bool:
    """Whether the format shows a date or an hour.

    >>> shows_date("dd/mm/yyyy hh:mm"), shows_date('0.0 "days"'), shows_date("[Red]0"), shows_date("General")
    (True, False, False, False)
    """
    section = _QUIET.sub("", code.split(";", maxsplit=1)[0])
    if section.strip().lower() in ("general", "@", ""):
        return False
    return bool(re.search(r"[dmyhse]", re.sub(r"(?i)general|e[+-]", "", section), re.IGNORECASE))


@cache
def shows_elapsed(code: str) -> bool:
    """Whether the format counts hours, minutes or seconds beyond a day, such as [h]:mm.

    >>> shows_elapsed("[h]:mm"), shows_elapsed("[Red]h:mm")
    (True, False)
    """
    return bool(_ELAPSED.search(code))
