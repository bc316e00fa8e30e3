"""From a file of `html/` and values to a page. Every value is escaped and typeset; templates are compiled once.

A designer changes `html/` alone: the stylesheet, the script of the lists, and a template for each page and HTML mail.
The words come from the catalogue (`say`), dates and hours from `processor.model.french`.
"""

import base64
import hashlib
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from processor.model import french
from processor.model.catalogue import say
from processor.model.findings import where
from processor.model.typography import typeset
from processor.pages.links import address
from processor.pages.prose import paragraphs

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

STYLESHEET = "seances.css"
MARK = '<meta name="generator" content="Séances">'
_FOLDER = Path(__file__).parent / "html"
_UNPRINTABLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)
_LABEL = re.compile(r'\{\{ say\("([\w.]+)"\) \}\}')


def rendered(template: str, values: Mapping[str, object]) -> str:
    """The HTML that a file of `html/` makes of the values."""
    return _environment().get_template(template).render(values).lstrip()


def page(template: str, values: Mapping[str, object], *, script: str = "", embedded: bool = False) -> str:
    """A whole page. It may load nothing but its stylesheet beside it, or the embedded one, and run only `script`.

    The policy names the embedded style and script by their fingerprint, so that no other text of the page can become one.
    """
    from markupsafe import Markup

    style, run = asset("style.css") if embedded else "", asset(script) if script else ""
    ours = {"mark": Markup(MARK), "style": Markup(style), "script": Markup(run)}  # noqa: S704 - our own files
    return rendered(template, {**values, **ours, "policy": policy(style, run), "stylesheet": STYLESHEET})


@cache
def asset(name: str) -> str:
    """The text of a file of `html/`."""
    return (_FOLDER / name).read_text("utf-8")


@cache
def colours() -> Mapping[str, str]:
    """The colours by name, as the stylesheet gives them for light: mails, which read no stylesheet, take them from here.

    >>> colours()["accent"]
    '#1f6f78'
    """
    light, _, _ = asset("style.css").partition("}")
    return dict(re.findall(r"--([\w-]+): (#\w+)", light))


@cache
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


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from jinja2.ext import Extension

    class Labels(Extension):
        """Labels without values become part of the template when it is compiled: no page of a night looks them up again."""

        def preprocess(self, source: str, *_: str | None) -> str:
            return _LABEL.sub(lambda found: _label(found[1]), source)

    made = Environment(
        loader=FileSystemLoader(_FOLDER), autoescape=True, finalize=_shown, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True, auto_reload=False, extensions=[Labels],
    )  # fmt: skip
    made.globals |= {"say": _label, "colour": colours()}
    named = (french.day, french.short_day, french.hour, french.hours, french.moment, french.schedule)
    ours = (french.capital, address, paragraphs, where)
    made.filters |= {one.__name__: one for one in (*named, *ours)}
    return made


@lru_cache(maxsize=4096)
def _label(slug: str, **values: Any) -> "Markup":
    """A sentence of the catalogue as HTML."""
    from markupsafe import escape

    return escape(_shown(say(slug, **values)))


def _shown(value: Any) -> Any:
    """A value as a page shows it: without control and direction-changing characters, typeset; markup as it is."""
    if hasattr(value, "__html__") or not isinstance(value, str):
        return value
    return typeset(value if value.isprintable() else _UNPRINTABLE.sub("", value))
