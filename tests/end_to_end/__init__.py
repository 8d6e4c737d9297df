"""Tests against the running service."""
