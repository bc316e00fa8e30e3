"""Rows that cannot leave their sheet because a cell is merged over them and their neighbours."""

from collections.abc import Iterable, Iterator

from processor.model.findings import Finding, Severity
from processor.model.plan import Move
from processor.model.snapshot import Snapshot


def merged_over(snapshot: Snapshot, move: Move) -> str:
    """The range that ties the row of the move to other rows, or nothing. Taking one row of it away would cut the cell."""
    layouts = (layout for layout in snapshot.layouts.values() if layout.sheet == move.source.sheet)
    return next(
        (layout.merged[move.source.row] for layout in layouts if move.source.row in layout.merged), ""
    )


def tied(snapshot: Snapshot, moves: Iterable[Move]) -> Iterator[Finding]:
    """A finding for each move that has to wait until staff have unmerged the cell."""
    for move in moves:
        area = merged_over(snapshot, move)
        if area:
            yield Finding(
                "cellules-fusionnees",
                Severity.NOTE,
                f"{move.because}, mais les cellules {area} sont fusionnées sur plusieurs lignes.",
                f"déplacer cette ligne dans « {move.to} » couperait la cellule fusionnée en deux ; la ligne reste ici.",
                f"sélectionnez {area}, choisissez Accueil, Fusionner et centrer, Annuler la fusion, "
                "puis recopiez la valeur sur chaque ligne ; le déplacement suivra la nuit prochaine.",
                move.source.sheet,
                move.source.row,
                area.split(":")[0],
            )
