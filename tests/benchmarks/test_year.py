from pytest_django import DjangoDbBlocker

from benchmarks import year


def test_nothing_is_lost_between_nodes_that_fail(django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock():
        told = year.lived(3, days=60)
    assert told["requests"] == int(told["in_full"] or 0) + int(told["not_found"] or 0)
    assert sum(int(told[name.replace(" ", "_")] or 0) for name in year.FAULTS) > 0
