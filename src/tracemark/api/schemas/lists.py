from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from tracemark.api.schemas.fields import Limit, Number, WholeDay
from tracemark.recordkeeping import DossierFilter

Standing = Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,20}$")]
"""Where a dossier stands, such as `refused`."""
Agency = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9-]{1,40}$")]
"""An agency's code."""


class Asked(BaseModel):
    """Which dossiers are listed: of one standing, of one agency, due before a day, opened before a position."""

    standing: Standing | None = None
    authority: Agency | None = None
    due_before: WholeDay | None = None
    before: Number | None = None
    limit: Limit = Field(50)

    def wanted(self) -> DossierFilter:
        """Return it as the rooms know it."""
        return DossierFilter(
            frozenset({self.standing} if self.standing else ()),
            self.authority or "",
            self.due_before.isoformat() if self.due_before else "",
            self.before,
            self.limit,
        )
