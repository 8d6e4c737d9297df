"""The overlay: live content with the drafts of one pack over it, and nothing else."""
