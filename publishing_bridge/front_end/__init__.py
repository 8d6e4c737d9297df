"""The second renderer: GOV.UK's own front ends render, this service keeps what they made."""
