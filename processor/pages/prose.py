"""What people typed on several lines, as lines and links: the templates make it HTML."""

import re
from collections.abc import Iterator

Piece = tuple[str, str]
"""A piece of a line, and the address to which it leads, or nothing."""

_WEB = re.compile(r"https?://[^\s<>\"'«»]+[^\s<>\"'«».,;:!?)\]]")
_WEB_OR_MAIL = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)\]»’']|(?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)")
_ITEM = re.compile(r"\s*[-–•*]\s+")


def paragraphs(typed: str) -> list[list[list[Piece]]]:
    """The paragraphs of a text, which blank lines part, each line in pieces; an http address leads to itself.

    >>> paragraphs("Salle 2\\nCode\\n\\nVoir https://exemple.fr/a?b=1.")
    [[[('Salle 2', '')], [('Code', '')]], [[('Voir ', ''), ('https://exemple.fr/a?b=1', 'https://exemple.fr/a?b=1'), ('.', '')]]]
    """
    return [[_pieces(line, _WEB) for line in block.split("\n")] for block in _blocks(typed.strip())]


def blocks(text: str) -> Iterator[tuple[bool, list[list[Piece]]]]:
    """The blocks of a message: whether it is a list, and its lines in pieces; web and e-mail addresses lead somewhere.

    A blank line ends a block, a line that starts with a dash is an item of a list.

    >>> [(items, [line[0][0] for line in lines]) for items, lines in blocks("Bonjour,\\n- un\\n- deux\\n\\nMerci")]
    [(False, ['Bonjour,']), (True, ['un', 'deux']), (False, ['Merci'])]
    """
    for block in _blocks(text.strip("\n")):
        gathered: list[list[Piece]] = []
        before: bool | None = None
        for line in block.split("\n"):
            item = _ITEM.match(line)
            if gathered and before != bool(item):
                yield bool(before), gathered
                gathered = []
            before = bool(item)
            gathered.append(_pieces(line[item.end() if item else 0 :].strip(), _WEB_OR_MAIL))
        yield bool(before), gathered


def _blocks(text: str) -> Iterator[str]:
    ends = text.replace("\r\n", "\n").replace("\r", "\n")
    return (block for block in re.split(r"\n\s*\n", ends) if block.strip())


def _pieces(line: str, links: re.Pattern[str]) -> list[Piece]:
    pieces, last = [], 0
    for found in links.finditer(line):
        href = f"mailto:{found[0]}" if found.groupdict().get("mail") else found[0]
        pieces += [(line[last : found.start()], ""), (found[0], href)]
        last = found.end()
    pieces.append((line[last:], ""))
    return [piece for piece in pieces if piece[0]]
