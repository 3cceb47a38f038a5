"""An auditor sees what was done to accounts, by administrators too, and who searched the register for what."""

from django.contrib.auth import get_user_model
from django.urls import reverse

from tests.web.conftest import ClientAs, open_account
from tracemark.node import Node
from tracemark.web.lists import PAGE

WRONG = {"login": "newcomer", "password": "wrong"}


def rows(page: str) -> int:
    return page.count("<tr>") - 1


def test_what_an_administrator_does_is_listed_with_before_and_after(node: Node, client_as: ClientAs) -> None:
    number = get_user_model().objects.get_by_natural_key("nobody").pk
    administrator, auditor = client_as("administrator"), client_as("auditor")
    given = {"authority": "XT-REG", "roles": ["approver", "storekeeper"], "is_active": "on"}
    administrator.post(reverse("account", args=[number]), given)
    administrator.post(reverse("account", args=[number]), {"password": ""})
    page = auditor.get(reverse("changes")).content.decode()
    for words in ("Roles changed", "Approver, Storekeeper", "One-time password given", "administrator"):
        assert words in page
    assert rows(page) == 2
    assert rows(auditor.get(reverse("changes"), {"account": "nobody"}).content.decode()) == 2
    assert "Nothing was done" in auditor.get(reverse("changes"), {"account": "zoe"}).content.decode()


def test_saving_an_account_as_it_is_changes_nothing(node: Node, client_as: ClientAs) -> None:
    number = get_user_model().objects.get_by_natural_key("approver").pk
    given = {"authority": "XT-REG", "roles": ["approver"], "is_active": "on"}
    assert client_as("administrator").post(reverse("account", args=[number]), given).status_code == 302
    assert node.stores.changes.page() == []


def test_a_lock_out_is_listed_once_and_unknown_names_never(node: Node, client_as: ClientAs) -> None:
    open_account("newcomer", ["auditor"], "XT-REG", "quiet amber lighthouse")
    client = client_as()
    for _ in range(7):
        client.post(reverse("account_login"), WRONG)
    for _ in range(6):
        client.post(reverse("account_login"), {"login": "my password by mistake", "password": "wrong"})
    assert [(each.kind.value, each.account, each.by) for each in node.stores.changes.page()] == [
        ("locked_out", "newcomer", "")
    ]
    page = client_as("auditor").get(reverse("changes")).content.decode()
    assert "nobody signed in" in page


def test_a_touched_entry_is_said_loudly(node: Node, client_as: ClientAs) -> None:
    number = get_user_model().objects.get_by_natural_key("nobody").pk
    client_as("administrator").post(reverse("account", args=[number]), {"password": ""})
    auditor = client_as("auditor")
    assert "was touched" not in auditor.get(reverse("changes")).content.decode()
    database = node.stores._database  # type: ignore[attr-defined]
    database.execute("DROP TRIGGER account_change_no_update")
    database.execute("UPDATE account_change SET actor = 'somebody else'")
    assert "entry 0 does not stand" in auditor.get(reverse("changes")).content.decode()


def test_the_pages_of_the_list_follow_one_another(node: Node, client_as: ClientAs) -> None:
    number = get_user_model().objects.get_by_natural_key("nobody").pk
    administrator, auditor = client_as("administrator"), client_as("auditor")
    for turn in range(PAGE + 3):
        given = {"authority": ("XT-REG", "XT-POL")[(turn + 1) % 2], "is_active": "on"}
        administrator.post(reverse("account", args=[number]), given)
    first = auditor.get(reverse("changes")).context
    second = auditor.get(reverse("changes") + first["more"])
    assert (len(first["rows"]), len(second.context["rows"]), second.context["more"]) == (PAGE, 3, "")


def test_each_search_at_the_desk_is_listed_and_counted(node: Node, client_as: ClientAs) -> None:
    analyst, auditor = client_as("tracing_analyst"), client_as("auditor")
    analyst.get(reverse("trace_desk"))
    analyst.get(reverse("trace_desk"), {"reading_1": "CA?47*", "maker": "glock", "year": "2001"})
    analyst.get(reverse("trace_desk"), {"reading_1": "CA[", "maker": "glock"})
    page = auditor.get(reverse("searches"))
    [(search, known, _)] = page.context["rows"]
    assert (search.actor, search.asked["readings"], search.case) == ("tracing_analyst", ["CA?47*"], "")
    assert [str(each) for each in known] == ["Glock", "2001"]
    [counted] = page.context["searchers"]
    assert (counted.searches, counted.without_case) == (1, 1)
    assert auditor.get(reverse("searches"), {"account": "zoe"}).context["rows"] == []
