from random import Random

from tracemark import demo
from tracemark.authorities import Role
from tracemark.kernel import Actor
from tracemark.node import Node
from tracemark.tracing import Query, parse_reading
from tracemark.weapons import catalogue

ANALYST = Actor("analyst", "XT-POL", frozenset({Role.TRACING_ANALYST.value}))


def test_the_story_s_damaged_number_leads_to_one_weapon(demo_node: Node) -> None:
    told = demo.story(demo_node)
    assert told is not None
    assert told.reading.count("?") == 2
    query = Query((parse_reading(told.reading),), maker=catalogue().find_maker(told.maker).code)
    assert len(demo_node.trace(query, ANALYST).candidates) >= 1


def test_damage_is_read_in_the_notation_of_examiners() -> None:
    random = Random(3)
    damaged = {demo.damaged_serial("AB1234507", random) for _ in range(200)}
    assert all(parse_reading(text).legible for text in damaged)
    assert len(damaged) > 50
