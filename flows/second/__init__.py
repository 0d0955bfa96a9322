"""Asks a second reader, a language model on a server of the user's choice, about figures in doubt."""
