"""Tests of the publishing_bridge."""
