from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "jalon.records"
    label = "records"
    verbose_name = "Dossiers"
