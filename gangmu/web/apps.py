from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "gangmu.web"

    def ready(self) -> None:
        from gangmu.flow import reading, skins  # noqa: F401, PLC0415 - declare their jobs and nightly work to the worker
        from gangmu.web.export import pack  # noqa: F401, PLC0415
