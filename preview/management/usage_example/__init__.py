"""Sixteen invented weeks of integration: people, their logs, and what admins noted about them."""
