"""Webhooks: what happens here, told to publisher apps at addresses of theirs, signed."""
