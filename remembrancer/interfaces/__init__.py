"""The edges: parse, call the office, render; no rules of their own."""
