"""From a row to the layout of its sheet."""

from processor.model import Place
from processor.model.layout import Layout
from processor.model.snapshot import Snapshot


def layout_of(snapshot: Snapshot, place: Place) -> Layout:
    """The layout of the sheet that the row stands in."""
    return next(layout for layout in snapshot.layouts.values() if layout.sheet == place.sheet)
