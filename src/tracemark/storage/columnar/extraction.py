"""Turning sealed events into the columns of the record's tables, by DuckDB's own reading of JSON."""

import json
from collections.abc import Mapping

from tracemark.recordkeeping import record_tables
from tracemark.storage.columnar.parquet import quoted

_LISTS = ("packed", "received", "seen", "absent", "extra", "concerned")
_OWN = {
    "recorded_at": "strptime(x.at, '%Y-%m-%dT%H:%M:%S.%gZ')",
    "happened": "x.happened",
    "happened_first": "CAST(left(x.happened || '-01-01', 10) AS DATE)",
    "happened_last": (
        "CASE length(x.happened) WHEN 10 THEN CAST(x.happened AS DATE) "
        "WHEN 7 THEN last_day(CAST(x.happened || '-01' AS DATE)) ELSE CAST(x.happened || '-12-31' AS DATE) END"
    ),
    "kind": "x.kind",
    "weapon": "x.weapon",
    "authority": "x.authority",
    "account": "x.by",
    "document": "x.document",
    "details": "details_text",
}
_ENVELOPE = {"at": "VARCHAR", "authority": "VARCHAR", "by": "VARCHAR", "document": "VARCHAR", "happened": "VARCHAR",
             "kind": "VARCHAR", "weapon": "BIGINT"}  # fmt: skip
_MARK = {"kind": "VARCHAR", "part": "VARCHAR", "serial": "VARCHAR", "text": "VARCHAR", "maker": "VARCHAR",
         "state": "VARCHAR", "year": "INTEGER"}  # fmt: skip
_GOODS = {"kind": "VARCHAR", "model": "VARCHAR", "calibre": "VARCHAR", "quantity": "BIGINT"}
_PARTY = {"role": "VARCHAR", "name": "VARCHAR", "state": "VARCHAR"}
_DAY = r"^\d{4}-\d{2}-\d{2}$"


def parsed(source: str) -> str:
    """Return the query that reads each event of `source` (position, body) once: `position` and a struct `x`."""
    shape = json.dumps({**_ENVELOPE, "details": _shape()})
    return (
        f"SELECT position, json_transform(body, {quoted(shape)}) AS x, "
        f"CAST(json_extract(body, '$.details') AS VARCHAR) AS details_text FROM {source}"
    )


def foreign_serials() -> str:
    """Return the query for the serials that hold more than ASCII: SQL does not fold them as `marking` does."""
    lists = " UNION ALL ".join(
        f"SELECT json_extract_string(unnest(json_extract(x.details.{name}, '$[*]')), '$.serial') AS serial FROM parsed "
        f"WHERE x.weapon = 0 AND json_type(x.details.{name}) = 'ARRAY'"
        for name in ("packed", "received")
    )
    marks = "SELECT unnest(x.details.marks).serial AS serial FROM parsed WHERE x.details.marks IS NOT NULL"
    return f"SELECT DISTINCT serial FROM ({marks} UNION ALL {lists}) WHERE strlen(serial) <> length(serial)"


def extracted() -> Mapping[str, str]:
    """Return for each table the query that draws its rows from `parsed`, in the order in which they are laid down."""
    return {
        "events": f"SELECT position, {_listed('events', _OWN)} FROM parsed ORDER BY kind, position",
        "descriptions": _descriptions(),
        "marks": _marks(),
        "named": _named(),
        "goods": _each("goods", _GOODS, "line"),
        "stops": (
            "SELECT position, dossier, turn, route[turn] AS place FROM (SELECT position, x.details.dossier AS dossier, "
            "x.details.route AS route, unnest(range(1, len(x.details.route) + 1)) AS turn FROM parsed "
            "WHERE x.weapon = 0 AND x.details.route IS NOT NULL) ORDER BY position, turn"
        ),
        "parties": _each("parties", _PARTY, ""),
    }


def _shape() -> Mapping[str, object]:
    columns = [each for each in record_tables()["events"].columns if each.name not in _OWN and each.name != "position"]
    shape: dict[str, object] = {each.detail: "BIGINT" if each.type == "BIGINT" else "VARCHAR" for each in columns}
    described = [each for each in record_tables()["descriptions"].columns if each.name not in {"position", "weapon"}]
    shape |= dict.fromkeys(_LISTS, "JSON")
    shape |= {"marks": [_MARK], "goods": [_GOODS], "parties": [_PARTY], "route": ["VARCHAR"]}
    return shape | {"weapon": {each.detail: each.type for each in described}}


def _listed(table: str, own: Mapping[str, str]) -> str:
    return ", ".join(
        f'{own.get(each.name) or _detail(each.detail, each.type)} AS "{each.name}"'
        for each in record_tables()[table].columns
        if each.name != "position"
    )


def _detail(name: str, kind: str) -> str:
    said = f'x.details."{name}"'
    # What is no whole day is not taken for one.
    return f"CASE WHEN regexp_matches({said}, '{_DAY}') THEN TRY_CAST({said} AS DATE) END" if kind == "DATE" else said


def _descriptions() -> str:
    columns = [each for each in record_tables()["descriptions"].columns if each.name not in {"position", "weapon"}]
    told = ", ".join(f'x.details.weapon."{each.detail}" AS "{each.name}"' for each in columns)
    return (
        f"SELECT position, x.weapon AS weapon, {told} FROM parsed "
        "WHERE x.details.weapon IS NOT NULL AND x.weapon > 0 ORDER BY weapon, position"
    )


def _marks() -> str:
    return (
        "WITH bare AS (SELECT position, x.weapon AS weapon, x.kind AS event_kind, unnest(x.details.marks) AS mark "
        "FROM parsed WHERE x.details.marks IS NOT NULL), read AS (SELECT bare.*, "
        f"{_folded('mark.serial')} AS folded "
        "FROM bare LEFT JOIN folding ON folding.serial = mark.serial) "
        "SELECT position, weapon, event_kind, mark.kind AS mark_kind, mark.part AS part, mark.serial AS serial, "
        "folded, "
        "regexp_replace(folded, '[0-9]{1,12}$', '') AS stem, "
        "TRY_CAST(regexp_extract(folded, '[0-9]{1,12}$') AS BIGINT) AS running, "
        "mark.text AS text, mark.maker AS maker, mark.state AS state, mark.year AS year FROM read "
        "ORDER BY mark_kind, weapon, position"
    )


def _folded(serial: str) -> str:
    return f"COALESCE(folding.folded, regexp_replace(upper({serial}), '[^0-9A-Z]', '', 'g'))"


def _named() -> str:
    item = quoted(json.dumps({"weapon": "BIGINT", "serial": "VARCHAR", "line": "BIGINT"}))
    told = " UNION ALL ".join(
        f"SELECT position, x.kind AS kind, x.details.dossier AS dossier, '{name}' AS list, "
        f"unnest(json_extract(x.details.{name}, '$[*]')) AS item FROM parsed "
        f"WHERE x.weapon = 0 AND json_type(x.details.{name}) = 'ARRAY'"
        for name in _LISTS
    )
    return (
        f"WITH listed AS ({told}), read AS (SELECT *, CASE WHEN json_type(item) = 'OBJECT' "
        f"THEN json_transform(item, {item}) END AS told FROM listed) "
        "SELECT position, kind, dossier, list, COALESCE(told.weapon, TRY_CAST(item AS BIGINT), 0) AS weapon, "
        f"COALESCE(told.serial, '') AS serial, {_folded('told.serial')} AS folded, COALESCE(told.line, 0) AS line "
        "FROM read LEFT JOIN folding ON folding.serial = told.serial ORDER BY position, list, weapon"
    )


def _each(detail: str, shape: Mapping[str, str], turn: str) -> str:
    columns = {"kind": "weapon_kind"} if detail == "goods" else {}
    told = ", ".join(f"item.{name} AS {columns.get(name, name)}" for name in shape)
    numbered = f"turn AS {turn}, " if turn else ""
    return (
        f"SELECT position, dossier, {numbered}{told} FROM (SELECT position, dossier, turn, listed[turn] AS item FROM ("
        f"SELECT position, x.details.dossier AS dossier, x.details.{detail} AS listed, "
        f"unnest(range(1, len(x.details.{detail}) + 1)) AS turn FROM parsed "
        f"WHERE x.weapon = 0 AND x.details.{detail} IS NOT NULL)) ORDER BY position, turn"
    )
