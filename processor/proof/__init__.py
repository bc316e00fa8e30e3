"""Proof of an attestation: what it states, signed; the keys; what a finished file says of itself."""
