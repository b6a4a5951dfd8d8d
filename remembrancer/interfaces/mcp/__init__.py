"""The office for assistants: tools and resources of the Model Context Protocol, over standard input and over HTTP.

They parse, call the office as whoever asks and give back the published shapes; they have no rules of their own.
"""
