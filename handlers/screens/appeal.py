"""An appeal with both views in front: the customer's words, the operator's, the decision."""

from collections.abc import Sequence

from aiogram.types import InlineKeyboardMarkup

from desk import appeals
from handlers.callbacks import (
    HistoryTap,
)
from handlers.figure_callbacks import (
    AppealDecideTap,
)
from handlers.keyboards import button, keyboard
from handlers.screens import alert, rating, record
from handlers.screens import figures as spell
from handlers.screens.screen import Look, Screen
from i18n.pages import cut
from kpi.figures import Figure
from storage.models import Appeal, AppealState, Message, Role

NAME = 64


async def screen(look: Look, appeal_id: int) -> Screen | None:
    """For the operator whose it is, and for supervisors."""
    appeal = await look.tx.appeals.get(appeal_id)
    if appeal is None:
        return None
    own = look.reader.id == appeal.operator_id
    if not look.reader.may(Role.OPERATOR if own else Role.SUPERVISOR):
        return None
    texts = look.texts
    operator = await look.tx.people.one(appeal.operator_id)
    comments = await record.comments_of(look, appeal.survey_id)
    return Screen(
        texts.lines(
            texts("appeal-title", kind=appeal.kind.value, number=appeal.conversation_id),
            *await _record(look, appeal, comments),
            *await alert.last_words(look, appeal.conversation_id, comments),
            texts("appeal-why", name=cut(operator.shown_name, NAME), own="yes" if own else "no"),
            texts.quote(appeal.why) if appeal.why else None,
            *await _decision(look, appeal),
            await _effect(look, appeal),
        ),
        _buttons(look, appeal, own=own),
    )


async def _record(look: Look, appeal: Appeal, comments: Sequence[Message]) -> Sequence[str | None]:
    """What the customer did."""
    texts = look.texts
    if appeal.survey_id is None:
        return [record.waited(look, await look.tx.waits.one(appeal.wait_id or 0))]
    survey = await look.tx.surveys.one(appeal.survey_id)
    customer = await look.tx.people.one(survey.customer_id)
    stars = survey.stars or 0
    row = "★" * stars + "☆" * (5 - stars)
    return [
        texts("appeal-stars", row=row, name=cut(customer.shown_name, NAME)),
        rating.reasons_line(texts, survey),
        *rating.quotes(texts, comments),
    ]


async def _decision(look: Look, appeal: Appeal) -> Sequence[str | None]:
    texts = look.texts
    if appeal.decided_by_id is None or appeal.decided_at is None:
        return [texts("appeal-open")]
    by = await look.tx.people.one(appeal.decided_by_id)
    return [
        texts(
            "appeal-decided",
            state=appeal.state.value,
            name=cut(by.shown_name, NAME),
            at=look.moment(appeal.decided_at),
        ),
        texts.quote(appeal.note) if appeal.note else None,
    ]


async def _effect(look: Look, appeal: Appeal) -> str:
    """What taking it out does to the week's figure, or would do."""
    texts = look.texts
    found = await appeals.effect(look.tx, appeal, look.rules, look.now)

    def told(figure: Figure) -> str:
        value = spell.value(texts, found.metric, figure)
        return f"{value} ({spell.n(texts, found.metric, figure)})" if figure.enough else value

    return texts(
        "appeal-effect",
        name=spell.name(texts, found.metric),
        days=spell.when(texts, found.week, look.rules.zone, look.now),
        state=appeal.state.value,
        counted=told(found.counted),
        excluded=told(found.excluded),
    )


def _buttons(look: Look, appeal: Appeal, *, own: bool) -> InlineKeyboardMarkup:
    plain, number = look.texts.plain, appeal.id
    history = button(plain("kpi-one-messages"), HistoryTap(conversation_id=appeal.conversation_id))
    if own or appeal.state is not AppealState.OPEN:
        return keyboard([history])
    uphold = AppealDecideTap(appeal_id=number, upheld=True)
    decline = AppealDecideTap(appeal_id=number, upheld=False)
    return keyboard(
        [button(plain("appeal-uphold"), uphold), button(plain("appeal-decline"), decline)],
        [history],
    )
