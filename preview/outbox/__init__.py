"""Events that a transaction records and workers hear of, at least once."""
