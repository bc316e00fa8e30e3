"""An e-mail address: read once, where a person typed it, then carried as a value to the envelope. No network is asked.

What is accepted is what mail programs write (RFC 5322, section 3.4.1: a dot-atom, no quotes, no comments, no literal
domain), widened to letters of every script before the @ (RFC 6531) and after it (RFC 5891).
"""

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from processor.model.catalogue import say
from processor.model.findings import Fault

_NAMED = re.compile(r"(?P<name>[^<>]*?)\s*<\s*(?P<spec>[^<>]*?)\s*>")
_MAILBOX = re.compile(r"[^\s,;/|<>()\[\]\"«»@]+@[^\s,;/|<>()\[\]\"«»@]+")
_AT = re.compile(r"\s*[(\[]\s*(?:at|arobase|à)\s*[)\]]\s*|\s+arobase\s+", re.IGNORECASE)
_PLAIN = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_SUFFIX = re.compile(r"[a-z]{2,63}|xn--[a-z0-9-]+")
_BEFORE, _AFTER = '.,;:()[]<>«»"“”‘’', ".,;:()[]<>«»\"“”‘’'!?*…"
_LONGEST_LOCAL, _LONGEST = 64, 254  # octets: RFC 5321, sections 4.5.3.1.1 and 4.5.3.1.3 less its two brackets


@dataclass(frozen=True)
class Address:
    """One mailbox, or none: what is blank is false. Its text is what was typed, without the name before it.

    `wire_domain` is the domain as the DNS knows it, in ASCII and small letters (IDNA 2008, RFC 5891). It is blank for what
    was never an address, which a journal or a list to import may hold, and which nothing is sent to.
    """

    local: str = ""
    domain: str = ""
    wire_domain: str = ""
    name: str = field(default="", compare=False)

    def __bool__(self) -> bool:
        return bool(self.local or self.domain)

    def __str__(self) -> str:
        return f"{self.local}@{self.domain}" if self.domain else self.local

    @cached_property
    def key(self) -> str:
        """The text without case, by which two addresses are compared; blank for none."""
        return str(self).casefold()

    @property
    def wire(self) -> str:
        """The address for SMTP and headers, blank for what can be no recipient."""
        return f"{self.local}@{self.wire_domain}" if self.wire_domain else ""

    @property
    def needs_smtputf8(self) -> bool:
        """Whether only servers that announce SMTPUTF8 can be given this address (RFC 6531)."""
        return not self.local.isascii()


NOWHERE = Address()


def read_address(typed: str) -> Address | Fault:
    """The address that a person typed, with the name before it if there is one; NOWHERE for a blank, else what is wrong.

    >>> read_address("Zoé Dupont <zoe@exemplé.fr>")
    Address(local='zoe', domain='exemplé.fr', wire_domain='xn--exempl-gva.fr', name='Zoé Dupont')
    >>> str(read_address(" mailto:zoe.dupont@exemple.fr "))
    'zoe.dupont@exemple.fr'
    >>> read_address("zoe@exemple,fr").problem, read_address("zoe@exemple,fr").fix
    ('« zoe@exemple,fr » a une virgule à la place d’un point.', 'écrivez « zoe@exemple.fr » si c’est bien cette adresse.')
    >>> read_address("a@exemple.fr; b@exemple.fr").problem
    '« a@exemple.fr; b@exemple.fr » contient plusieurs adresses.'
    """
    text = _cleaned(typed)
    if not text:
        return NOWHERE
    name, spec = _parts(text)
    why = _wrong(spec)
    if why is not None:
        return Fault("courriel-illisible", say("address.wrong", text=text, what=why[0]), _fix(spec, *why))
    local, _, domain = spec.rpartition("@")
    return Address(local, domain, _ascii(domain), name)


def unjudged(text: str) -> Address:
    """A text as the address that it was when it was written down: in the journal, in a list to import. Never fails.

    The journal's were judged before they came there, and a grammar that became stricter since must not lose a mail. What
    could break out of a header or a command has no wire form.

    >>> unjudged("zoe@exemple.fr").wire, unjudged("").wire, unjudged("zoe").wire, unjudged("a@b>\\r\\nRCPT TO:<c@d.fr").wire
    ('zoe@exemple.fr', '', '', '')
    """
    name, spec = _parts(_cleaned(text))
    if not re.fullmatch(r"[^\s<>@,;\x00-\x1f\x7f]+@[^\s<>@,;\x00-\x1f\x7f]+", spec):
        return Address(_cleaned(text))
    local, _, domain = spec.partition("@")
    return Address(local, domain, _ascii(domain), name)


def _cleaned(typed: str) -> str:
    """The text in one form of its accents, without the marks nobody sees that copying from a page leaves behind."""
    if typed.isascii():
        return typed.strip()
    seen = (mark for mark in unicodedata.normalize("NFC", typed) if unicodedata.category(mark) != "Cf")
    return "".join(" " if unicodedata.category(mark) == "Zs" else mark for mark in seen).strip()


def _parts(text: str) -> tuple[str, str]:
    """The name and the mailbox of « Zoé Dupont <zoe@exemple.fr> »."""
    named = _NAMED.fullmatch(text)
    name, spec = (named["name"].strip("\"' "), named["spec"]) if named else ("", text)
    if spec[:7].casefold() == "mailto:":
        spec = spec[7:].partition("?")[0]
    return name, spec


def _wrong(spec: str) -> tuple[str, str] | None:
    """What is wrong, as the end of a sentence, and the text with that one thing put right, or ""."""
    local, _, domain = spec.rpartition("@")
    if len(_MAILBOX.findall(spec)) > 1:
        return say("address.several"), ""
    if "@" not in spec:
        return say("address.no-at"), _AT.sub("@", unicodedata.normalize("NFKC", spec))
    if len(spec.splitlines()) > 1:
        return say("address.lines"), ""
    if _CONTROL.search(spec):
        return say("address.invisible"), ""
    return _wrong_local(spec, local) or _wrong_domain(spec, domain) or _too_long(local, domain)


def _wrong_local(spec: str, local: str) -> tuple[str, str] | None:
    if not local:
        return say("address.no-local"), ""
    odd = "" if _PLAIN.fullmatch(local) else next((mark for mark in local if not _may_stand(mark)), "")
    if "@" in local:
        return say("address.two-ats"), re.sub("@+", "@", spec)
    if spec[0] in _BEFORE or spec[0] == spec[-1] == "'":
        return say("address.first", mark=spec[0]), spec.strip(_BEFORE + "'")
    if odd.isspace():
        return _spaced(spec)
    if odd:
        instead = {",": ".", ";": ".", "’": "'", "‘": "'"}.get(odd, "")
        return say("address.odd", mark=odd), spec.replace(odd, instead)
    if ".." in local or local.endswith("."):
        return say("address.dot-before"), re.sub(r"\.+(@|\.)", r"\1", spec)
    return None


def _wrong_domain(spec: str, domain: str) -> tuple[str, str] | None:
    if not domain.strip(_AFTER):
        return say("address.no-domain"), ""
    if domain[0] == "[":
        return say("address.number"), ""
    if spec[-1] in _AFTER:
        return say("address.last", mark=spec[-1]), spec.rstrip(_AFTER)
    if re.search(r"\s", domain):
        return _spaced(spec)
    for mark, its in ((",", "comma"), (";", "semicolon")):
        if mark in domain:
            return say(f"address.{its}"), spec.replace(mark, ".")
    if domain[0] == "." or ".." in domain:
        return say("address.dot-after"), re.sub(r"\.+\.", ".", spec).replace("@.", "@")
    if "." not in domain and domain.casefold() != "localhost":
        return say("address.short-domain"), ""
    return None if _ascii(domain) else (_bad_domain(domain), "")


def _bad_domain(domain: str) -> str:
    if "_" in domain:
        return say("address.underscore", domain=domain)
    if re.search(r"(^|\.)-|-(\.|$)", domain):
        return say("address.hyphen", domain=domain)
    return say("address.bad-domain", domain=domain)


def _too_long(local: str, domain: str) -> tuple[str, str] | None:
    if len(local.encode()) > _LONGEST_LOCAL:
        return say("address.long-local", most=_LONGEST_LOCAL), ""
    if len(f"{local}@{_ascii(domain)}".encode()) > _LONGEST:
        return say("address.long", most=_LONGEST), ""
    return None


def _may_stand(mark: str) -> bool:
    """Whether a sign may stand before the @: those of RFC 5322, and letters, accents and digits of every script."""
    return bool(_PLAIN.fullmatch(mark)) if mark.isascii() else unicodedata.category(mark)[0] in "LMN"


def _spaced(spec: str) -> tuple[str, str]:
    pieces = spec.split()
    named = pieces[0].istitle() and _MAILBOX.fullmatch(pieces[-1])
    return say("address.space"), pieces[-1] if named else "".join(pieces)


@lru_cache(maxsize=4096)  # a workbook has a thousand addresses and thirty domains
def _ascii(domain: str) -> str:
    """The domain in ASCII and small letters, or "" for what is no domain.

    >>> _ascii("Straße.example"), _ascii("ex_emple.fr"), _ascii("127.0.0.1")
    ('xn--strae-oqa.example', '', '')
    """
    ascii_form = domain.lower()
    if not domain.isascii() or "xn--" in ascii_form:
        import idna  # its tables are large, and most domains need none

        try:
            ascii_form = idna.encode(domain, uts46=True).decode()
        except UnicodeError:
            return ""
    labels = ascii_form.split(".")
    known = ascii_form == "localhost" or (len(labels) > 1 and _SUFFIX.fullmatch(labels[-1]))
    return ascii_form if known and all(map(_LABEL.fullmatch, labels)) else ""


def _fix(spec: str, problem: str, better: str) -> str:
    nearest = _nearest(spec, better)
    if problem == say("address.several"):
        return say("address.fix.several")
    if nearest:
        return say("address.fix.nearest", nearest=nearest)
    return say("address.fix" if "@" in spec else "address.fix.whole")


def _nearest(spec: str, better: str) -> str:
    """The address that a text becomes when one thing after the other is put right, else the only one in it, or ""."""
    for start in (better, *_MAILBOX.findall(spec)):
        text: str = start
        for _ in range(4):
            why = _wrong(text) if text else None
            if text and why is None:
                return text
            text = why[1] if why else ""
    return ""
