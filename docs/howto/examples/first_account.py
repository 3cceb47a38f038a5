"""Open the first administrator's account on a new node: AGENCY "NAME OF THE AGENCY" ACCOUNT."""

import secrets
import sys

from tracemark.authorities import Agency, AgencyKind, Role
from tracemark.node import open_node

code, name, username = sys.argv[1:]
node = open_node()

from django.contrib.auth import get_user_model  # noqa: E402 - a node is opened before accounts can be

accounts = get_user_model()
if accounts.objects.filter(username=username).exists():
    sys.exit(f"There is an account {username} already.")
if code not in {each.code for each in node.stores.agencies.all()}:
    node.stores.agencies.put(Agency(code, name, AgencyKind.REGISTRY, node.state, competent=True, contact_point=True))
password = secrets.token_urlsafe(12)
account = accounts(username=username, authority=code, roles=[Role.ADMINISTRATOR.value])
account.set_password(password)
account.save()
print(f"Agency {code}, account {username}. One-time password: {password}")
