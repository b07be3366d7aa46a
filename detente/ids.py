"""Deterministic ids: the same thing has the same id on every machine and in every run."""

from hashlib import blake2b


def stable_id(*parts: str) -> str:
    """Return 24 hex digits that depend on the parts and their boundaries alone (BLAKE2b, 96 bits)."""
    digest = blake2b(digest_size=12)
    for part in parts:
        encoded = part.encode()
        digest.update(len(encoded).to_bytes(4, "big") + encoded)
    return digest.hexdigest()
