"""Pre-release access to official statistics: who may see them in the 24 hours before, and breaches.

Source: The Pre-release Access to Official Statistics Order 2008 (S.I. 2008/2998), schedule:
paragraphs on the 24 hours, on the record of who was given access, and on breaches.
"""
