from tracemark.recordkeeping import Checkpoint, Cosigned, Neighbour, SeenHead, VerifierKey
from tracemark.storage.relational.sql import Database

_NEIGHBOUR = ("name", "key", "address", "silent_after", "cosigns", "may_ask")
_COSIGNED = ("size", "witness", "line", "at")
_LISTED = ", ".join(f'"{name}"' for name in _COSIGNED)


class RelationalWitnesses:
    """Neighbours, their heads as they were seen, and cosignatures, in SQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def neighbours(self) -> list[Neighbour]:
        found = self._database.rows(
            'SELECT "key", address, silent_after, cosigns, may_ask FROM neighbour ORDER BY name'
        )
        known = [
            Neighbour(VerifierKey.parse(key), address, hours, bool(cosigns), bool(may_ask))
            for key, address, hours, cosigns, may_ask in found
        ]
        return sorted(known, key=lambda each: each.name)

    def put_neighbour(self, neighbour: Neighbour) -> None:
        told = (neighbour.address, neighbour.silent_after, neighbour.cosigns, neighbour.may_ask)
        self._database.replace("neighbour", _NEIGHBOUR, [(neighbour.name, str(neighbour.key), *told)])

    def seen(self, origin: str) -> SeenHead | None:
        row = self._database.row("SELECT note, at FROM seen_head WHERE origin = %s ORDER BY id DESC LIMIT 1", origin)
        return SeenHead(Checkpoint.parse(row[0]), row[1]) if row else None

    def see(self, seen: SeenHead) -> None:
        row = (seen.head.origin, seen.head.size, str(seen.head), seen.at)
        self._database.insert("seen_head", ("origin", "size", "note", "at"), [row])

    def cosigned(self, size: int) -> list[Cosigned]:
        found = self._database.rows(f"SELECT {_LISTED} FROM cosignature WHERE size = %s ORDER BY id", size)
        newest = {row[1]: Cosigned(*row) for row in found}
        return [newest[name] for name in sorted(newest)]

    def keep_cosigned(self, cosigned: Cosigned) -> None:
        row = tuple(getattr(cosigned, name) for name in _COSIGNED)
        self._database.insert("cosignature", _COSIGNED, [row])
