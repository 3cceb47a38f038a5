import csv

from tracemark.weapons.components import Material, Part
from tracemark.weapons.entries import Calibre, Maker, Model, State
from tracemark.weapons.kinds import Kind, SalwClass

Row = dict[str, str]


def read_rows(text: str) -> dict[str, Row]:
    """Read a list of the catalogue, whose first column is the code."""
    lines = csv.reader(text.splitlines())
    header = next(lines)
    return {values[0]: dict(zip(header, values, strict=True)) for values in lines}


def kind_of(row: Row) -> Kind:
    return Kind(
        code=row["code"],
        name=row["name"],
        salw_class=SalwClass(row["salw_class"]),
        unroca=row["unroca"],
        att=row["att"],
        hs=row["hs"],
        ncic=row["ncic"],
        ncic_description=row["ncic_description"],
        control_part=Part(row["control_part"]),
        parts=frozenset(Part(part) for part in many(row["parts"])),
        confidence=row["confidence"],
    )


def maker_of(row: Row) -> Maker:
    return Maker(
        code=row["code"],
        name=row["name"],
        country=row["country"],
        founded=_year(row["founded"]),
        closed=_year(row["closed"]),
        ncic=row["ncic"],
        weight=weight_of(row),
        logo=row["logo"],
        confidence=row["confidence"],
    )


def model_of(row: Row) -> Model:
    return Model(
        code=row["code"],
        maker=row["maker"],
        name=row["name"],
        kind=row["kind"],
        calibres=many(row["calibres"]),
        made_from=_year(row["made_from"]),
        made_until=_year(row["made_until"]),
        frame_material=Material(row["frame_material"] or Material.UNKNOWN),
        modular=row["modular"] == "yes",
        control_part=Part(row["control_part"]),
        serial_scheme=row["serial_scheme"],
        weight=weight_of(row),
        confidence=row["confidence"],
    )


def calibre_of(row: Row) -> Calibre:
    return Calibre(row["code"], row["name"], row["bore_mm"], row["family"], row["ncic"], weight_of(row))


def state_of(row: Row) -> State:
    return State(
        code=row["code"],
        alpha3=row["alpha3"],
        m49=row["m49"],
        name=row["name"],
        region=row["region"],
        status=row["status"],
        until=_year(row["until"]),
        successors=many(row["successors"]),
        marks=many(row["marks"]),
    )


def many(text: str) -> tuple[str, ...]:
    return tuple(text.split("|")) if text else ()


def _year(text: str) -> int | None:
    return int(text) if text else None


def weight_of(row: Row) -> int:
    return int(row["weight"] or 0)
