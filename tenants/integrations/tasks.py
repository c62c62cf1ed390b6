"""Background work of webhooks: thin, primitives in."""
