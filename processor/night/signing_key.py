"""The signing key of one workbook: in its state folder, its public half beside the workbook."""

from typing import TYPE_CHECKING

from processor.settings import Settings

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


def key_of(settings: Settings) -> "Ed25519PrivateKey":
    """The private key, made where there is none yet; its public half is published. Raises Stopped when it is damaged."""
    from processor.proof.keys import publish, signing_key

    key = signing_key(settings.private_key)
    publish(key, settings.public_key)
    return key


def passing_key() -> "Ed25519PrivateKey":
    """A key that is nobody's, for what is only looked at."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.generate()
