import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracemark.settings")

application = get_wsgi_application()
"""What an application server such as granian asks for."""
