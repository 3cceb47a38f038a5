from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "tracemark.web"
    label = "web"
