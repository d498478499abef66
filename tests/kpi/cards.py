"""Cards as they come to people: a full week, a thin one, an empty one, a week of plenty."""

from dataclasses import replace

from kpi.card import (
    CardWords,
    Panel,
    Remark,
    ScoreBlock,
    ScorePart,
    Theme,
    Tone,
    WeeklyCard,
)
from kpi.figures import Figure, median_of, share

WORDS = {
    "ru": CardWords(
        satisfied="Довольные клиенты",
        first_response="Первый ответ",
        overdue="Просрочки",
        going_well="Получается",
        score_target="цель 100",
        legend_week="неделя",
        legend_interval="95 % интервал",
        legend_little_data="мало данных",
        legend_target="цель, лимит",
    ),
    "en": CardWords(
        satisfied="Satisfied customers",
        first_response="First response",
        overdue="Overdue replies",
        going_well="Going well",
        score_target="target 100",
        legend_week="week",
        legend_interval="95% interval",
        legend_little_data="not enough data",
        legend_target="target, limit",
    ),
}
DAYS = (31, 7, 14, 21, 28, 5, 12, 19, 26, 2, 9, 16)
MONTHS = {"ru": ("авг", "сен", "окт", "ноя"), "en": ("Aug", "Sep", "Oct", "Nov")}
MONTH = (0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3)
LABELS = {
    language: tuple(f"{day} {names[month]}" for day, month in zip(DAYS, MONTH, strict=True))
    for language, names in MONTHS.items()
}
PARTS = {
    "ru": ("Общение", "Решение вопросов", "Удовлетворённость", "Развитие", "Инициатива"),
    "en": ("Communication", "Problem solving", "Satisfaction", "Development", "Initiative"),
}


def shares(least_n: int, *weeks: tuple[int, int]) -> tuple[Figure, ...]:
    return tuple(share(hits, n, least_n) for hits, n in weeks)


def around(*weeks: tuple[float, int]) -> tuple[Figure, ...]:
    """Medians in seconds, each of so many times spread around it."""
    return tuple(
        median_of([middle * (0.3 + 1.4 * i / max(1, n - 1)) for i in range(n)], 10)
        for middle, n in weeks
    )


SATISFIED = shares(
    5,
    *((18, 22), (17, 22), (20, 24), (2, 3), (0, 0), (21, 25), (17, 21)),
    *((22, 25), (21, 25), (3, 4), (21, 25), (37, 42)),
)
FIRST = around(
    *((248, 40), (262, 40), (236, 28), (300, 5), (0, 0), (250, 45), (229, 40)),
    *((242, 44), (233, 40), (190, 4), (226, 25), (170, 63)),
)
OVERDUE = shares(
    10,
    *((14, 99), (14, 97), (13, 95), (1, 8), (0, 0), (13, 97), (10, 104)),
    *((13, 97), (10, 104), (2, 9), (12, 108), (11, 186)),
)


def parts(language: str, *points: float | None, none: str = "") -> tuple[ScorePart, ...]:
    return tuple(
        ScorePart(label, p, none if p is None else f"{p:.0f}")
        for label, p in zip(PARTS[language], points, strict=True)
    )


def full(language: str, theme: Theme = Theme.LIGHT) -> WeeklyCard:
    ru = language == "ru"
    return WeeklyCard(
        name="Анна Соколова" if ru else "Anna Sokolova",
        dates="16–22 ноября 2026" if ru else "16–22 November 2026",
        headline="Вы отвечаете быстрее.\nОстальное без заметных изменений."
        if ru
        else "You answer faster.\nEverything else: no real change.",
        score=ScoreBlock(
            value="90",
            title="балл недели" if ru else "score this week",
            lines=("на прошлой 86" if ru else "last week 86",),
            parts=parts(language, 104, 92, 96, 70, 50),
        ),
        satisfied=Panel(
            weeks=SATISFIED,
            figure="88 %" if ru else "88%",
            n="37 из 42 оценок: 4 или 5" if ru else "37 of 42 ratings were 4 or 5",
            change="без заметных изменений" if ru else "no real change",
            change_short="как обычно" if ru else "as usual",
            tone=Tone.MUTED,
            target=85,
            target_label="цель 85 %" if ru else "target 85%",
        ),
        first_response=Panel(
            weeks=FIRST,
            figure="2 мин 50 с" if ru else "2 min 50 s",
            n="63 диалога" if ru else "63 chats",
            change="заметно быстрее" if ru else "faster",
            change_short="быстрее" if ru else "faster",
            tone=Tone.BETTER,
            target=300,
            target_label="5 мин" if ru else "5 min",
        ),
        limit=300,
        overdue=Panel(
            weeks=OVERDUE,
            figure="6 %" if ru else "6%",
            n="из 186" if ru else "of 186",
            change="без заметных изменений" if ru else "no real change",
            change_short="как обычно" if ru else "as usual",
            tone=Tone.MUTED,
            target=10,
            target_label="10 %" if ru else "10%",
        ),
        week_labels=LABELS[language],
        ratings_title="42 оценки" if ru else "42 ratings",
        ratings=(29, 8, 2, 1, 2),
        praise="58 из 63 клиентов ждали первого ответа меньше 5 минут."
        if ru
        else "58 of 63 customers had your first reply within 5 minutes.",
        work_on=Remark(
            "Над чем поработать" if ru else "To work on",
            "7 из 11 просрочек после 18:00.\nПередайте очередь до конца смены."
            if ru
            else "7 of 11 late replies came after 18:00.\nHand the queue over before you leave.",
        ),
        words=WORDS[language],
        theme=theme,
    )


def thin(language: str, theme: Theme = Theme.LIGHT) -> WeeklyCard:
    ru = language == "ru"
    card = full(language, theme)
    little = "мало данных" if ru else "not enough data"
    return replace(
        card,
        name="Илья Руденко" if ru else "Ilya Rudenko",
        headline="Короткая неделя:\nдля выводов мало данных."
        if ru
        else "A short week:\nnot enough data to judge.",
        score=ScoreBlock(
            value=None,
            title="Балла нет" if ru else "No score",
            lines=("нужно 5 оценок", "и 10 диалогов")
            if ru
            else ("needs 5 ratings", "and 10 chats"),
            parts=parts(language, None, None, None, 60, 0, none=little),
        ),
        satisfied=replace(
            card.satisfied,
            weeks=(*SATISFIED[:3], *SATISFIED[5:9], *SATISFIED[5:9], *shares(5, (2, 3))),
            figure="2 из 3" if ru else "2 of 3",
            n="оценок: 4 или 5" if ru else "ratings were 4 or 5",
            change=f"{little} (3 {'из' if ru else 'of'} 5)",
        ),
        first_response=replace(
            card.first_response,
            weeks=(*FIRST[:3], *FIRST[5:9], *FIRST[5:8], FIRST[10], *around((150, 4))),
            figure="",
            n="",
            change=f"{little} (4 {'из' if ru else 'of'} 10)",
            tone=Tone.MUTED,
        ),
        overdue=replace(
            card.overdue,
            weeks=(*OVERDUE[:3], *OVERDUE[5:9], *OVERDUE[5:8], OVERDUE[10], *shares(10, (0, 9))),
            figure="0 из 9" if ru else "0 of 9",
            n="",
            change=f"{little} (9 {'из' if ru else 'of'} 10)",
        ),
        ratings_title="3 оценки" if ru else "3 ratings",
        ratings=(2, 0, 1, 0, 0),
        praise="Все 9 ответов ушли вовремя." if ru else "All 9 replies went out in time.",
        work_on=Remark(
            "Над чем поработать" if ru else "To work on",
            "По трём оценкам не скажешь.\nВернёмся к этому через неделю."
            if ru
            else "Three ratings do not tell.\nLet us look again in a week.",
            known=False,
        ),
    )


def none(language: str, theme: Theme = Theme.LIGHT) -> WeeklyCard:
    """The first week of somebody new: nothing has happened yet."""
    ru = language == "ru"
    card = thin(language, theme)
    nothing = "пока нет данных" if ru else "no data yet"
    empty = replace(card.satisfied, figure="", n="", change=nothing, tone=Tone.MUTED)
    return replace(
        card,
        name="Юлия Ким" if ru else "Julia Kim",
        headline="Первая неделя.\nДанные появятся с разговорами."
        if ru
        else "Your first week.\nFigures come with the first chats.",
        score=replace(card.score, parts=parts(language, *[None] * 5, none=nothing)),
        satisfied=replace(empty, weeks=shares(5, *[(0, 0)] * 12)),
        first_response=replace(
            card.first_response, weeks=around(*[(0.0, 0)] * 12), change=nothing, figure=""
        ),
        overdue=replace(
            card.overdue, weeks=shares(10, *[(0, 0)] * 12), change=nothing, figure="", n=""
        ),
        ratings_title="Оценок нет" if ru else "No ratings",
        ratings=(0, 0, 0, 0, 0),
        praise="",
        work_on=None,
    )


def plenty(language: str, theme: Theme = Theme.LIGHT) -> WeeklyCard:
    """A big team in a bad quarter: wide numbers, axes at their ends, long words."""
    ru = language == "ru"
    card = full(language, theme)
    return replace(
        card,
        name="Максимилиан Константинопольский-Преображенский"
        if ru
        else "Maximilian Featherstonehaugh-Cholmondeley the Third",
        headline="Клиенты довольны заметно реже, ответы заметно медленнее, просрочки чаще."
        if ru
        else "Fewer satisfied customers, slower replies, more often late than the week before.",
        score=replace(card.score, value="120", parts=parts(language, 120, 120, 0, 3, 100)),
        satisfied=replace(
            card.satisfied,
            weeks=shares(5, *[(700 - 45 * i, 1000) for i in range(12)]),
            figure="21 %" if ru else "21%",
            n="2 050 из 10 000 оценок: 4 или 5" if ru else "2,050 of 10,000 ratings were 4 or 5",
            change="заметно хуже" if ru else "worse",
            tone=Tone.WORSE,
        ),
        first_response=replace(
            card.first_response,
            weeks=around(*[(700.0 + 130 * i, 600) for i in range(12)]),
            figure="35 мин 30 с" if ru else "35 min 30 s",
            n="12 345 диалогов" if ru else "12,345 chats",
            change="медленнее" if ru else "slower",
            tone=Tone.WORSE,
            target=1800,
            target_label="30 мин" if ru else "30 min",
        ),
        limit=1800,
        overdue=replace(
            card.overdue,
            weeks=shares(10, *[(100 + 60 * i, 1000) for i in range(12)]),
            figure="76 %" if ru else "76%",
            n="из 54 321" if ru else "of 54,321",
            change="заметно чаще" if ru else "more often",
            tone=Tone.WORSE,
        ),
        ratings_title="10 000 оценок" if ru else "10,000 ratings",
        ratings=(1500, 550, 1, 2949, 5000),
        praise="9 876 из 10 000 клиентов дождались ответа, а это больше, чем на прошлой неделе."
        if ru
        else "9,876 of 10,000 customers waited for their answer, more than in the week before.",
        work_on=replace(
            card.work_on or Remark("", ""),
            text="4 100 из 5 000 единиц пришли ночью, когда на смене один человек. "
            "Поставьте второго оператора."
            if ru
            else "4,100 of 5,000 one-star ratings came at night with one person on shift. "
            "Plan a second operator.",
        ),
    )
