"""From facts of many documents to rows: who is who, what follows what, what is in force, what does not add up."""
