"""The pages, one file for each room of them: they read what was typed, call the office, and fill a template."""
