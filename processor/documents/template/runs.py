"""The text of Word paragraphs, which Word cuts into runs wherever it pleases."""

from collections.abc import Callable, Iterable
from typing import Any

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

Edit = tuple[int, int, str]


def rewrite_paragraphs(root: Any, edits: Callable[[str], Iterable[Edit]], language: str = WORD) -> None:
    """Change the text of each paragraph as if it were in one piece.

    `edits` says, for the whole text of a paragraph, which stretches become what. What is new takes the look of the
    first letter that it replaces; no other letter changes its look. `language` is the namespace of the paragraphs:
    Word's own, or that of drawings and charts.
    """
    for paragraph in root.iter(f"{language}p"):
        texts = _texts(paragraph, language)
        for edit in sorted(edits("".join(text.text or "" for text in texts)), reverse=True):
            _write(texts, *edit)


def paragraphs(root: Any, language: str = WORD) -> list[str]:
    """The text of each paragraph, its runs put together."""
    return ["".join(text.text or "" for text in _texts(one, language)) for one in root.iter(f"{language}p")]


def _texts(paragraph: Any, language: str) -> list[Any]:
    """The runs' texts of the paragraph itself, without those of a text box that stands in it."""
    found = paragraph.iter(f"{language}t")
    return [text for text in found if next(text.iterancestors(f"{language}p")) is paragraph]


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
        if text.tag.startswith(WORD):
            text.set(_SPACE, "preserve")
        new = ""
