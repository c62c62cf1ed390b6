from tests.network_registry.directory.conftest import offered

__all__ = ["offered"]
