"""The record: the append-only log of one body, its proofs, and what lawfully leaves it."""
