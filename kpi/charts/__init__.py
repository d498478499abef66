"""Pictures of figures: PNG bytes from plain values, in the reader's words."""

from kpi.charts.weekly import weekly_card

__all__ = ["weekly_card"]
