import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Weights:
    """One version of the weights of matching: `weights/<version>.toml`, section by section.

    `misread` is by pair of characters; `attributes` and `absent` are probabilities by name; `stages`, `reach` and the
    margins are natural logarithms.
    """

    version: str
    channel: Mapping[str, float]
    misread: Mapping[str, float]
    certainty: Mapping[str, float]
    attributes: Mapping[str, float]
    near_years: int
    unlike: float
    other_component: float
    one_number: bool
    implied_maker: bool
    lots_once: bool
    usual_beside: float
    stages: tuple[float, ...]
    reach: float
    margin: float
    margin_absent: float
    margin_few: float
    enough_rows: int
    most_nodes_for_few: int
    most_nodes_for_others: int
    most_nodes: int
    most_nodes_beyond: int
    most_rows: int
    crowd: int
    most_scanned: int
    absent: Mapping[str, float]

    def __hash__(self) -> int:
        return hash(self.version)


@cache
def load_weights(version: str = "v8") -> Weights:
    """Read a version of the weights, so that a score of old can be drawn again.

    Raises:
        FileNotFoundError: there is no such version.
    """
    return read_weights(shipped_weights(version))


def shipped_weights(version: str) -> str:
    """Return the text of a version of the weights that comes with the software.

    Raises:
        FileNotFoundError: there is no such version.
    """
    if version not in shipped_versions():
        raise FileNotFoundError(version)
    return (_FOLDER / f"{version}.toml").read_text(encoding="utf-8")


def shipped_versions() -> list[str]:
    """Return the versions of the weights that come with the software. None holds a `+`: a node's own do."""
    return sorted(each.name.removesuffix(".toml") for each in _FOLDER.iterdir() if each.name.endswith(".toml"))


_FOLDER = files("tracemark.tracing.matching") / "weights"


def read_weights(text: str) -> Weights:
    """Read the text of a version of the weights."""
    return weights_of(tomllib.loads(text))


def weights_of(table: Mapping[str, object]) -> Weights:
    """Return the weights that a table of the shape of `weights/v8.toml` holds."""
    sections = {name: dict(value) for name, value in table.items() if isinstance(value, dict)}
    channel, attributes, register, search = (sections[name] for name in ("channel", "attributes", "register", "search"))
    # Versions before 8 count every weapon of a lot where they tell what strangers look like, those before 7 take
    # strangers of a stated model to be of any maker, those before 6 leave out what another maker has and cannot rival,
    # those before 5 take several readings as of several numbers, version 3 looks no farther than its last stage.
    before = {"one_number": False, "implied_maker": False, "lots_once": False, "usual_beside": 2.0}
    register = {**before, **register}
    usual = {"reach": search["stages"][-1], "most_nodes_beyond": search["most_nodes"], "most_nodes_for_others": 0}
    search = {**usual, **search}
    return Weights(
        version=str(table["version"]),
        misread=channel.pop("misread"),
        channel=channel,
        certainty=sections["certainty"],
        near_years=attributes.pop("years")["near"],
        attributes=attributes,
        **register,
        stages=tuple(search.pop("stages")),
        **search,
        absent=sections["absent"],
    )
