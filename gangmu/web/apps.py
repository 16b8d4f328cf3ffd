from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "gangmu.web"

    def ready(self) -> None:
        from gangmu.web.export import pack  # noqa: F401, PLC0415 - declares its kind of job to the worker
