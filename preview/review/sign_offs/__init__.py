"""Sign-off: somebody's word for exactly what they saw, which any later change makes stale."""
