"""The pages of editors, reviewers and admins."""
