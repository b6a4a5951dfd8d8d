"""Who asks and whether they come in: from a request to a principal, every route held to its row."""
