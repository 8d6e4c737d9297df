"""Fact checks: people asked to check the facts of a draft by a day, and what they answered."""
