from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "halka.common"
