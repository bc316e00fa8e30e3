"""The text of Word paragraphs, which Word cuts into runs wherever it pleases."""

from collections.abc import Callable, Iterable
from typing import Any

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

Edit = tuple[int, int, str]


def rewrite_paragraphs(root: Any, edits: Callable[[str], Iterable[Edit]]) -> None:
    """Change the text of each paragraph as if it were in one piece.

    `edits` says, for the whole text of a paragraph, which stretches become what. What is new takes the look of the
    first letter that it replaces; no other letter changes its look.
    """
    for paragraph in root.iter(f"{_WORD}p"):
        texts = [
            text for text in paragraph.iter(f"{_WORD}t") if next(text.iterancestors(f"{_WORD}p")) is paragraph
        ]
        for edit in sorted(edits("".join(text.text or "" for text in texts)), reverse=True):
            _write(texts, *edit)


def paragraphs(root: Any) -> list[str]:
    """The text of each paragraph, its runs put together."""
    return ["".join(text.text or "" for text in one.iter(f"{_WORD}t")) for one in root.iter(f"{_WORD}p")]


def _write(texts: list[Any], start: int, end: int, new: str) -> None:
    """Put the new text into the run where the stretch starts and take the stretch out of the runs after."""
    position = 0
    for text in texts:
        own = text.text or ""
        first, last = position, position + len(own)
        position = last
        if last <= start or first >= end:
            continue
        text.text = own[: max(0, start - first)] + new + own[max(0, end - first) :]
        text.set(_SPACE, "preserve")
        new = ""
