"""Texts: the shared strings part and inline strings (CT_Rst), plain and rich."""

import re
from collections.abc import Sequence

from processor.workbook.package.markup import content_of, text_of
from processor.workbook.sheet.values import RichText, Run, escape, unescape

_ITEM = re.compile(rb"<(?:[\w.\-]+:)?si(?:\s[^>]*?)?(?:/>|>(.*?)</(?:[\w.\-]+:)?si\s*>)", re.DOTALL)
_PHONETIC = re.compile(rb"<(?:[\w.\-]+:)?rPh\b.*?</(?:[\w.\-]+:)?rPh\s*>", re.DOTALL)
_RUN = re.compile(rb"<(?:[\w.\-]+:)?r(?:\s[^>]*?)?>(.*?)</(?:[\w.\-]+:)?r\s*>", re.DOTALL)
_PROPERTIES = re.compile(rb"<(?:[\w.\-]+:)?rPr(?:\s[^>]*?)?(?:/>|>.*?</(?:[\w.\-]+:)?rPr\s*>)", re.DOTALL)
_TEXT = re.compile(rb"<(?:[\w.\-]+:)?t(?:\s[^>]*?)?(?:/>|>(.*?)</(?:[\w.\-]+:)?t\s*>)", re.DOTALL)


class SharedStrings(Sequence[bytes]):
    """The items of the shared strings part, decoded when asked for."""

    def __init__(self, content: bytes) -> None:
        if b"<!" in content or content[:2] in (b"\xff\xfe", b"\xfe\xff"):
            from processor.workbook.sheet.stream import usual_form

            content = usual_form(content, "sharedStrings")
        self._items = [match[1] or b"" for match in _ITEM.finditer(content)]
        self._texts: dict[int, str] = {}

    def __len__(self) -> int:
        return len(self._items)

    def __getitem__(self, index: int) -> bytes:  # type: ignore[override]
        return self._items[index]

    def text(self, index: int) -> str:
        """The plain text of an item, "" for an index that does not exist."""
        found = self._texts.get(index)
        if found is None:
            found = plain_text(self._items[index]) if 0 <= index < len(self._items) else ""
            self._texts[index] = found
        return found

    def rich(self, index: int) -> RichText | None:
        """The runs of an item that is not plain."""
        return rich_text(self._items[index]) if 0 <= index < len(self._items) else None


def plain_text(item: bytes) -> str:
    """The text of a string item, without phonetic hints."""
    if b"rPh" in item:
        item = _PHONETIC.sub(b"", item)
    return "".join(_decoded(text) for text in _TEXT.findall(item))


def rich_text(item: bytes) -> RichText | None:
    """The runs of a string item, None when it has none."""
    if b"rPh" in item:
        item = _PHONETIC.sub(b"", item)
    runs = [_run(run) for run in _RUN.findall(item)]
    return RichText(tuple(runs)) if runs else None


def inline_item(value: str | RichText, prefix: bytes) -> bytes:
    """The `is` element that holds a text; outer blanks and line breaks are preserved.

    Inline strings leave the shared strings part as it is; Excel shares them on its own next save.
    """
    p = prefix.decode()
    if isinstance(value, str):
        body = _text_element(value, p)
    else:
        body = "".join(
            f"<{p}r>{_prefixed(run.properties, p)}{_text_element(run.text, p)}</{p}r>" for run in value.runs
        )
    return f"<{p}is>{body}</{p}is>".encode()


def _text_element(text: str, prefix: str) -> str:
    space = ' xml:space="preserve"' if text != text.strip() or "\n" in text or "  " in text else ""
    return f"<{prefix}t{space}>{content_of(escape(text))}</{prefix}t>"


def _prefixed(properties: str, prefix: str) -> str:
    """Run properties in the prefix of the sheet that they go to."""
    bare = re.sub(r"<(/?)(?:[\w.\-]+:)?", r"<\1", properties)
    return re.sub(r"<(/?)(?=\w)", rf"<\1{prefix}", bare) if prefix else bare


def _run(run: bytes) -> Run:
    match = _PROPERTIES.search(run)
    return Run("".join(_decoded(text) for text in _TEXT.findall(run)), match[0].decode() if match else "")


def _decoded(raw: bytes) -> str:
    return unescape(text_of(raw))
