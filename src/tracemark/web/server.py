import os
import threading

from django.core.wsgi import get_wsgi_application
from django.db import connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracemark.settings")

application = get_wsgi_application()
"""What an application server such as granian asks for."""

from tracemark.node import Node, this_node  # noqa: E402 - Django stands by now


def _warm(node: Node) -> None:
    try:
        node.warm()
    finally:
        connections.close_all()


# The node is opened here, once; what a first search waits for is loaded aside, so that pages are answered meanwhile.
threading.Thread(target=_warm, args=(this_node(),), name="warm", daemon=True).start()
