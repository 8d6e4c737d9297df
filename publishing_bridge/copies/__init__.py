"""What becomes of the copies that the tee keeps: drafts are made and ended by them."""
