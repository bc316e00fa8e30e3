"""The two keys of an office: the private one that signs its attestations, the public one that anyone may have.

The private key stays in the state folder of who runs the program, readable by that account alone. Public keys stand in
`cle-publique.pem` beside the workbook, every key that was ever used one under the other: they travel with the folder,
so that a private key lost with a computer costs a new key, and never the proof of what was issued before.
"""

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from processor.model.findings import Finding, Severity, Stopped
from processor.proof.statement import key_mark

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_END = "-----END PUBLIC KEY-----"


def signing_key(file: Path) -> "Ed25519PrivateKey":
    """The private key of a file, made where there is none yet. Raises Stopped when the file holds no such key."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    if not file.exists():
        _make(file)
    try:
        key = load_pem_private_key(file.read_bytes(), None)
    except (ValueError, TypeError) as error:
        raise Stopped([_damaged(file)]) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise Stopped([_damaged(file)])
    if os.name == "posix" and file.stat().st_mode & 0o077:
        file.chmod(0o600)
    return key


def _make(file: Path) -> None:
    """Write a new key, whole and private from its first byte on; of two programs that do so at once, one wins."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    data = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.parent.mkdir(parents=True, exist_ok=True)
    temporary = file.with_name(f".{file.name}.{os.getpid()}.tmp")
    temporary.unlink(missing_ok=True)
    with open(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as made:  # noqa: PTH123 - private from its first byte
        made.write(data)
        made.flush()
        os.fsync(made.fileno())
    try:
        with suppress(FileExistsError):
            os.link(temporary, file)
    except OSError:  # a file system without hard links: only the first writer finds no file
        if not file.exists():
            temporary.replace(file)
    temporary.unlink(missing_ok=True)


def public_pem(key: "Ed25519PrivateKey") -> str:
    """The public half, as a file of the usual form (PEM, RFC 8410)."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def publish(key: "Ed25519PrivateKey", file: Path) -> None:
    """Add the public half to the file of public keys, unless it is there; what the file holds stays."""
    before = file.read_text("utf-8") if file.is_file() else ""
    if key_mark(key.public_key()) in _marked(before):
        return
    ends = "\n" if before and not before.endswith("\n") else ""
    temporary = file.with_name(f".{file.name}.tmp")
    temporary.write_text(before + ends + public_pem(key), "utf-8")
    temporary.replace(file)


def public_keys(file: Path) -> Mapping[str, "Ed25519PublicKey"]:
    """The public keys of a file, by their marks; none when the file is absent or cannot be read."""
    try:
        return _marked(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError):
        return {}


def _marked(text: str) -> dict[str, "Ed25519PublicKey"]:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    found = {}
    for piece in text.split(_END)[:-1]:
        with suppress(ValueError, UnsupportedAlgorithm):
            key = load_pem_public_key((piece + _END).encode())
            if isinstance(key, Ed25519PublicKey):
                found[key_mark(key)] = key
    return found


def _damaged(file: Path) -> Finding:
    return Finding.of("cle-illisible", Severity.STOP, file=file)
