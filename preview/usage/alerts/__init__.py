"""Telling people about usage: alerts when something needs a look now, a digest every Monday."""
