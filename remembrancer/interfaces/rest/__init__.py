"""REST: the office for programs, at ``/api/v1/``. It reads what is asked, calls the office, and answers in the JSON
that the command line prints; it has no rules of its own."""
