"""Share links: pages for people without an account."""
