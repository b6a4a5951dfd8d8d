"""The questions of ``questions.py``: what each source tells by itself, how it is asked, and what is right."""
