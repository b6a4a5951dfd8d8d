"""The officer who keeps a body's memory: a verified record and answers from it, word for word."""

__version__ = "0.1.0"
