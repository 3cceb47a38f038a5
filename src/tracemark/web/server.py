import os
import sys
import threading

from django.core.wsgi import get_wsgi_application
from django.db import connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracemark.settings")

application = get_wsgi_application()
"""What an application server such as granian asks for."""

from tracemark import wording  # noqa: E402 - Django stands by now
from tracemark.kernel import Refused, Trouble  # noqa: E402
from tracemark.node import Node, this_node  # noqa: E402


def _opened() -> Node:
    """Open the node; what is in the way is said in the language of whoever reads the log, and ends this process."""
    to = wording.reader_of(os.environ).code
    try:
        return this_node()
    except Trouble as trouble:
        why = wording.sentence(trouble.code, trouble.facts, to=to)
        sys.exit(wording.sentence("cli.node_unusable", {"why": why}, to=to))
    except Refused as refused:
        sys.exit("\n".join(wording.finding_text(each, to=to) for each in refused.findings))


def _warm(node: Node) -> None:
    try:
        node.warm()
    finally:
        connections.close_all()


# The node is opened here, once; what a first search waits for is loaded aside, so that pages are answered meanwhile.
threading.Thread(target=_warm, args=(_opened(),), name="warm", daemon=True).start()
