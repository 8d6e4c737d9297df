"""What set-up, runs and checks are made of."""
