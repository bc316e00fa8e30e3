"""The days on which no repetition falls: public holidays of a country, and the office's own closures."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache

from processor.model import Closure, Parameters
from processor.model.catalogue import say
from processor.model.findings import Finding, Severity, Spot
from processor.model.names import normalised
from processor.model.nearest import proposed

_FRENCH_NAMES = {"france": "FR", "belgique": "BE", "luxembourg": "LU", "suisse": "CH", "allemagne": "DE", "canada": "CA",
                 "espagne": "ES", "italie": "IT", "pays-bas": "NL", "portugal": "PT", "royaume-uni": "GB", "monaco": "MC"}  # fmt: skip
_ALSACE_MOSELLE = ("57", "6AE", "Alsace-Moselle")

ClosedDay = Callable[[date], str | None]


def country_code(country: str) -> str | None:
    """The code of a country that the `holidays` library knows, from its code or French name; None when it knows none.

    >>> country_code("Belgique"), country_code("fr"), country_code("Atlantide") is None
    ('BE', 'FR', True)
    """
    from holidays import list_supported_countries

    code = _FRENCH_NAMES.get(normalised(country), country.strip().upper())
    return code if code in list_supported_countries() else None


def unknown_country(parameters: Parameters) -> Iterator[Finding]:
    """The finding for a country without known holidays; repetitions then skip closures alone."""
    if country_code(parameters.country) is not None:
        return
    near = proposed(parameters.country, (name.capitalize() for name in _FRENCH_NAMES))
    yield Finding.of(
        "pays-inconnu", Severity.NOTE, at=Spot("Paramètres"), country=parameters.country, near=near
    )


def closed_days(parameters: Parameters, closures: Iterable[Closure]) -> ClosedDay:
    """A function that says why a day is closed, or None when it is open.

    >>> closed = closed_days(Parameters(country="FR", alsace_moselle=True), ())
    >>> closed(date(2026, 12, 25)), [closed(date(2026, 12, day)) is None for day in (24, 26)]
    ('jour férié : Noël', [True, False])
    """
    public = None if parameters.keep_holidays else _public(parameters)
    spans = tuple(closures)

    @cache
    def why(day: date) -> str | None:
        for span in spans:
            if span.first <= day <= span.last:
                return say(
                    "closed-days.closure.reason" if span.reason else "closed-days.closure", reason=span.reason
                )
        return public(day) if public else None

    return why


def _public(parameters: Parameters) -> ClosedDay | None:
    import holidays

    code = country_code(parameters.country)
    if code is None:
        return None
    subdivisions = holidays.list_supported_countries().get(code, [])
    local = (
        next((name for name in _ALSACE_MOSELLE if name in subdivisions), None)
        if code == "FR" and parameters.alsace_moselle
        else None
    )
    national = (
        holidays.country_holidays(code, subdiv=local, language="fr")
        if _speaks_french(code)
        else holidays.country_holidays(code, subdiv=local)
    )

    def why(day: date) -> str | None:
        name = national.get(day)
        return say("closed-days.holiday", name=name) if name else None

    return why


def _speaks_french(code: str) -> bool:
    import holidays

    return "fr" in holidays.list_localized_countries().get(code, [])
