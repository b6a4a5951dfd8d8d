"""How ``accounts.db`` came to be as it is, step by step."""
