from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "halka.common"

    def ready(self) -> None:
        from halka import celery  # noqa: F401  # the application that every shared task belongs to
