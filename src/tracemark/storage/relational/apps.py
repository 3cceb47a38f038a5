from django.apps import AppConfig


class RelationalConfig(AppConfig):
    name = "tracemark.storage.relational"
    label = "tracemark"
    default_auto_field = "django.db.models.BigAutoField"
