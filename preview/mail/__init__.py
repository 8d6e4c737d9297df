"""Letters: e-mail to people, written in a transaction and sent by a worker.

Public: `actions.write_letter` and `mailers.Mailer`, the way out that the setting `MAILER` names.
"""
