"""Understanding a question without a model: what is asked for, of whom and what, and of what time."""
