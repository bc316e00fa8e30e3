"""The domains of addresses that a slip of the keyboard makes: « gmial.com » reads well, and reaches a stranger or nobody."""

from processor.model.address import Address

_KNOWN = (
    "gmail.com", "googlemail.com", "hotmail.com", "hotmail.fr", "hotmail.be", "outlook.com", "outlook.fr", "outlook.be", "live.fr",
    "live.com", "live.be", "yahoo.com", "yahoo.fr", "icloud.com", "orange.fr", "wanadoo.fr", "laposte.net", "bbox.fr", "numericable.fr",
    "club-internet.fr", "aliceadsl.fr", "neuf.fr", "skynet.be", "telenet.be", "proximus.be", "bluewin.ch", "proton.me",
    "protonmail.com", "gmx.fr", "gmx.com", "mail.com", "email.com", "ymail.com", "rocketmail.com", "me.com", "mac.com", "free.fr", "sfr.fr",
)  # fmt: skip
_SHORTEST = 8


def meant_domain(address: Address) -> str | None:
    """The well-known domain that is one slip away (a letter too many, too few, other, or two swapped), or None.

    Short domains are left alone: one letter from « free.fr » stand too many others. So is a known domain.

    >>> [meant_domain(Address("zoe", domain)) for domain in ("gmial.com", "hotmial.fr", "gmail.fr", "laposte.fr")]
    ['gmail.com', 'hotmail.fr', 'gmail.com', 'laposte.net']
    >>> [meant_domain(Address("zoe", domain)) for domain in ("gmail.com", "mail.com", "exemple.fr", "free.org", "orange.com")]
    [None, None, None, None, None]
    """
    domain = address.domain.casefold()
    if domain in _KNOWN or domain in _TRUE:
        return None
    if domain in _OTHER_ENDING:
        return _OTHER_ENDING[domain]
    if len(domain) < _SHORTEST:
        return None
    from rapidfuzz.distance import OSA

    near = [
        known
        for known in _KNOWN
        if len(known) >= _SHORTEST and OSA.distance(domain, known, score_cutoff=1) <= 1
    ]
    return near[0] if near else None


_TRUE = {
    "orange.com",
    "free.com",
    "gmx.de",
    "gmx.net",
    "gmx.ch",
    "outlook.de",
    "live.nl",
    "yahoo.be",
    "yahoo.de",
    "hotmail.it",
    "hotmail.de",
}
_OTHER_ENDING = {"gmail.fr": "gmail.com", "gmail.be": "gmail.com", "laposte.fr": "laposte.net", "laposte.com": "laposte.net",
                 "icloud.fr": "icloud.com", "wanadoo.com": "wanadoo.fr"}  # fmt: skip
