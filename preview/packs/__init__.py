"""Packs: drafts that are shown together over live content."""
