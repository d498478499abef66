"""Pictures of figures: PNG bytes from plain values, in the reader's words."""

from kpi.card import WeeklyCard
from kpi.charts.category import category_page
from kpi.charts.hours import hours_page
from kpi.charts.reasons import reasons_page
from kpi.charts.team import comparison_page
from kpi.charts.weekly import weekly_card
from kpi.pages import CategoryPage, ComparisonPage, HoursPage, Page

__all__ = ["picture", "weekly_card"]


def picture(about: WeeklyCard | Page) -> bytes:
    """The picture of whatever there is to show."""
    match about:
        case WeeklyCard():
            return weekly_card(about)
        case CategoryPage():
            return category_page(about)
        case ComparisonPage():
            return comparison_page(about)
        case HoursPage():
            return hours_page(about)
        case _:
            return reasons_page(about)
