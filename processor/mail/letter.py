"""The HTML form of a message, made from its plain text: paragraphs, lists and links, nothing from the network."""

import re
from html import escape

# Every mail program shows inline styles; many ignore style sheets.
_BODY = (
    "margin:0;padding:24px 12px;background:#f4f5f7;"
    "font-family:'Segoe UI',Helvetica,Arial,sans-serif;font-size:16px;line-height:1.55;color:#1f2933"
)
_CARD = "max-width:600px;margin:0 auto;padding:28px 32px;background:#ffffff;border-radius:8px;border-top:4px solid #1f4e79"
_PARAGRAPH = "margin:0 0 1em 0"
_LIST = "margin:0 0 1em 0;padding-left:1.4em"
_LINK = re.compile(
    r"(?P<url>https?://[^\s<>\"]*[^\s<>\".,;:!?)\]»’'])|(?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
)
_ITEM = re.compile(r"\s*[-–•*]\s+")


def page(text: str, title: str) -> str:
    """A whole HTML document that reads like `text`.

    A blank line ends a paragraph, a line that starts with a dash is an item of a list, web and e-mail addresses are
    links; every other character is shown as typed.
    """
    blocks = [
        block for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip("\n")) if block.strip()
    ]
    body = "\n".join(_block(block) for block in blocks)
    return (
        '<!DOCTYPE html>\n<html lang="fr">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n</head>\n"
        f'<body style="{_BODY}">\n<div style="{_CARD}">\n{body}\n</div>\n</body>\n</html>\n'
    )


def _block(block: str) -> str:
    out: list[str] = []
    lines: list[str] = []
    items: list[str] = []
    for line in block.split("\n"):
        item = _ITEM.match(line)
        if item:
            _close(out, lines, "p")
            items.append(line[item.end() :])
        else:
            _close(out, items, "ul")
            lines.append(line)
    _close(out, lines, "p")
    _close(out, items, "ul")
    return "\n".join(out)


def _close(out: list[str], lines: list[str], tag: str) -> None:
    if lines and tag == "p":
        out.append(
            f'<p style="{_PARAGRAPH}">' + "<br>\n".join(linked(line.strip()) for line in lines) + "</p>"
        )
    elif lines:
        out.append(
            f'<ul style="{_LIST}">'
            + "".join(f"\n<li>{linked(line.strip())}</li>" for line in lines)
            + "\n</ul>"
        )
    lines.clear()


def linked(line: str) -> str:
    """A line as HTML, escaped, its addresses clickable.

    >>> linked("Plan <A> : https://exemple.fr/?a=1&b=2.")
    'Plan &lt;A&gt; : <a href="https://exemple.fr/?a=1&amp;b=2">https://exemple.fr/?a=1&amp;b=2</a>.'
    """
    out, end = [], 0
    for found in _LINK.finditer(line):
        target = found["url"] or f"mailto:{found['mail']}"
        out.append(escape(line[end : found.start()]))
        out.append(f'<a href="{escape(target)}">{escape(found[0])}</a>')
        end = found.end()
    return "".join(out) + escape(line[end:])
