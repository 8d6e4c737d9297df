"""Everything that speaks the publishing platform's wire formats."""
