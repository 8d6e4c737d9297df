"""Notifications: what happens to a person's drafts, told to them by e-mail, at once or once a day.

`kinds/` says what is told and to whom. `noting.py` writes it down when it happens, `gathering.py`
makes mails of it, `writing.py` says it, `sending.py` sends it; `choosing.py` is what people want.
"""
