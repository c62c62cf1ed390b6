from django.apps import AppConfig


class OperatingConfig(AppConfig):
    name = "halka.operating"
    label = "operating"

    def ready(self) -> None:
        from halka.operating import checks, exposition, watching  # noqa: F401  # watching connects itself to tasks

        checks.register_own()
        exposition.register_own()
