"""What the platform's APIs have in common: bearer tokens, JSON bodies, refusals."""
