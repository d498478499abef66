"""Three months a team has behind it, made up but the same each time, as the desk would keep them.

`Past(…).happened(tx)` fills an empty database up to `now`. The cast's regulars have started the
bot and find their last chats on their screens; one of them has not rated the last one yet.
"""

import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

from desk.diary_content import Content
from desk.rules import Rules
from playground.cast import CAST
from playground.chats import Chat, Raw
from playground.past.people import OPERATORS, REGULARS, Habits, Strengths, customers
from playground.past.themes import FOLLOW_UPS, SPAM, THANKS, THEMES, Lines, Theme
from playground.telegram import Telegram
from storage.database import UnitOfWork
from storage.models import (
    Alert,
    AlertKind,
    AlertState,
    Base,
    Channel,
    Comment,
    ContentKind,
    Conversation,
    ConversationEvent,
    ConversationState,
    DiaryEntry,
    DiaryStatus,
    DiaryVersion,
    EventKind,
    Message,
    NotSent,
    Outcome,
    Person,
    Priority,
    Reason,
    ScheduleVersion,
    Survey,
    SurveyTap,
    Timer,
    Urgency,
    Wait,
    WaitEnd,
)

WEEKS = 13
SEED = 20_260_302
WEEK = timedelta(days=7)
BUSY = (24, 20, 18, 17, 18, 10, 7)
"""How much is written on which day, Monday first."""
SCREENS = 2
"""Chats a regular of the cast still has on the screen."""
WAITS_FOR_STARS = 102
"""The customer whose last chat has just ended and is not rated yet."""
JUST_NOW = timedelta(minutes=20)


@dataclass(frozen=True, slots=True)
class Chance:
    """That one customer writes to one operator at a moment."""

    opened: datetime
    operator: int
    """Telegram's number, as `customer.telegram_id`."""
    customer: Habits
    weeks_ago: int


@dataclass(slots=True)
class Chatted:
    """A conversation while it is made up."""

    row: Conversation
    by: Chance
    theme: Theme
    lines: Lines
    order: str
    satisfied: bool
    late: bool = False

    @property
    def closed(self) -> datetime:
        assert self.row.closed_at is not None
        return self.row.closed_at


class Past:
    """`telegram`: where the customers' accounts and the regulars' screens are made."""

    def __init__(self, telegram: Telegram, rules: Rules, now: datetime, hours: tuple[str, str]):
        self._telegram = telegram
        self._rules = rules
        self._now = now
        self._hours = hours
        """WORKING_HOURS and HOLIDAYS as they are spelled."""
        self._dice = Random(SEED)  # noqa: S311 - a game, not a secret
        self._customers = customers(self._dice)
        self._numbers = defaultdict[type[Base], Iterator[int]](lambda: itertools.count(1))
        self._rows = defaultdict[type[Base], list[Base]](list)
        self._people: dict[int, int] = {}
        """Our numbers by Telegram's."""
        self._asked: dict[int, datetime] = {}
        """When a customer had a survey last."""
        self._begins = self._monday(now) - WEEKS * WEEK

    def made_up(self) -> Mapping[type[Base], Sequence[Base]]:
        """All its rows, by table; once."""
        self._meets_people()
        chances = self._chances()
        shown = self._on_screens(chances)
        for place, chance in enumerate(chances):
            self._chat(chance, on_screen=place in shown)
        self._calls_and_visits()
        return self._rows

    async def happened(self, tx: UnitOfWork) -> None:
        """Write it all down, in an empty database."""
        rows = self.made_up()
        team = await tx.teams.ours()
        team.started_at = self._begins
        hours, holidays = self._hours
        tx.teams.keep_schedule(
            ScheduleVersion(
                since=self._begins, hours=hours, holidays=holidays, zone=str(self._rules.zone)
            )
        )
        for kind in IN_ORDER:
            await tx.fill(rows[kind])
        survey = rows[Survey][-1]
        assert isinstance(survey, Survey)
        tx.cards.show(f"survey:{survey.id}", survey.customer_id, self._now, Urgency.SOON)

    # Who there is.

    def _meets_people(self) -> None:
        for part in CAST:
            if part.role != "customer":
                person = self._person(part.id, part.name, part.language)
                person.is_operator = part.role == "operator"
                person.is_supervisor = part.role == "supervisor"
                person.on_shift = person.is_operator
                person.shift_since = self._now - timedelta(hours=2) if person.on_shift else None
                self._telegram.accounts[part.id].chat.started = True
        for habits in self._customers:
            self._person(habits.telegram_id, habits.name, habits.language)
            if habits.telegram_id not in self._telegram.accounts:
                self._telegram.account(habits.name, habits.language, id=habits.telegram_id)
            self._telegram.accounts[habits.telegram_id].chat.started = True

    def _person(self, telegram_id: int, name: str, language: str) -> Person:
        person = Person(
            id=self._next(Person),
            telegram_id=telegram_id,
            name=name,
            telegram_language=language,
            reachable=True,
            greeted_at=self._begins,
            created_at=self._begins,
        )
        self._people[telegram_id] = person.id
        self._keep(person)
        return person

    # When they wrote.

    def _chances(self) -> list[Chance]:
        """In order of time; the last is that of who has yet to rate."""
        found = []
        for number, strengths in OPERATORS.items():
            for ago in range(WEEKS, -1, -1):
                monday = self._monday(self._now) - ago * WEEK
                for _ in range(max(3, round(self._dice.gauss(strengths.chats, 5)))):
                    customer = self._somebody(strengths.language)
                    opened = self._moment(monday, customer)
                    if self._rules.schedule.between(opened, self._now) > 3 * 3600:  # it is over
                        found.append(Chance(opened, number, customer, ago))
        found.sort(key=lambda chance: chance.opened)
        found = list(_one_at_a_time(found))
        last = self._now - JUST_NOW - timedelta(minutes=10)
        found.append(Chance(last, 201, REGULARS[WAITS_FOR_STARS], 0))
        return found

    def _somebody(self, language: str) -> Habits:
        those = [each for each in self._customers if each.language == language]
        return self._dice.choices(those, [each.often for each in those])[0]

    def _moment(self, monday: datetime, customer: Habits) -> datetime:
        day = self._dice.choices(range(7), BUSY)[0]
        hour = min(23.5, max(8.0, self._dice.gauss(customer.hour, 1.6)))
        wall = monday.astimezone(self._rules.zone) + timedelta(days=day)
        moment = wall.replace(hour=int(hour), minute=int(hour % 1 * 60)).astimezone(UTC)
        moment += timedelta(seconds=self._dice.randint(0, 59))
        return self._rules.schedule.opens_after(moment)

    def _monday(self, moment: datetime) -> datetime:
        local = moment.astimezone(self._rules.zone)
        midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
        return (midnight - timedelta(days=local.weekday())).astimezone(UTC)

    def _on_screens(self, chances: Sequence[Chance]) -> set[int]:
        """The places of the last chats of those who have a phone on the page."""
        found: set[int] = set()
        for number in REGULARS:
            theirs = [n for n, each in enumerate(chances) if each.customer.telegram_id == number]
            found |= set(theirs[-SCREENS:])
        return found

    # What was said.

    def _chat(self, chance: Chance, *, on_screen: bool) -> None:
        strengths, customer = OPERATORS[chance.operator], chance.customer
        lately = 1 - chance.weeks_ago / WEEKS
        theme = self._dice.choices(
            THEMES, [each.begins + (each.ends - each.begins) * lately**2 for each in THEMES]
        )[0]
        just_now = chance.opened > self._now - timedelta(hours=2)
        bad_week = strengths.bad_week == chance.weeks_ago
        chance_of_joy = strengths.satisfied + theme.ease + customer.kind - 0.24 * bad_week
        row = Conversation(
            id=self._next(Conversation),
            customer_id=self._people[customer.telegram_id],
            state=ConversationState.CLOSED,
            priority=Priority.NORMAL if just_now else self._priority(),
            holder_id=self._people[chance.operator],
            opened_at=chance.opened,
        )
        chatted = Chatted(
            row,
            chance,
            theme,
            theme.lines[customer.language],
            order=str(self._dice.randint(3100, 4900)),
            satisfied=self._dice.random() < chance_of_joy,
        )
        self._keep(row)
        self._event(row, EventKind.OPENED, chance.opened, row.customer_id)
        if not just_now and self._dice.random() < 0.02:
            self._spam(chatted)
            return
        chat = self._telegram.accounts[customer.telegram_id].chat if on_screen else None
        self._talk(chatted, strengths, chat, slow=2.3 if bad_week else 1.0, just_now=just_now)
        self._close(chatted, just_now=just_now)
        self._survey(chatted, just_now=just_now)
        if not just_now and self._dice.random() < strengths.writes_diary:
            self._diary(chatted)

    def _priority(self) -> Priority:
        odds = {Priority.NORMAL: 88, Priority.HIGH: 6, Priority.LOW: 4, Priority.URGENT: 2}
        return self._dice.choices(list(odds), list(odds.values()))[0]

    def _talk(
        self,
        chatted: Chatted,
        strengths: Strengths,
        chat: Chat | None,
        *,
        slow: float,
        just_now: bool,
    ) -> None:
        row, lines, language = chatted.row, chatted.lines, chatted.by.customer.language
        operator = self._people[chatted.by.operator]
        pressing = 0.7 if row.priority in (Priority.URGENT, Priority.HIGH) else 1.0
        asked, last = row.opened_at, self._dice.randint(1, len(lines.answers))
        ask = self._dice.choice(lines.asks).format(n=chatted.order)
        for place, words in enumerate(lines.answers[: last + 1]):
            median = strengths.seconds * slow * pressing * (1.0 if place == 0 else 0.7)
            took = max(12.0, self._dice.lognormvariate(0, 0.5) * median)
            if just_now:
                took = min(took, 120.0)  # it has to be over by now
            answered = self._rules.schedule.add(asked, round(took))
            self._message(row, row.customer_id, ask, asked, chat)
            self._wait(chatted, asked, answered, operator, first=place == 0)
            self._message(row, operator, words.format(n=chatted.order), answered, chat)
            if place == 0:
                row.taken_at = min(answered, asked + timedelta(seconds=round(took / 3)))
                row.first_answer_at, row.first_answer_by_id = answered, operator
                self._event(row, EventKind.TAKEN, row.taken_at, operator)
            row.last_in_at, row.last_out_at = asked, answered
            row.last_answer_by_id = operator
            ask = self._dice.choice(THANKS[language])
            asked = answered + timedelta(seconds=self._dice.randint(30, 200))

    def _wait(
        self, chatted: Chatted, asked: datetime, answered: datetime, operator: int, *, first: bool
    ) -> None:
        limit = self._rules.reply_within[chatted.row.priority].total_seconds()
        due = self._rules.schedule.add(asked, limit)
        seconds = round(self._rules.schedule.between(asked, answered))
        late = answered > due
        chatted.late = chatted.late or late
        wait = Wait(
            id=self._next(Wait),
            conversation_id=chatted.row.id,
            first=first,
            priority=chatted.row.priority,
            started_at=asked,
            due_at=due,
            limit_seconds=int(limit),
            operator_since=asked,
            holder_at_due_id=operator if late else None,
            ended_at=answered,
            end=WaitEnd.ANSWERED,
            answered_by_id=operator,
            overdue=late,
            team_seconds=seconds,
            operator_seconds=seconds,
            calendar_seconds=round((answered - asked).total_seconds()),
        )
        self._keep(wait)
        if late:
            self._keep(
                Alert(
                    id=self._next(Alert),
                    kind=AlertKind.OVERDUE,
                    state=AlertState.SETTLED,
                    conversation_id=chatted.row.id,
                    wait_id=wait.id,
                    raised_at=due,
                )
            )

    def _message(
        self,
        row: Conversation | None,
        author: int,
        words: str,
        at: datetime,
        chat: Chat | None = None,
    ) -> Message:
        """`row` None: a comment beside stars. With a `chat` it stands on the customer's screen."""
        from_customer = row is None or author == row.customer_id
        number = row_id = self._next(Message)
        if chat is not None:
            account = self._telegram.accounts[chat.id]
            sender: Raw = account.user if from_customer else chat.bot.user
            number = chat.new({"text": words}, at, sender).message_id
        message = Message(
            id=row_id,
            conversation_id=row.id if row else None,
            author_id=author,
            from_customer=from_customer,
            sent_at=at,
            kind=ContentKind.TEXT,
            text=words,
            telegram_message_id=number,
        )
        self._keep(message)
        return message

    def _spam(self, chatted: Chatted) -> None:
        row, opened = chatted.row, chatted.by.opened
        operator = self._people[chatted.by.operator]
        closed = opened + timedelta(seconds=self._dice.randint(20, 200))
        self._message(row, row.customer_id, SPAM[chatted.by.customer.language], opened)
        row.taken_at = closed - timedelta(seconds=10)
        row.closed_at, row.closed_by_id, row.outcome = closed, operator, Outcome.SPAM
        row.last_in_at = opened
        limit = self._rules.reply_within[row.priority].total_seconds()
        self._keep(
            Wait(
                id=self._next(Wait),
                conversation_id=row.id,
                first=True,
                priority=row.priority,
                started_at=opened,
                due_at=self._rules.schedule.add(opened, limit),
                limit_seconds=int(limit),
                ended_at=closed,
                end=WaitEnd.SPAM,
                overdue=False,
            )
        )
        self._event(row, EventKind.TAKEN, row.taken_at, operator)
        self._event(row, EventKind.CLOSED, closed, operator, Outcome.SPAM.value)
        self._not_asked(row, NotSent.SPAM)

    # How it ended.

    def _close(self, chatted: Chatted, *, just_now: bool) -> None:
        row = chatted.row
        assert row.last_out_at is not None
        operator: int | None = self._people[chatted.by.operator]
        solved = just_now or self._dice.random() < (0.96 if chatted.satisfied else 0.62)
        outcome = Outcome.SOLVED if solved else Outcome.NOT_SOLVED
        at = row.last_out_at + timedelta(seconds=self._dice.randint(60, 900))
        silent = row.last_out_at + self._rules.close_after
        if just_now:
            at = max(row.last_out_at, self._now - JUST_NOW)
        elif silent < self._now and self._dice.random() < 0.04:
            operator, outcome, at = None, Outcome.NO_ANSWER, silent
        row.closed_at, row.closed_by_id, row.outcome = at, operator, outcome
        self._event(row, EventKind.CLOSED, at, operator, outcome.value)

    def _not_asked(self, row: Conversation, why: NotSent) -> None:
        self._keep(
            Survey(
                id=self._next(Survey),
                conversation_id=row.id,
                customer_id=row.customer_id,
                operator_id=row.last_answer_by_id,
                not_sent=why,
            )
        )

    def _survey(self, chatted: Chatted, *, just_now: bool) -> None:
        row, closed = chatted.row, chatted.closed
        before = self._asked.get(row.customer_id)
        if not just_now and before is not None and closed - before < timedelta(hours=24):
            self._not_asked(row, NotSent.RECENT)
            return
        self._asked[row.customer_id] = closed
        expires = closed + self._rules.survey_expires
        survey = Survey(
            id=self._next(Survey),
            conversation_id=row.id,
            customer_id=row.customer_id,
            operator_id=row.last_answer_by_id,
            sent_at=closed,
            expires_at=expires,
            expired=expires <= self._now,
        )
        self._keep(survey)
        if expires > self._now:
            self._due("survey-expires", survey.id, expires)
        rated = closed + timedelta(seconds=round(self._dice.expovariate(1 / 1500)) + 8)
        answers = self._dice.random() < chatted.by.customer.rates
        if not just_now and answers and rated < min(self._now, expires):
            self._rate(chatted, survey, rated)

    def _rate(self, chatted: Chatted, survey: Survey, rated: datetime) -> None:
        if chatted.satisfied and not (chatted.late and self._dice.random() < 0.35):
            stars = self._dice.choices((5, 4), (7, 3))[0]
        else:
            stars = self._dice.choices((3, 2, 1), (3, 3, 4))[0]
        survey.stars = survey.lowest = stars
        survey.rated_at = survey.changed_at = rated
        self._tap(survey, "stars", str(stars), rated)
        a_little_later = rated + timedelta(seconds=self._dice.randint(4, 30))
        if stars <= self._rules.negative_rating:
            survey.reasons = self._reasons(chatted)
            for reason in survey.reasons:
                self._tap(survey, "reason", reason, a_little_later)
        elif self._dice.random() < 0.6:
            survey.solved = chatted.row.outcome is Outcome.SOLVED and (
                stars > 3 or self._dice.random() < 0.5
            )
            survey.solved_at = a_little_later
            self._tap(survey, "solved", "yes" if survey.solved else "no", a_little_later)
        if self._dice.random() < 0.3:
            lines = chatted.lines
            words = self._dice.choice(lines.praise if stars > 3 else lines.complaint)
            message = self._message(None, survey.customer_id, words, a_little_later)
            self._keep(
                Comment(
                    id=self._next(Comment),
                    survey_id=survey.id,
                    message_id=message.id,
                    at=a_little_later,
                )
            )
        if stars <= self._rules.negative_rating:
            self._alert(chatted, survey, rated)

    def _reasons(self, chatted: Chatted) -> list[str]:
        ticked = {self._dice.choice(chatted.theme.reasons)}
        if chatted.late:
            ticked.add(Reason.SLOW)
        if self._dice.random() < 0.08:
            ticked.add(Reason.IMPOLITE)
        return [reason.value for reason in Reason if reason in ticked]

    def _tap(self, survey: Survey, question: str, value: str, at: datetime) -> None:
        self._keep(
            SurveyTap(
                id=self._next(SurveyTap),
                survey_id=survey.id,
                question=question,
                value=value,
                at=at,
            )
        )

    def _alert(self, chatted: Chatted, survey: Survey, raised: datetime) -> None:
        supervisor = self._people[self._dice.choice((301, 302))]
        taken = raised + timedelta(seconds=self._dice.randint(60, 560))
        done = taken + timedelta(minutes=self._dice.randint(15, 200))
        alert = Alert(
            id=self._next(Alert),
            kind=AlertKind.RATING,
            conversation_id=chatted.row.id,
            survey_id=survey.id,
            raised_at=raised,
        )
        self._keep(alert)
        if taken > self._now:
            self._due("escalate", alert.id, raised + self._rules.escalate_after)
            return
        alert.state, alert.taken_by_id, alert.taken_at = AlertState.TAKEN, supervisor, taken
        if done > self._now:
            due = self._rules.schedule.add(taken, timedelta(hours=4).total_seconds())
            self._due("alert-remind", alert.id, due)
            return
        alert.state, alert.done_by_id, alert.done_at = AlertState.DONE, supervisor, done
        alert.note = self._dice.choice(FOLLOW_UPS[chatted.by.customer.language])
        alert.asked, alert.asked_at = 1, done
        answered = done + timedelta(minutes=self._dice.randint(2, 90))
        if answered < self._now and self._dice.random() < 0.6:
            alert.state, alert.fixed, alert.answered_at = AlertState.FIXED, True, answered

    # The diary.

    def _diary(self, chatted: Chatted) -> None:
        row, lines = chatted.row, chatted.lines
        saved = chatted.closed + timedelta(seconds=self._dice.randint(30, 400))
        if saved > self._now:
            return
        pleased = chatted.satisfied or self._dice.random() < 0.25
        solved = row.outcome is Outcome.SOLVED
        content = Content(
            at=row.opened_at,
            channel=Channel.TELEGRAM,
            customer_id=row.customer_id,
            customer_name=chatted.by.customer.name,
            request=lines.request.format(n=chatted.order),
            done=lines.done,
            result=lines.result if solved else "",
            mood=self._dice.choices((5, 4, 3), (3, 5, 2))[0]
            if pleased
            else self._dice.choices((3, 2, 1), (4, 4, 2))[0],
            status=DiaryStatus.DONE if solved else DiaryStatus.OPEN,
        )
        operator = row.closed_by_id or row.holder_id
        assert operator is not None
        self._entry(content, operator, saved, row.id)

    def _calls_and_visits(self) -> None:
        """What did not come by Telegram: a few each week."""
        elsewhere = (Channel.PHONE, Channel.EMAIL, Channel.VISIT)
        for number, strengths in OPERATORS.items():
            for ago in range(WEEKS, -1, -1):
                for _ in range(self._dice.randint(2, 5)):
                    customer = self._somebody(strengths.language)
                    monday = self._monday(self._now) - ago * WEEK
                    at = self._moment(monday, customer)
                    saved = at + timedelta(minutes=self._dice.randint(5, 40))
                    lines = self._dice.choice(THEMES).lines[strengths.language]
                    content = Content(
                        at=at,
                        channel=self._dice.choices(elsewhere, (7, 2, 1))[0],
                        customer_name=customer.name,
                        request=lines.request.format(n=self._dice.randint(3100, 4900)),
                        done=lines.done,
                        result=lines.result,
                        mood=self._dice.choice((3, 4, 4, 5)),
                        status=DiaryStatus.DONE,
                    )
                    if saved < self._now:
                        self._entry(content, self._people[number], saved, None)

    def _entry(
        self, content: Content, operator: int, saved: datetime, conversation: int | None
    ) -> None:
        entry = DiaryEntry(
            id=self._next(DiaryEntry),
            conversation_id=conversation,
            operator_id=operator,
            saved_at=saved,
            version=1,
        )
        content.put_into(entry)
        self._keep(entry)
        self._keep(
            DiaryVersion(
                id=self._next(DiaryVersion),
                entry_id=entry.id,
                version=1,
                content=content.to_json(),
                saved_at=saved,
                saved_by_id=operator,
            )
        )

    # Rows.

    def _event(
        self, row: Conversation, kind: EventKind, at: datetime, by: int | None, text: str = ""
    ) -> None:
        self._keep(
            ConversationEvent(
                id=self._next(ConversationEvent),
                conversation_id=row.id,
                at=at,
                kind=kind,
                by_id=by,
                text=text or None,
            )
        )

    def _due(self, kind: str, about: int, at: datetime) -> None:
        self._keep(Timer(id=self._next(Timer), kind=kind, about_id=about, due_at=at))

    def _keep(self, row: Base) -> None:
        self._rows[type(row)].append(row)

    def _next(self, kind: type[Base]) -> int:
        return next(self._numbers[kind])


IN_ORDER = (
    Person,
    Conversation,
    ConversationEvent,
    Message,
    Wait,
    Survey,
    SurveyTap,
    Comment,
    Alert,
    DiaryEntry,
    DiaryVersion,
    Timer,
)
"""So that what a row refers to is there before it."""


def _one_at_a_time(chances: Sequence[Chance]) -> Iterator[Chance]:
    """A customer is in one conversation at a time."""
    free: dict[int, datetime] = {}
    for chance in chances:
        number = chance.customer.telegram_id
        if chance.opened >= free.get(number, chance.opened):
            free[number] = chance.opened + timedelta(hours=2)
            yield chance
