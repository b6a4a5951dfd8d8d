"""How an office is kept: its health, copies of it, and the jobs that take longer than an answer."""
