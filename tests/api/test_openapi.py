import pkgutil
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from importlib.resources import files

from jsonschema import Draft202012Validator

from tracemark.api import schemas
from tracemark.api.openapi import document, text_of
from tracemark.api.schemas.fields import Coming


def test_the_committed_document_is_that_of_the_code() -> None:
    committed = (files("tracemark.api") / "openapi.json").read_text("utf-8")
    anew = "DJANGO_SETTINGS_MODULE=tracemark.settings .venv/bin/python -m tracemark.api.openapi"
    assert committed == text_of(document()), f"write it anew: {anew}"


def test_every_schema_is_one_of_json_schema_2020_12() -> None:
    plain = document()
    assert plain["openapi"] == "3.1.0"
    for schema in plain["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


def test_every_operation_is_named_once() -> None:
    names = [operation["operationId"] for each in document()["paths"].values() for operation in each.values()]
    assert sorted(set(names)) == sorted(names)


def test_no_two_shapes_bear_one_name() -> None:
    modules = [import_module(f"{schemas.__name__}.{each.name}") for each in pkgutil.iter_modules(schemas.__path__)]
    shapes = {value for module in modules for value in vars(module).values() if isinstance(value, type)}
    named = Counter(each.__name__ for each in shapes if each.__module__.startswith("tracemark."))
    assert [name for name, number in named.items() if number > 1] == []


def test_yes_and_no_in_a_body_are_written_as_nothing_else() -> None:
    shapes = document()["components"]["schemas"]
    # In an address, which a query is read from, everything is text.
    bodies = [each for each in _coming(Coming) if each.__name__ in shapes and not each.__name__.endswith("Query")]
    flags = {
        f"{each.__name__}.{name}": str(told)
        for each in bodies
        for name, told in each.model_fields.items()
        if "bool" in str(told)
    }
    assert len(flags) > 10
    assert [name for name, told in flags.items() if "Strict(strict=True)" not in told] == []


def _coming(shape: type[Coming]) -> Iterator[type[Coming]]:
    for each in shape.__subclasses__():
        yield each
        yield from _coming(each)
