from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "gangmu.events"

    def ready(self) -> None:
        from gangmu.events import timeline  # noqa: F401, PLC0415 - registers its reader once models are loaded
