from django.apps import AppConfig
from django.core.signals import request_finished


class CommonConfig(AppConfig):
    name = "halka.common"

    def ready(self) -> None:
        from halka import celery  # noqa: F401  # the application that every shared task belongs to
        from halka.common.calendars import forget_calendar

        request_finished.connect(forget_calendar)
