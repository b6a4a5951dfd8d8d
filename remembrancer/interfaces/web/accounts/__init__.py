"""Accounts: who may sign in, and how. What they may see and do, the record of each body says."""
