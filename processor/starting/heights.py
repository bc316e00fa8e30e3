"""How high a row must be for its wrapped text, since no spreadsheet program measures it before it is opened."""

from collections.abc import Sequence

LINE_HEIGHT = 15.0
ONE_LINE = 18.0
TWO_LINES = 33.0
_LETTERS_A_DIGIT = 1.08  # widths count digits, and letters are a little narrower on average


def height(texts: Sequence[tuple[str, float]]) -> float:
    """The height of a row in points, for its texts and the width of their columns in characters.

    >>> height([("oui", 9)]), height([("un texte assez long pour deux lignes", 20)]), height([])
    (18.0, 33.0, 18.0)
    """
    return max((lines(text, width) for text, width in texts), default=1) * LINE_HEIGHT + 3


def lines(text: str, width: float) -> int:
    """How many lines a text takes in a column, words being kept whole; rather one too many than one too few.

    >>> lines("lundi\\nmardi", 40), lines("abc def ghi", 8), lines("", 8)
    (2, 2, 1)
    """
    return sum(_wrapped(line, width * _LETTERS_A_DIGIT) for line in text.split("\n"))


def _wrapped(line: str, room: float) -> int:
    count, used = 1, 0
    for word in line.split(" "):
        if used and used + 1 + len(word) > room:
            count, used = count + 1, 0
        used += len(word) + bool(used)
        count, used = count + int(used // room), int(used % room)
    return count
