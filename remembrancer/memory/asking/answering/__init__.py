"""Answering a question from the register: one file for each family of questions, and the sentences they are told in."""
