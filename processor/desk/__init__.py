"""What a person asks for: an import, a document, a list, the fate of a mail, whether an attestation is genuine."""
