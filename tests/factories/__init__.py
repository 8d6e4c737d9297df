"""Invented things that tests, benchmarks and the gallery stand on."""
