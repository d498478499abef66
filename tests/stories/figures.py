"""The way to a figure, as people tap it."""

from i18n import texts_for
from kpi.catalogue import GROUPS
from playground.people import Account


async def opens_figure(who: Account, name: str, language: str = "en") -> None:
    """From "How is this counted?", by the part it is in."""
    texts = texts_for(language)
    metric = next(
        metric
        for metrics in GROUPS.values()
        for metric in metrics
        if texts.plain(f"kpi-name-{metric.replace('_', '-')}") == name
    )
    group = next(group for group, metrics in GROUPS.items() if metric in metrics)
    await who.taps(texts.plain("kpi-group", group=group))
    await who.taps(name)
