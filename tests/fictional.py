"""A small fictional State for the tests of doors and journeys: built once, copied for each test that writes."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from tracemark import demo
from tracemark.node import Node, open_node

WEAPONS = 3_000


@pytest.fixture(scope="session")
def demo_url(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker) -> str:
    """The URL of the State, to be read only."""
    url = f"sqlite:///{tmp_path_factory.mktemp('demo')}/demo.sqlite3"
    with django_db_blocker.unblock():
        node = open_node(url)
        demo.build_state(node=node, weapons=WEAPONS, seed=2001)
        node.stores.close()
    return url


@pytest.fixture
def demo_copy(demo_url: str, tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The URL of a copy that a test may write to."""
    source = Path(demo_url.removeprefix("sqlite:///"))
    for path in source.parent.glob(f"{source.stem}.*"):
        if path.is_dir():
            shutil.copytree(path, tmp_path / path.name, symlinks=True)
        else:
            shutil.copy(path, tmp_path / path.name)
    with django_db_blocker.unblock():
        yield f"sqlite:///{tmp_path}/{source.name}"


@pytest.fixture
def demo_node(demo_copy: str) -> Iterator[Node]:
    """The node of a copy that a test may write to."""
    node = open_node(demo_copy)
    yield node
    node.stores.close()
