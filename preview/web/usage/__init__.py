"""The pages of integration usage, one module a noun."""
