"""Which template a document is made from, or why there is none."""

from collections.abc import Iterable

from processor.contract import TEMPLATES
from processor.contract.letters import LETTERS
from processor.model import Kind, Template
from processor.model.catalogue import quoted
from processor.model.findings import Fault, Severity
from processor.model.names import normalised
from processor.model.snapshot import Snapshot


def templates(snapshot: Snapshot) -> tuple[Template, ...]:
    """The usable rows of Modèles; in a workbook without that sheet, the six letters that the product brings."""
    return (
        tuple(t for t in snapshot.templates if t.place not in snapshot.set_aside)
        if snapshot.has(TEMPLATES)
        else LETTERS
    )


def chosen(snapshot: Snapshot, kinds: Iterable[Kind], named: str) -> Template | Fault:
    """The template that the row names, else the default of Paramètres, else the only one of the kind.

    `kinds` are tried in order; a template whose Word file or texts are in error is a fault, not a reason for another one.
    """
    kinds = tuple(kinds)
    fitting = [template for kind in kinds for template in templates(snapshot) if template.kind is kind]
    wanted = [named] if named else [snapshot.parameters.default_templates.get(kind, "") for kind in kinds]
    found = _named(fitting, wanted)
    spoilt = [t for t in snapshot.templates if t.kind in kinds and t.place in snapshot.set_aside]
    if found is None and (bad := _named(spoilt, wanted)):
        return _in_error(bad)
    if found is None:
        found = next((only for kind in kinds if (only := _only(fitting, kind))), None)
    if found is None:
        return _in_error(spoilt[0]) if spoilt and not fitting else _none(kinds[0], fitting)
    if any(fault.severity is Severity.ROW for fault in snapshot.template_faults.get(found.place, ())):
        return _in_error(found)
    return found


def _named(some: Iterable[Template], wanted: Iterable[str]) -> Template | None:
    names = {normalised(name) for name in wanted if name}
    return next((template for template in some if normalised(template.name) in names), None)


def _in_error(found: Template) -> Fault:
    return Fault.of("modele-en-erreur", name=found.name, sheet=TEMPLATES.name, row=found.place.row)


def _only(fitting: Iterable[Template], kind: Kind) -> Template | None:
    same = [template for template in fitting if template.kind is kind]
    return same[0] if len(same) == 1 else None


def _none(kind: Kind, fitting: list[Template]) -> Fault:
    if fitting:
        names = quoted(template.name for template in fitting)
        return Fault.of("modele-a-choisir", names=names, first=fitting[0].name)
    return Fault.of("modele-absent", sheet=TEMPLATES.name, kind=kind.label)
