"""Alarms: what in the audit trail somebody should look at now, told by e-mail and event."""
