"""The programme that ends the use of integration: what admins decide, and what follows from it."""
