"""Impact: which live pages a pack changes, found and compared in the background."""
