"""The office in a browser: Django as one adapter. It says who asks, calls the office, and shows what it is given."""
