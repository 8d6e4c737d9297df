"""Packs as one file that needs nothing else: which pages, made to stand alone, recorded."""
