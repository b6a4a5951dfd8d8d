"""The register of a principal: who and what is meant, its rows in the record's words, what stands on a day."""
