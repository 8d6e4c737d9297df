"""Content Preview: see any change to GOV.UK content as it will look, before it is live."""
