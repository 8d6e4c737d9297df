"""Integration usage: who still uses the integration environment, for what, and how well we know."""
