"""Many late replies at once are one list: one sound for a supervisor, and a line for each.

After an outage, or when a shift does not turn up, ten customers become late in the same minute.
Ten messages would ring ten times and hide each other.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from storage.database import UnitOfWork
from storage.models import Alert, AlertState

AT_MOST = 5
"""Late replies of one minute that each have a card of their own."""
WITHIN = timedelta(minutes=1)


async def joins(tx: UnitOfWork, alert: Alert, now: datetime) -> Sequence[Alert]:
    """Those that are from now on lines of a list, with `alert` the last of them; none: too few.

    The one that made it too many begins the list, and gives it its number; what is raised within a
    minute of it is added. Who has waited longer for the next list hears of it by another sound.
    """
    lately = await tx.alerts.late_since(now - WITHIN)
    if len(lately) <= AT_MOST:
        return []
    begun = [other.id for other in lately if other.digest_id == other.id]
    if begun:
        alert.digest_id = begun[-1]
        return [alert]
    listed = [a for a in lately if a.digest_id is None and a.state is AlertState.OPEN]
    for other in listed:
        other.digest_id = alert.id
    return listed


def subject(digest_id: int) -> str:
    return f"late-replies:{digest_id}"
