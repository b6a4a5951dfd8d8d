"""What a principal is shown: lists, sittings in their course, a source beside its text, extracts, the log, proofs."""
