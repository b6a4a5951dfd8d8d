"""What the record means: the facts of each document, resolved into matters, motions, votes, decisions, people."""
