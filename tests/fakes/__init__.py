"""Stand-ins for other services, over real HTTP."""
