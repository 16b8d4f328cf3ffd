from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "gangmu.web"

    def ready(self) -> None:
        from gangmu.flow import reading  # noqa: F401, PLC0415 - declares its kind of job to the worker
