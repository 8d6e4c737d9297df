"""Renderings: versions turned into pages by workers."""
