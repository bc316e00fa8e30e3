"""Words that a PDF draws in several fonts: each font speaks its letters in order, and no one line has the whole word.

A font without « ị », « ươ » and « ễ » leaves holes, which another font fills afterwards: « Th H ng Nguy n », then
« ị ươ ễ ». What is read is then an interleaving, which is found here letter by letter.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence

_LONGEST = 4_000  # letters of one line: more is no line that a person reads
_AT_ONCE = 3  # a long name runs over so many lines
_ALPHABETS = ("LATIN", "GREEK", "CYRILLIC")

Voices = tuple[str, ...]


def spelled(voices: Sequence[str], wanted: str) -> bool:
    """Whether the fonts of a line spell these words together, each font in its own order, from the start to the end of words.

    >>> spelled(("Mme Th  H ng Nguy n", "ị ươ ễ"), "Thị Hương Nguyễn")
    True
    >>> spelled(("Mme Th  H ng Nguy n", "ị ươ ễ"), "Thị Hạnh Nguyễn")
    False
    """
    lines = [_letters(voice)[:_LONGEST] for voice in voices]
    states: set[tuple[int, ...]] = {(-1,) * len(lines)}
    for letter in _letters(wanted).replace(" ", ""):
        states = {after for state in states for after in _heard(lines, state, letter)}
    return any(all(_ended(line, at) for line, at in zip(lines, state, strict=True)) for state in states)


def lines(pieces: Sequence[Voices]) -> Iterator[Voices]:
    """Each line, and each two and three that follow one another, as one: a long name goes over the end of a line.

    >>> list(lines([("Jean",), ("Dupont", "ễ")]))
    [('Jean',), ('Jean Dupont', 'ễ'), ('Dupont', 'ễ')]
    """
    for first in range(len(pieces)):
        for count in range(1, _AT_ONCE + 1):
            group = pieces[first : first + count]
            if len(group) == count:
                width = max(map(len, group))
                padded = [(*one, *("",) * (width - len(one))) for one in group]
                yield tuple(" ".join(filter(None, voice)) for voice in zip(*padded, strict=True))


def lettered(pieces: Sequence[Voices], wanted: str) -> bool:
    """Whether no line can be told from one that says these words: its plain letters are there, in whatever order.

    Words of an alphabet whose letters join, or that the fonts of a machine may lack, can always have been lost.

    >>> lettered([("Mme Th H ng Nguy n ",)], "Thị Hương Nguyễn"), lettered([("M. Luc Martin",)], "Thị Hương Nguyễn")
    (True, False)
    >>> lettered([("Mme  ",)], "王明")
    True
    """
    if not all(map(_alphabetical, wanted)):
        return True
    kept = Counter(letter.casefold() for letter in wanted if letter.isascii() and letter.isalpha())
    return strange(wanted) and any(kept <= Counter(_letters(" ".join(one))) for one in lines(pieces))


def strange(wanted: str) -> bool:
    """Whether the words hold a letter that an office font of Western Europe may lack.

    >>> strange("Zoé Œrtel"), strange("Łukasz"), strange("Nguyễn")
    (False, True, True)
    """
    return any(letter.isalpha() and not _western(letter) for letter in unicodedata.normalize("NFC", wanted))


def _western(letter: str) -> bool:
    try:
        letter.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


def _alphabetical(letter: str) -> bool:
    return not letter.isalpha() or unicodedata.name(letter, "").startswith(_ALPHABETS)


def _letters(text: str) -> str:
    """The text as it is compared: without case and ligatures, each mark a letter of its own."""
    return " ".join(
        unicodedata.normalize("NFKD", text.replace("\u00ad", "").replace("’", "'")).casefold().split()
    )


def _heard(lines: Sequence[str], state: tuple[int, ...], letter: str) -> Iterator[tuple[int, ...]]:
    """The states after one more letter: some font says it next, or says its first one at the start of a word."""
    for index, (line, at) in enumerate(zip(lines, state, strict=True)):
        for after in _after(line, at, letter):
            yield (*state[:index], after, *state[index + 1 :])


def _after(line: str, at: int, letter: str) -> Iterator[int]:
    if at < 0:
        yield from (place + 1 for place in range(len(line)) if line[place] == letter and _starts(line, place))
        return
    while line[at : at + 1] == " ":
        at += 1
    if line[at : at + 1] == letter:
        yield at + 1


def _starts(line: str, place: int) -> bool:
    return place == 0 or not _of_word(line[place - 1])


def _ended(line: str, at: int) -> bool:
    return at < 0 or at >= len(line) or not _of_word(line[at])


def _of_word(letter: str) -> bool:
    return letter.isalnum() or unicodedata.combining(letter) != 0
