from dataclasses import dataclass, field

from tracemark.exchange import FileReader


@dataclass(frozen=True, slots=True)
class Letterbox:
    """How other nodes reach this one: the key they seal letters to, where they send them, and who answers.

    `endpoint` is the https address below which `/exchange/inbox` lies, "" where letters come as files only.
    """

    reader: FileReader = field(default_factory=FileReader.fleeting)
    endpoint: str = ""
    contact: str = ""
    languages: tuple[str, ...] = ("en",)
