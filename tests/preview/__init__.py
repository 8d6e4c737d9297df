"""Tests of the preview application."""
