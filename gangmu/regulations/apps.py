from django.apps import AppConfig


class RegulationsConfig(AppConfig):
    name = "gangmu.regulations"

    def ready(self) -> None:
        from gangmu.regulations import branch, fusion, leading_group  # noqa: F401, PLC0415 - declare their rules
