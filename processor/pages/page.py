"""The frame of every page: what the head says, what a page may load, and the mark by which we know our own pages."""

import base64
import hashlib
from functools import cache
from importlib.resources import files

from processor.pages.markup import Markup, element, text, together

STYLESHEET = "seances.css"
MARK = '<meta name="generator" content="Séances">'


@cache
def asset(name: str) -> str:
    """The text of a stylesheet or script of this room."""
    return files("processor.pages").joinpath(name).read_text("utf-8")


def page(title: str, *body: object, script: str = "", embedded: bool = False) -> str:
    """A whole page. It may load nothing but its stylesheet beside it, or the embedded one, and run only `script`.

    The policy names the embedded style and script by their fingerprint, so that no other text of the page can become one.
    """
    style = asset(STYLESHEET) if embedded else ""
    head = together(
        (
            element("meta", charset="utf-8"),
            element("meta", http_equiv="Content-Security-Policy", content=policy(style, script)),
            element("meta", name="viewport", content="width=device-width, initial-scale=1"),
            element("meta", name="referrer", content="no-referrer"),
            element("meta", name="robots", content="noindex, nofollow"),
            element("meta", name="color-scheme", content="light dark"),
            Markup(MARK),
            element("title", title),
            Markup(f"<style>{style}</style>")
            if embedded
            else element("link", rel="stylesheet", href=STYLESHEET),
        )
    )
    run = Markup(f"<script>{script}</script>") if script else None
    skip = element("a", "Aller au contenu", href="#contenu", class_="skip")
    whole = element("html", element("head", head), "\n", element("body", skip, *body, run), lang="fr")
    return f"<!doctype html>\n{whole}\n"


def policy(style: str, script: str) -> str:
    """The content security policy: nothing from anywhere, but the stylesheet of the folder and the texts given here.

    >>> policy("", "")
    "default-src 'none'; style-src 'self' file:; base-uri 'none'; form-action 'none'"
    """
    styles = f"style-src {_fingerprint(style)}" if style else "style-src 'self' file:"
    scripts = f"; script-src {_fingerprint(script)}" if script else ""
    return f"default-src 'none'; {styles}{scripts}; base-uri 'none'; form-action 'none'"


def _fingerprint(content: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"


def banner(organisation: str, *content: object) -> Markup:
    """The top of a page: whose it is, then what is given."""
    name = element("p", organisation or "Séances", class_="organisation")
    return element("header", element("div", name, *content, class_="width"), class_="banner")


def main(*content: object) -> Markup:
    """The content of a page."""
    return element("main", *content, id="contenu", class_="width")


def foot(*content: object) -> Markup:
    """The last lines of a page."""
    return element("footer", element("p", *content), class_="width")


def chip(said: str, look: str = "") -> Markup:
    """A word that stands out: a status, a presence.

    >>> chip("Annulée", "bad")
    '<span class="chip bad">Annulée</span>'
    """
    return element("span", text(said), class_=f"chip {look}".strip())
