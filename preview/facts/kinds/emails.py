"""E-mail addresses."""

from preview.facts.registry import kind

kind("email", "Email address", 10, r"[\w.+'-]{1,64}@[a-z\d-]{1,63}(?:\.[a-z\d-]{1,63}){1,5}")
