from django.apps import AppConfig


class AuthorizationConfig(AppConfig):
    name = "halka.authorization"
