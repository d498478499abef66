"""Pages as they come to supervisors: plenty, a little, nothing."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from kpi.card import Theme
from kpi.comparison import Standing
from kpi.figures import wilson
from kpi.pages import (
    Advice,
    CategoryPage,
    CategoryPanel,
    Cause,
    ComparedRow,
    ComparisonPage,
    Group,
    HourCell,
    HoursPage,
    Page,
    ReasonRow,
    ReasonsPage,
    Scale,
    with_room,
)
from tests.kpi import cards

LEGEND = {
    language: (
        words.legend_week,
        words.legend_interval,
        words.legend_little_data,
        words.legend_target,
    )
    for language, words in cards.WORDS.items()
}
NAMES = {
    "ru": (
        "Анна Соколова",
        "Борис Ким",
        "Вера Тихонова",
        "Денис Павлов",
        "Камила Азимова",
        "Мария Ершова",
        "Олег Савин",
        "Рита Фомина",
    ),
    "en": (
        "Anna Sokolova",
        "Boris Kim",
        "Daniel Park",
        "Emma Featherstone",
        "Maximilian Featherstonehaugh",
        "Olga",
        "Rita Fox",
        "Vera Hill",
    ),
}
HITS = ((139, 160), (118, 142), (97, 113), (88, 108), (105, 121), (126, 154), (61, 70), (110, 133))
TITLES = {
    "ru": ("Выше команды", "Вровень с командой, по алфавиту", "Ниже команды", "Мало данных"),
    "en": ("Above the team", "Level with the team, by name", "Below the team", "Not enough data"),
}


def compared(name: str, hits: int, n: int, standing: Standing, percent: str = " %") -> ComparedRow:
    low, high = wilson(hits, n, 0.995)
    figure = ""
    if standing in (Standing.ABOVE, Standing.BELOW):
        figure = f"{100 * hits / n:.0f}{percent}"
    return ComparedRow(name, standing, 100 * hits / n, 100 * low, 100 * high, str(n), figure)


def groups(language: str, rows: Sequence[ComparedRow]) -> tuple[Group, ...]:
    more = "и ещё {}" if language == "ru" else "and {} more"
    return tuple(
        Group(title, tuple(shown), more.format(rest) if rest else "")
        for title, (shown, rest) in zip(TITLES[language], with_room(rows).values(), strict=True)
        if shown
    )


def team(language: str, theme: Theme = Theme.LIGHT) -> ComparisonPage:
    ru = language == "ru"
    percent = " %" if ru else "%"
    rows = [
        compared("Галина Орлова" if ru else "Galina Orlova", 170, 181, Standing.ABOVE, percent),
        *(
            compared(name, hits, n, Standing.LEVEL)
            for name, (hits, n) in zip(NAMES[language], HITS, strict=True)
        ),
        compared("Лев Маркин" if ru else "Leo Markin", 79, 112, Standing.BELOW, percent),
        compared("Илья Руденко" if ru else "Ilya Rudenko", 3, 4, Standing.LITTLE),
    ]
    return ComparisonPage(
        name="Команда «Доставка»" if ru else "Team “Delivery”",
        dates="26 октября – 22 ноября 2026" if ru else "26 October – 22 November 2026",
        headline="Двое отличаются от команды.\nОстальные от неё неотличимы."
        if ru
        else "Two differ from the team.\nFor the others no difference shows.",
        title="Довольные клиенты: доля оценок 4 и 5"
        if ru
        else "Satisfied customers: ratings of 4 and 5",
        groups=groups(language, rows),
        nothing="За это время сравнивать некого: оценок нет."
        if ru
        else "Nobody to compare: there were no ratings.",
        team=84,
        team_label=f"команда 84{percent}" if ru else f"team 84{percent}",
        n_title="оценок" if ru else "ratings",
        scale=Scale(50, 100, tuple((mark, f"{mark}{percent}") for mark in (50, 75, 100))),
        legend=(
            "Полоса: 95 % интервал, расширенный на число операторов,",
            "чтобы случай никого не вынес ни вверх, ни вниз.",
        )
        if ru
        else (
            "Band: 95% interval, widened for how many are compared,",
            "so that chance moves nobody up or down.",
        ),
        theme=theme,
    )


def small_team(language: str, theme: Theme = Theme.LIGHT) -> ComparisonPage:
    page, ru = team(language, theme), language == "ru"
    rows = [
        compared(name, hits, n, Standing.LITTLE)
        for name, (hits, n) in zip(NAMES[language][:2], ((2, 3), (1, 1)), strict=True)
    ]
    return replace(
        page,
        headline="Сравнивать рано:\nмало данных."
        if ru
        else "Too early to compare:\nnot enough data.",
        groups=groups(language, rows),
        team=75,
    )


def no_team(language: str, theme: Theme = Theme.LIGHT) -> ComparisonPage:
    page, ru = team(language, theme), language == "ru"
    headline = (
        "Сравнивать рано:\nмало данных." if ru else "Too early to compare:\nnot enough data."
    )
    return replace(page, groups=(), team=None, headline=headline)


def large_team(language: str, theme: Theme = Theme.LIGHT) -> ComparisonPage:
    """Sixty operators, some with long names, each at one of the ends."""
    page = team(language, theme)
    names = [f"{name} {number}" for number in range(7) for name in NAMES[language]]
    kinds = [Standing.ABOVE] * 3 + [Standing.BELOW] * 2 + [Standing.LITTLE] * 9
    rows = [
        compared(name, 20 + number % 20, 40, kind)
        for number, (name, kind) in enumerate(
            zip(names, kinds + [Standing.LEVEL] * 42, strict=True)
        )
    ]
    return replace(page, groups=groups(language, rows), team=99, team_label=page.team_label)


def hours(language: str, theme: Theme = Theme.LIGHT) -> HoursPage:
    return _hours(language, theme, range(9, 21), 14)


def whole_days(language: str, theme: Theme = Theme.LIGHT) -> HoursPage:
    return _hours(language, theme, range(24), 180)


def few_hours(language: str, theme: Theme = Theme.LIGHT) -> HoursPage:
    ru = language == "ru"
    page = _hours(language, theme, range(10, 13), 1)
    headline = "Поздних ответов мало:\nзакономерности не видно."
    return replace(
        page,
        headline=headline if ru else "Few late replies:\nno pattern shows.",
        worse_hours=frozenset(),
        worse_days=frozenset(),
    )


def no_hours(language: str, theme: Theme = Theme.LIGHT) -> HoursPage:
    page, ru = hours(language, theme), language == "ru"
    return replace(
        page,
        headline="Никто не ждал\nответа." if ru else "Nobody waited\nfor a reply.",
        cells=(),
        hours=(),
        of=(),
        worse_hours=frozenset(),
        worse_days=frozenset(),
    )


def _hours(language: str, theme: Theme, span: range, busy: int) -> HoursPage:
    ru = language == "ru"
    cells = tuple(
        tuple(
            HourCell(
                waits := max(0, busy * (7 - day) * (12 - abs(hour - 13)) // 30),
                waits // (3 if hour >= 18 else 12),
            )
            for day in range(7)
        )
        for hour in span
    )
    of = " из " if ru else " of "
    return HoursPage(
        name="Команда «Доставка»" if ru else "Team “Delivery”",
        dates="26 октября – 22 ноября 2026" if ru else "26 October – 22 November 2026",
        headline="Опаздываем чаще\nпосле 18:00."
        if ru
        else "Replies are late more often\nafter 18:00.",
        title="Ожидания по часам и дням" if ru else "Waits by hour and weekday",
        hours=tuple(f"{hour}:00" for hour in span),
        days=("пн", "вт", "ср", "чт", "пт", "сб", "вс")
        if ru
        else ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
        cells=cells,
        worse_hours=frozenset(n for n, hour in enumerate(span) if hour >= 18),
        worse_days=frozenset({0}),
        of=tuple(
            f"{sum(c.late for c in row)}{of}{waits}"
            if (waits := sum(c.waits for c in row))
            else ""
            for row in cells
        ),
        total="всего" if ru else "all",
        late="поздно" if ru else "late",
        legend=(
            "ожидания, которые начались в этот час: площадь по их числу",
            "из них ответ позже срока; жирным, где чаще не случайно",
        )
        if ru
        else (
            "waits that began in the hour: the area is how many",
            "of them answered late; bold where more than by chance",
        ),
        nothing="За это время ожиданий не было." if ru else "There were no waits.",
        theme=theme,
    )


REASONS = {
    "ru": (
        "Сам продукт",
        "Вопрос не решён",
        "Долго",
        "Пришлось повторять",
        "Непонятно",
        "Невежливо",
        "Другое",
    ),
    "en": (
        "The product itself",
        "Not solved",
        "Slow",
        "Had to repeat",
        "Unclear",
        "Impolite",
        "Something else",
    ),
}
CAUSES = ((24, 0, 0), (12, 7, 2), (10, 6, 2), (4, 6, 0), (1, 6, 0), (0, 4, 0), (1, 1, 1))


def reasons(language: str, theme: Theme = Theme.LIGHT) -> ReasonsPage:
    ru = language == "ru"
    return _reasons(
        language,
        theme,
        CAUSES,
        "Чаще подводит компания,\nа не оператор." if ru else "The company, more often\nthan we.",
        3,
    )


def few_reasons(language: str, theme: Theme = Theme.LIGHT) -> ReasonsPage:
    ru = language == "ru"
    headline = (
        "Кто подводит чаще,\nпо числам не видно."
        if ru
        else "Who is behind it more often\ndoes not show."
    )
    page = _reasons(language, theme, ((0, 0, 2), (1, 0, 0)), headline, 1)
    return replace(page, advice=())


def no_reasons(language: str, theme: Theme = Theme.LIGHT) -> ReasonsPage:
    page, ru = reasons(language, theme), language == "ru"
    headline = "Плохих оценок\nне было." if ru else "There were no\nbad ratings."
    return replace(page, headline=headline, whole=Cause(0, 0, 0), rows=(), title=page.rows_title)


def many_reasons(language: str, theme: Theme = Theme.LIGHT) -> ReasonsPage:
    causes = (
        (1, 998, 20),
        (700, 1, 2),
        (1, 1, 600),
        (3, 400, 1),
        (9, 200, 9),
        (1, 1, 1),
        (0, 0, 1),
    )
    return _reasons(language, theme, causes, reasons(language).headline, 2)


def _reasons(
    language: str,
    theme: Theme,
    causes: Sequence[tuple[int, int, int]],
    headline: str,
    most: int,
) -> ReasonsPage:
    ru = language == "ru"
    rows, running = [], 0
    all_of = sum(map(sum, causes))
    for label, parts in zip(REASONS[language], causes, strict=False):
        running += sum(parts)
        percent = f"{100 * running / all_of:.0f}{' %' if ru else '%'}"
        rows.append(ReasonRow(label, Cause(*parts), percent))
    whole = Cause(*(sum(parts[at] for parts in causes) for at in range(3)))
    return ReasonsPage(
        name="Команда «Доставка»" if ru else "Team “Delivery”",
        dates="24 августа – 22 ноября 2026" if ru else "24 August – 22 November 2026",
        headline=headline,
        title=f"Плохих оценок: {all_of}. Кто мог это изменить?"
        if ru
        else f"{all_of} bad ratings: who could have changed it",
        whole=whole,
        company="компания" if ru else "the company",
        operator="оператор" if ru else "the operator",
        unsorted="не разобраны" if ru else "not sorted",
        rows_title="Причины" if ru else "Reasons",
        running_title="накоплено" if ru else "running share",
        rows=tuple(rows),
        most=most,
        advice=(
            Advice(
                "Компании" if ru else "For the company",
                "«Сам продукт»: 24 из 87. Расскажите тем, кто его делает."
                if ru
                else "“The product itself”: 24 of 87. Tell those who make it.",
            ),
            Advice(
                "Операторам" if ru else "For operators",
                "«Вопрос не решён»: 7 из 30. Перед закрытием спросите, всё ли."
                if ru
                else "“Not solved”: 7 of 30. Before closing ask: is that all?",
            ),
        ),
        note="Причину называет клиент, чья она, решает супервизор."
        if ru
        else "Customers name the reason, a supervisor says whose it is.",
        nothing="За это время плохих оценок не было." if ru else "There were no bad ratings.",
        theme=theme,
    )


def category(language: str, theme: Theme = Theme.LIGHT) -> CategoryPage:
    """Four metrics, each with three months behind it."""
    ru, card = language == "ru", cards.full(language, theme)
    percents = Scale(40, 100, ((100, "100"), (75, "75"), (50, "50")))
    confirmed = replace(
        card.satisfied,
        n="31 из 38 ответов" if ru else "31 of 38 answers",
        figure="82 %" if ru else "82%",
        target=90,
        target_label="цель 90 %" if ru else "target 90%",
    )
    first = replace(card.first_response, target_label="цель 5 мин" if ru else "target 5 min")
    late = replace(card.overdue, target_label="цель 10 %" if ru else "target 10%")
    titles = (
        ("Решение подтверждено", "Решено с первого раза", "Первый ответ", "Просрочки")
        if ru
        else ("Confirmed as solved", "Solved at the first go", "First response", "Overdue replies")
    )
    minutes = "мин" if ru else "min"
    panels = (
        CategoryPanel(titles[0], confirmed, percents, 100),
        CategoryPanel(titles[1], confirmed, percents, 100),
        CategoryPanel(titles[2], first, Scale(0, 360, ((300, f"5 {minutes}"), (0, "0")))),
        CategoryPanel(titles[3], late, Scale(0, 24, ((20, "20"), (0, "0"))), 100),
    )
    return CategoryPage(
        name=card.name,
        dates=card.dates,
        headline="Решение вопросов: 92.\nПервый ответ заметно быстрее."
        if ru
        else "Problem solving: 92.\nFirst response: faster.",
        panels=panels,
        nothing="Записей для этой категории пока нет." if ru else "No records for this yet.",
        week_labels=card.week_labels,
        legend=LEGEND[language],
        theme=theme,
    )


def thin_category(language: str, theme: Theme = Theme.LIGHT) -> CategoryPage:
    """One metric, little of it, and how it is counted."""
    page, card = category(language, theme), cards.thin(language, theme)
    note = (
        "Оценки 4 и 5 среди всех оценок. Неделя берётся по первому касанию, значение по "
        "последнему. Нет оценки: нет и голоса, это не ноль."
        if language == "ru"
        else "Ratings of 4 and 5 among all ratings. The week is that of the first tap, the value "
        "that of the last. No rating is no vote, not a zero."
    )
    panel = replace(page.panels[0], panel=card.satisfied, title=card.words.satisfied, note=note)
    return replace(page, headline=card.headline, panels=(panel,))


def no_category(language: str, theme: Theme = Theme.LIGHT) -> CategoryPage:
    page = category(language, theme)
    return replace(page, panels=(), headline=page.nothing)


def full_category(language: str, theme: Theme = Theme.LIGHT) -> CategoryPage:
    """Wide numbers, and weeks beyond the axis."""
    page, card = category(language, theme), cards.plenty(language, theme)
    panels = (
        replace(
            page.panels[0],
            panel=replace(card.satisfied, target_label=page.panels[0].panel.target_label),
        ),
        replace(
            page.panels[3],
            panel=replace(card.overdue, target_label=page.panels[3].panel.target_label),
        ),
        replace(
            page.panels[2], panel=replace(card.first_response, target=290, target_label="999 мин")
        ),
    )
    return replace(page, name=card.name, headline=card.headline, panels=panels)


Kind = Callable[[str, Theme], Page]
KINDS: Sequence[Kind] = (
    team,
    small_team,
    no_team,
    large_team,
    hours,
    whole_days,
    few_hours,
    no_hours,
    reasons,
    few_reasons,
    no_reasons,
    many_reasons,
    category,
    thin_category,
    no_category,
    full_category,
)
