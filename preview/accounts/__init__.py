"""People, organisations, publisher apps and their tokens."""
