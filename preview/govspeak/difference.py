"""Compares HTML before and after sanitising."""

from __future__ import annotations

from html.parser import HTMLParser
