"""How an organisation leaves with all that is its own, is backed up and brought back, and comes to its end."""
