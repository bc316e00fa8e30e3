"""Read one e-mail address as people type it into a cell, or say in French why it cannot be used.

Nothing is looked up on the network. The form accepted is the part of RFC 5322 section 3.4.1 that mail programs write
(dot-atom local part, no quotes, no comments, no literal domain), widened by RFC 6531 to accents.
"""

import re
import unicodedata
from dataclasses import dataclass

import idna

_ATOM = r"[^\s\x00-\x20\x7f()<>\[\]:;@\\,.\"\u00a0]+"
_LOCAL = re.compile(rf"{_ATOM}(?:\.{_ATOM})*")
_NAMED = re.compile(r"\s*(?P<name>[^<>]*?)\s*<\s*(?P<spec>[^<>]*?)\s*>\s*")
# Control and invisible characters, which copying from a mail program or a web page leaves behind.
_INVISIBLE = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, 0xAD])


@dataclass(frozen=True)
class Address:
    """One mailbox. `spec` is what is typed, `wire` the form for SMTP and headers, its domain in ASCII."""

    name: str
    local: str
    domain: str

    @property
    def spec(self) -> str:
        """The address without the name, its domain as typed."""
        return f"{self.local}@{self.domain}"

    @property
    def wire_domain(self) -> str:
        """The domain as the DNS knows it (IDNA 2008, RFC 5891)."""
        return ascii_domain(self.domain)

    @property
    def wire(self) -> str:
        """The address for SMTP: ASCII unless the local part has accents, which needs SMTPUTF8 (RFC 6531)."""
        return f"{self.local}@{self.wire_domain}"

    @property
    def needs_smtputf8(self) -> bool:
        """Whether only servers that announce SMTPUTF8 can be given this address."""
        return not self.local.isascii()


@dataclass(frozen=True)
class Unusable:
    """Why a text is no usable address, as the end of a sentence, and the nearest address that is one, or ""."""

    why: str
    nearest: str = ""


def address(text: str) -> Address | Unusable:
    """The one address in `text`, with the name before it if there is one, or why there is none.

    >>> address("Zoé Dupont <zoe@exemple.fr>")
    Address(name='Zoé Dupont', local='zoe', domain='exemple.fr')
    >>> address(" zoe@exemple.fr ").spec
    'zoe@exemple.fr'
    >>> address("zoe@exemplé.fr").wire
    'zoe@xn--exempl-gva.fr'
    >>> address("zoe@exemple.fr; luc@exemple.fr").why
    'la cellule contient plusieurs adresses ; une seule est possible'
    >>> address("zoe@exemple,fr")
    Unusable(why='une virgule a été tapée à la place du point', nearest='zoe@exemple.fr')
    >>> address("zoe.exemple.fr").why
    'il manque le signe @'
    """
    text = unicodedata.normalize("NFC", text.translate(_INVISIBLE)).replace("\u00a0", " ").strip()
    if not text:
        return Unusable("la cellule est vide")
    if any(unicodedata.category(mark) == "Cc" for mark in text):
        several = len(text.splitlines()) > 1
        return Unusable(
            "l'adresse tient sur plusieurs lignes" if several else "un caractère invisible s'y trouve"
        )
    named = _NAMED.fullmatch(text)
    name, spec = (named["name"], named["spec"]) if named else ("", text)
    found = _spec(spec)
    if isinstance(found, Unusable):
        return found
    return Address(name.strip("\"' "), *found)


def _spec(spec: str) -> tuple[str, str] | Unusable:
    if spec.count("@") > 1 and re.search(r"[,;\s/]", spec):
        return Unusable("la cellule contient plusieurs adresses ; une seule est possible")
    if spec.lower().startswith("mailto:"):
        return Unusable("« mailto: » n'en fait pas partie", _nearest(spec[7:]))
    if "@" not in spec:
        return Unusable("il manque le signe @")
    local, domain = spec.rsplit("@", 1)
    return _why_local(local, domain) or _why_domain(local, domain) or (local, domain)


def _why_local(local: str, domain: str) -> Unusable | None:
    if "@" in local:
        return Unusable("le signe @ s'y trouve deux fois")
    if not local:
        return Unusable("il manque le nom avant le signe @")
    if re.search(r"\s", local):
        return Unusable("une espace s'y trouve", _nearest(f"{''.join(local.split())}@{domain}"))
    if not _LOCAL.fullmatch(local):
        return Unusable(f"« {local} » ne peut pas précéder le signe @ (point mal placé ou signe interdit)")
    if len(local.encode()) > 64:
        return Unusable("ce qui précède le signe @ est trop long (64 signes au plus)")
    return None


def _why_domain(local: str, domain: str) -> Unusable | None:
    if not domain:
        return Unusable("il manque le domaine après le signe @")
    if re.search(r"\s", domain):
        return Unusable("une espace s'y trouve", _nearest(f"{local}@{''.join(domain.split())}"))
    if "," in domain:
        return Unusable(
            "une virgule a été tapée à la place du point", _nearest(f"{local}@{domain.replace(',', '.')}")
        )
    if domain.endswith((".", ";", ":", "!", "?", ")")):
        return Unusable(
            "elle se termine par un signe de trop", _nearest(f"{local}@{domain.rstrip('.;:!?)')}")
        )
    if "." not in domain and domain != "localhost":
        return Unusable(f"« {domain} » n'est pas un domaine complet (il manque par exemple « .fr »)")
    try:
        wire = ascii_domain(domain)
    except idna.IDNAError:
        return Unusable(f"« {domain} » n'est pas un nom de domaine")
    if wire.rpartition(".")[2].isdigit() or len(f"{local}@{wire}".encode()) > 254:
        return Unusable(f"« {domain} » n'est pas un nom de domaine")
    return None


def ascii_domain(domain: str) -> str:
    """The domain in ASCII, in small letters; raises `idna.IDNAError` for what is no domain.

    >>> ascii_domain("Straße.example")
    'xn--strae-oqa.example'
    """
    if domain.isascii():
        labels = domain.lower().split(".")
        if all(re.fullmatch(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?", label) for label in labels):
            return ".".join(labels)
        raise idna.IDNAError(f"not a domain: {domain}")
    return idna.encode(domain, uts46=True).decode()


def _nearest(text: str) -> str:
    found = address(text)
    return found.spec if isinstance(found, Address) else ""
