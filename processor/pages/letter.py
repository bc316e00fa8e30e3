"""The HTML form of a message to a person, made from its plain text."""

from processor.pages.prose import blocks
from processor.pages.rendering import rendered


def letter_html(text: str, title: str) -> str:
    """A whole HTML document that reads like `text`: paragraphs, lists and links, every other character as typed."""
    return rendered("letter.html", {"blocks": list(blocks(text)), "title": title})
