"""Commands of `manage.py`, each thin."""
