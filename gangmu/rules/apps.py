from django.apps import AppConfig


class RulesConfig(AppConfig):
    name = "gangmu.rules"

    def ready(self) -> None:
        from gangmu.rules import reader  # noqa: F401, PLC0415 - registers its reader once models are loaded
