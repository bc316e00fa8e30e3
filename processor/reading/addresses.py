"""The form of an e-mail address in a cell: one address, of a form that a mail server can take. No network is asked."""

import re

from processor.model.findings import Fault

_ATOM = r"[\w!#$%&'*+/=?^`{|}~-]+"
_ADDRESS = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@(?:[\w](?:[\w-]*[\w])?\.)+[^\W\d_]{{2,}}")
_EXAMPLE = "par exemple zoe.dupont@exemple.fr"


def read_address(typed: str) -> str | Fault:
    """The address alone, without the name that a mail program puts before it, or what is wrong with it (RFC 5321 without quoted local parts, which nobody has).

    >>> read_address("zoe.dupont@exemple.fr")
    'zoe.dupont@exemple.fr'
    >>> read_address("Zoé Dupont <zoe.dupont@exemple.fr>")
    'zoe.dupont@exemple.fr'
    >>> read_address("zoe.dupont.exemple.fr").problem
    '« zoe.dupont.exemple.fr » n’a pas de signe @.'
    >>> read_address("a@exemple.fr; b@exemple.fr").problem
    '« a@exemple.fr; b@exemple.fr » contient plusieurs adresses.'
    """
    named = re.fullmatch(r"[^<>@]*<\s*([^<>\s]+)\s*>", typed.strip())
    address = (named[1] if named else typed.strip()).removeprefix("mailto:")
    if address.count("@") == 0:
        return _fault(address, "n’a pas de signe @", f"saisissez l’adresse complète, {_EXAMPLE}.")
    if address.count("@") > 1 or re.search(r"[;,\n]", address):
        return _fault(
            address, "contient plusieurs adresses", f"gardez une seule adresse par cellule, {_EXAMPLE}."
        )
    if re.search(r"\s", address):
        return _fault(address, "contient une espace", f"retirez l’espace, {_EXAMPLE}.")
    if not _ADDRESS.fullmatch(address) or len(address) > 254:
        return _fault(
            address, "n’a pas la forme d’une adresse de courriel", f"vérifiez l’adresse, {_EXAMPLE}."
        )
    return address


def _fault(typed: str, problem: str, fix: str) -> Fault:
    return Fault("courriel-illisible", f"« {typed} » {problem}.", fix)
