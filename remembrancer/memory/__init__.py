"""A disposable index of the record: passages, search over them, answers, and the proof of each quotation."""
