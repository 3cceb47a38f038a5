import json
from collections.abc import Collection, Iterator
from typing import Any

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from tracemark.recordkeeping import HOLDER_DETAILS, PRIVATE, Person, draw_person, is_known_holder
from tracemark.storage.relational.codec import write_plain

_HELD = "held"


def set_persons_apart(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the free words for holders out of rows that were set aside; what a migration runs.

    Earlier versions kept them in the draft. Of a row that waits for judgement they become persons beside the record, as
    nobody declared what they are; of any other they are forgotten.
    """
    alias = editor.connection.alias
    rows = apps.get_model("tracemark", "HeldRowRow").objects.using(alias)
    persons = apps.get_model("tracemark", "PersonRow").objects.using(alias)
    codes = set(apps.get_model("tracemark", "AgencyRow").objects.using(alias).values_list("code", flat=True))
    for row in rows.order_by("id").iterator(chunk_size=1000):
        draft = json.loads(row.draft)
        drawn: dict[str, Person] = {}
        for details, name in _free_words(draft, codes):
            word = str(details[name])
            details[name] = PRIVATE
            if row.state == _HELD:
                details[name] = drawn.setdefault(word, draw_person({"name": word})).holder
        for each in drawn.values():
            persons.create(commitment=each.commitment, salt=each.salt, body=write_plain(each.data))
        rows.filter(id=row.id).update(draft=write_plain(draft))


def _free_words(draft: dict[str, Any], codes: Collection[str]) -> Iterator[tuple[dict[str, Any], str]]:
    for event in draft.get("events", ()):
        for name in HOLDER_DETAILS:
            if not is_known_holder(str(event["details"].get(name, PRIVATE)), codes):
                yield event["details"], name
