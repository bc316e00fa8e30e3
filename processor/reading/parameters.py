"""The sheet Paramètres: names and values to the settings of the night."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from processor.contract.parameters import SETTINGS, Setting
from processor.model import Kind, Parameters
from processor.model.address import read_address
from processor.model.catalogue import say
from processor.model.findings import Fault, Finding, Severity
from processor.model.layout import Layout, cell_finding
from processor.model.names import normalised
from processor.model.nearest import nearest
from processor.model.sheets import Accepts, Column
from processor.reading.cells import read
from processor.reading.grid import Cell, Grid

_ESSENTIAL = ("organisation", "sender")
_BY_NAME = {normalised(name): setting for setting in SETTINGS for name in (setting.name, *setting.spellings)}


def read_parameters(grid: Grid, layout: Layout) -> tuple[Parameters, list[Finding]]:
    """The parameters, those that are blank or wrong at their default, with a finding for each wrong one."""
    changes: dict[str, Any] = {}
    templates: dict[Kind, str] = {}
    findings: list[Finding] = []
    blank: dict[str, int] = {}
    for row, name, cell in _lines(grid, layout):
        setting = _BY_NAME.get(normalised(name))
        if setting is None:
            findings += [] if cell.blank else _unknown(layout, row, name)
            continue
        if cell.blank:
            blank[setting.field] = row
            continue
        value = read(cell, Column("value", setting.name, _accepts(setting)), grid.date_1904)
        checked = _checked(setting, value)
        if isinstance(checked, Fault):
            findings.append(cell_finding(layout, row, "value", checked, say("parameter.why"), Severity.NOTE))
        elif checked is not None and setting.field.startswith("default:"):
            templates[Kind.of(setting.field.removeprefix("default:"))] = str(checked)
        elif checked is not None:
            changes[setting.field] = checked
    parameters = replace(Parameters(default_templates=templates), **changes)
    return parameters, [*findings, *_unsaid(layout, parameters, blank)]


def _unsaid(layout: Layout, parameters: Parameters, blank: Mapping[str, int]) -> Iterable[Finding]:
    """What a new workbook leaves open and every letter shows: whose it is, and from which address it comes.

    A sheet without these lines is somebody's choice, and is not told.
    """
    for field in _ESSENTIAL:
        other = field == "sender" and parameters.email
        if field in blank and not getattr(parameters, field) and not other:
            fault, why = Fault.of("parametre-vide", field), say(f"parametre-vide.{field}.why")
            yield cell_finding(layout, blank[field], "value", fault, why, Severity.NOTE)


def _lines(grid: Grid, layout: Layout) -> Iterable[tuple[int, str, Cell]]:
    name_column, value_column = layout.columns["name"], layout.columns.get("value", 0)
    for row in sorted(number for number in grid.rows if number > layout.header_row):
        name = grid.rows[row].get(name_column, Cell()).value
        cell = grid.rows[row].get(value_column, Cell())
        if isinstance(name, str) and name.strip():
            yield row, name.strip(), cell


def _accepts(setting: Setting) -> Accepts:
    return Accepts.TEXT if setting.accepts is Accepts.CHOICE else setting.accepts


def _checked(setting: Setting, value: object) -> object:
    if setting.field == "keep_holidays" and isinstance(value, str):
        return _holidays(value)
    if setting.field == "zone" and isinstance(value, str):
        return _zone(value)
    if setting.field in {"sender", "reply_to", "report_to", "email"} and isinstance(value, str):
        return read_address(value)
    if setting.most is not None and isinstance(value, int) and value > setting.most:
        return Fault.of("nombre-illisible", "most", typed=value, most=setting.most)
    return value


def _holidays(value: str) -> bool | Fault:
    if normalised(value) in {"sauter", "garder"}:
        return normalised(value) == "garder"
    return Fault.of("parametre-inconnu", "holidays", typed=value)


def _zone(value: str) -> str | Fault:
    from zoneinfo import available_timezones

    zones = available_timezones()
    if value in zones:
        return value
    return Fault.of("fuseau-inconnu", typed=value, near=nearest(value, zones) or "Europe/Paris")


def _unknown(layout: Layout, row: int, name: str) -> list[Finding]:
    """A near miss is told; any other name is staff's own note and none of our business."""
    near = nearest(name, [setting.name for setting in SETTINGS])
    if near is None or abs(len(near) - len(name)) > 4:
        return []
    fault = Fault.of("parametre-inconnu", typed=name, near=near)
    return [cell_finding(layout, row, "name", fault, say("parametre-inconnu.why"), Severity.NOTE)]
