"""The table of placeholders as Markdown, for `docs/modeles.md`."""

from processor.documents.placeholders.placeholders import table
from processor.model.catalogue import say

START, END = "<!-- table : début -->", "<!-- table : fin -->"


def markdown() -> str:
    """The table as Markdown.

    >>> markdown().splitlines()[0]
    '| Ce que l’on écrit | Signification | Exemple | Modèles |'
    """
    heads = tuple(say(f"placeholder.head.{head}") for head in ("written", "meaning", "example", "kinds"))
    rows = [heads, ("---",) * len(heads)]
    rows += [(f"`{name}`", meaning, example, kinds) for name, meaning, example, kinds in table()]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows)


def updated(page: str) -> str:
    """The page with its table made again between the two marks.

    >>> updated(f"a {START} old {END} b") == f"a {START}\\n{markdown()}\\n{END} b"
    True
    """
    before, _, rest = page.partition(START)
    _, _, after = rest.partition(END)
    return f"{before}{START}\n{markdown()}\n{END}{after}"
