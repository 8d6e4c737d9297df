"""A person's desk: their drafts and packs, what needs them, saved views, last looks."""
