from collections.abc import Callable, Mapping, Sequence

from tracemark.intake.sources import CellSource, Mapped

Cells = Sequence[str]
CellReader = Callable[[Cells], str]


def cell_reader(source: CellSource, places: Mapping[str, int]) -> CellReader:
    """Return what reads a value from a row's cells, already stripped and with "" for what is missing.

    `places` gives each column's place in the row; a column that is not there is empty.
    """
    found = [places[column] for column in source.columns if column in places]
    if len(found) == 1:
        return _one(found[0], source)
    if found:
        return _several(found, source)
    value = source.constant or source.default
    return lambda _: value


def group_readers(group: Mapped, places: Mapping[str, int]) -> tuple[dict[str, str], list[tuple[str, CellReader]]]:
    """Return a group's constants, and the readers of what differs from row to row."""
    constants = {name: source.constant for name, source in group.items() if source.constant and not source.columns}
    readers = [
        (name, cell_reader(source, places))
        for name, source in group.items()
        if name not in constants and (source.default or any(column in places for column in source.columns))
    ]
    return constants, readers


def _one(place: int, source: CellSource) -> CellReader:
    values, default = source.values, source.default
    if values:
        return lambda cells: values.get(cells[place].casefold(), cells[place]) or default
    if default:
        return lambda cells: cells[place] or default
    return lambda cells: cells[place]


def _several(places: Sequence[int], source: CellSource) -> CellReader:
    values, default, separator = source.values, source.default, source.separator

    def read(cells: Cells) -> str:
        joined = separator.join(filter(None, [cells[place] for place in places]))
        return values.get(joined.casefold(), joined) or default

    return read
