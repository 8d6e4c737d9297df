"""The tour: the service with example content, and a picture of each of its pages.

`pages.py` is the list; a new page is one row there. `python -m tests.tour` takes the pictures and
writes docs/tour.md.
"""
