"""Tests of the impact."""
