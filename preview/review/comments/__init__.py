"""Comments on passages of a draft's pages, in threads that follow the passage to new versions."""
