"""Meaning beside words, where the extra ``vectors`` is installed; search is whole without it and never waits for it."""
