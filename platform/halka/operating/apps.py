from django.apps import AppConfig


class OperatingConfig(AppConfig):
    name = "halka.operating"
    label = "operating"
