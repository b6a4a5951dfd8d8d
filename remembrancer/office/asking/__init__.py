"""Questions, searches, watches and feeds: what a principal asks and is told, and whether a quotation holds."""
