"""Plans people are scored by, and what was said about them."""

from collections.abc import Sequence

from sqlalchemy import select

from storage.collection import Collection
from storage.models import KpiPlan, PlanRemark, PlanState


class Plans(Collection[KpiPlan]):
    kind = KpiPlan

    async def of(self, operator_id: int) -> Sequence[KpiPlan]:
        """Every version, the newest first."""
        found = await self._session.scalars(
            select(KpiPlan).where(KpiPlan.operator_id == operator_id).order_by(KpiPlan.id.desc())
        )
        return found.all()

    async def agreed(self, operator_id: int) -> Sequence[KpiPlan]:
        """What both sides accepted, the newest first; of two for one week the later one counts."""
        found = await self._session.scalars(
            select(KpiPlan)
            .where(KpiPlan.operator_id == operator_id, KpiPlan.since.is_not(None))
            .order_by(KpiPlan.since.desc(), KpiPlan.version.desc())
        )
        return found.all()

    async def in_hand(self, state: PlanState) -> Sequence[KpiPlan]:
        """Everybody's in that state."""
        found = await self._session.scalars(
            select(KpiPlan).where(KpiPlan.state == state).order_by(KpiPlan.id)
        )
        return found.all()

    async def remarks(self, operator_id: int, limit: int) -> Sequence[PlanRemark]:
        """The last that was said about the operator's plans, in order."""
        found = await self._session.scalars(
            select(PlanRemark)
            .join(KpiPlan, KpiPlan.id == PlanRemark.plan_id)
            .where(KpiPlan.operator_id == operator_id)
            .order_by(PlanRemark.id.desc())
            .limit(limit)
        )
        return found.all()[::-1]

    def say(self, remark: PlanRemark) -> None:
        self._session.add(remark)

    async def remove(self, plan: KpiPlan) -> None:
        await self._session.delete(plan)
