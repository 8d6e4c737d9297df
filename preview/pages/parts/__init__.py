"""Parts that pages of several types have in common: read from the item, shown by `components/`."""
