"""The two tables that the letters share: the card of facts and the list with a repeated header row."""

from styles import PALE, RULE, TEAL, width_of
from tables import caption, edges, row, shade, spacer, table, tag_row


def card(document, lines, label=4.2):
    """The facts of a document: label and value a row, a row with a condition shown only when it holds."""
    made = table(document, [label, width_of(document) - label - 0.08])
    caption(made, "Informations", "Une information par ligne : son nom, puis sa valeur.")
    for name, value, condition in lines:
        if condition:
            tag_row(made, "{%tr if " + condition + " %}")
        new = row(made, [(name, "Étiquette")], value)
        for index, cell in enumerate(new.cells):
            shade(cell, PALE)
            edges(cell, **({"left": (24, TEAL)} if not index else {}), bottom=(4, "FFFFFF"))
        if condition:
            tag_row(made, "{%tr endif %}")
    spacer(document, 9)
    return made


def list_table(document, heads, widths, loop, cells, description):
    """A table with a repeated header row and one row for each element of a list."""
    made = table(document, widths)
    caption(made, description, "Une ligne par élément ; la première ligne donne les titres des colonnes.")
    for cell in row(made, *heads, head=True).cells:
        shade(cell, TEAL)
    tag_row(made, "{%tr for " + loop + " %}")
    for cell in row(made, *cells).cells:
        edges(cell, bottom=(4, RULE))
    tag_row(made, "{%tr endfor %}")
    return made
