"""Draft files: what a publisher app uploads before it is live, at the address that content uses."""
