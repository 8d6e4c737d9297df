"""How long what is kept, what was deleted, and what must not be deleted."""
