"""Make the six templates again: `python templates/make.py [FOLDER]`. Same code, same documents."""

import sys
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from attestations import certificate, seance_attestation, session_attestation
from invitations import seance_invitation, session_invitation
from signing_sheet import emargement

TEMPLATES = {
    "invitation-seance.docx": seance_invitation,
    "invitation-session.docx": session_invitation,
    "attestation-seance.docx": seance_attestation,
    "attestation-session.docx": session_attestation,
    "feuille-emargement.docx": emargement,
    "certificat-realisation.docx": certificate,
}


def main(folder):
    """Write the six files, their zip entries dated alike so that the same code gives the same bytes."""
    from datetime import datetime

    folder.mkdir(parents=True, exist_ok=True)
    for name, make in TEMPLATES.items():
        document = make()
        document.core_properties.created = document.core_properties.modified = datetime(2026, 1, 1)
        document.save(folder / name)
        still(folder / name)


def still(path):
    """Write the zip again with one date for all entries."""
    with zipfile.ZipFile(path) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            entry = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(entry, data)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
