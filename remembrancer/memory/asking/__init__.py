"""From a question to its answer: what is asked, what the register shows of it, the words of the record, or silence."""
