"""What people say about drafts: comments, fact checks, sign-off."""
