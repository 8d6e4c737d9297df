"""Contracts with the publishing platform: interactions replayed over HTTP against a real server."""
