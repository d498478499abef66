"""The operators' diary, and the weeks' figures as people were shown them."""

from datetime import date

from sqlalchemy import select

from storage.collection import Collection
from storage.models import DiaryEntry, KpiPush


class Diary(Collection[DiaryEntry]):
    kind = DiaryEntry


class Pushes(Collection[KpiPush]):
    kind = KpiPush

    async def of_week(self, person_id: int, week: date) -> KpiPush | None:
        """What the person was shown for the week that begins on `week`; None: nothing yet."""
        found: KpiPush | None = await self._session.scalar(
            select(KpiPush).where(KpiPush.person_id == person_id, KpiPush.week == week)
        )
        return found
