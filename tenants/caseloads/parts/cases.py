"""What cases add to other pages."""


def register() -> None:
    """Called once, when the app is ready."""
