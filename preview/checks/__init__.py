"""Checks of renderings: what they found, what is new beside the live page, what was dismissed."""
