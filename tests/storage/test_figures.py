"""Facts by SQL against the same ground rules in plain Python, over random small teams."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest

from desk import why
from desk.reports import figures_of
from desk.rules import TIMEZONE, Rules
from desk.team import facts_between
from kpi.records import (
    ClosedConversation,
    FirstResponse,
    Foreseen,
    Rating,
    Recovery,
    Said,
    SolvedAnswer,
    SurveyOutcome,
    SurveyState,
    WeekAfter,
    WrittenEntry,
)
from kpi.records import Outcome as Closed
from kpi.records import Wait as Waited
from kpi.records import WaitEnd as Ended
from kpi.worktime import Schedule
from storage.database import Database
from storage.models import (
    Alert,
    AlertKind,
    AlertState,
    Base,
    ContentKind,
    Conversation,
    ConversationEvent,
    ConversationState,
    DiaryEntry,
    DiaryVersion,
    EventKind,
    Message,
    NotSent,
    Outcome,
    Person,
    Priority,
    Survey,
    Wait,
    WaitEnd,
)

CLOSED_KINDS = {EventKind.CLOSED, EventKind.THANKS}
OPENED_KINDS = {EventKind.REOPENED, EventKind.SPAM_UNDONE}
START = datetime(2026, 3, 1, 21, tzinfo=UTC)
NOW = START + timedelta(days=20)
SCHEDULE = Schedule.parse("mon-fri 09:00-18:00", "", TIMEZONE)
NEGATIVE = 2
TEAMS = 8


@dataclass
class Records:
    """Everything a random team has done, as rows."""

    people: list[Person] = field(default_factory=list)
    conversations: list[Conversation] = field(default_factory=list)
    events: list[ConversationEvent] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    waits: list[Wait] = field(default_factory=list)
    surveys: list[Survey] = field(default_factory=list)
    entries: list[DiaryEntry] = field(default_factory=list)
    versions: list[DiaryVersion] = field(default_factory=list)
    alerts: list[Alert] = field(default_factory=list)

    def first_version(self, entry: DiaryEntry) -> dict[str, Any]:
        return next(each.content for each in self.versions if each.entry_id == entry.id)

    def of(self, rows: Iterable[Any], conversation: Conversation) -> list[Any]:
        return [row for row in rows if row.conversation_id == conversation.id]

    def survey(self, conversation: Conversation) -> Survey | None:
        return next(iter(self.of(self.surveys, conversation)), None)

    @property
    def kinds(self) -> Sequence[Sequence[Base]]:
        """In the order they may be written."""
        told = (self.events, self.messages, self.waits, self.surveys, self.entries)
        return [self.people, self.conversations, *told, self.versions, self.alerts]


def random_records(dice: Random) -> Records:
    """Three who answer, some customers, and every odd thing that may befall a conversation."""
    records = Records()
    for number in range(1, 8):
        records.people.append(
            Person(id=number, name=f"P{number}", created_at=START, is_operator=number < 4)
        )
    for number in range(1, dice.randint(10, 40)):
        _converse(dice, records, number)
    return records


def _moment(dice: Random) -> datetime:
    """On a grid, so that moments meet each other and the ends of the period."""
    return START + timedelta(hours=12 * dice.randint(0, 40))


def _whose(dice: Random) -> int | None:
    return dice.choice([1, 2, 3, None])


def _converse(dice: Random, records: Records, number: int) -> None:
    opened = _moment(dice)
    closed = dice.choice([None, opened + timedelta(hours=12 * dice.randint(0, 20))])
    follow_up = dice.choice([None, None, 3]) if closed else None
    holder = _whose(dice)
    conversation = Conversation(
        id=number,
        customer_id=dice.randint(4, 7),
        state=ConversationState.CLOSED if closed and not follow_up else ConversationState.HELD,
        priority=dice.choice(list(Priority)),
        holder_id=follow_up or holder,
        follow_up_by_id=follow_up,
        was={"holder_id": holder} if follow_up else None,
        by_team=dice.random() < 0.2,
        reopened=dice.choice([0, 0, 0, 1]),
        opened_at=opened,
        closed_at=closed,
        closed_by_id=_whose(dice) if closed else None,
        outcome=dice.choice(list(Outcome)) if closed else None,
        taken_at=dice.choice([None, opened, opened + timedelta(hours=12)]) if closed else None,
        first_answer_at=dice.choice([None, opened, opened + timedelta(hours=60)]),
        closed_seconds=dice.choice([0, 1]),
    )
    records.conversations.append(conversation)
    _happen(dice, records, conversation)
    for place in range(dice.randint(0, 4)):
        records.messages.append(
            Message(
                id=100 * number + place,
                conversation_id=number,
                author_id=dice.randint(1, 3),
                from_customer=dice.random() < 0.3,
                sent_at=opened + timedelta(hours=12 * dice.randint(0, 22)),
                undone_at=opened if dice.random() < 0.1 else None,
                kind=ContentKind.TEXT,
                telegram_message_id=100 * number + place,
            )
        )
    for place in range(dice.randint(0, 3)):
        _wait(dice, records, conversation, place)
    if closed and dice.random() < 0.8:
        _ask(dice, records, conversation, closed)
    if dice.random() < 0.4:
        rated = records.surveys[-1] if records.surveys else None
        theirs = rated.operator_id if rated and rated.conversation_id == number else None
        author = theirs or dice.randint(1, 3)
        saved = opened + timedelta(hours=12 * dice.randint(0, 30))
        entry = DiaryEntry(
            id=len(records.entries) + 1,
            conversation_id=number,
            operator_id=author,
            at=opened,
            saved_at=saved,
            first_saved_at=saved,
            filled=dice.randint(0, 5),
        )
        records.entries.append(entry)
        content = {
            "status": dice.choice(["done", "open", None]),
            "mood": dice.choice([None, 2, 4]),
        }
        records.versions.append(
            DiaryVersion(
                entry_id=entry.id, version=1, content=content, saved_at=saved, saved_by_id=author
            )
        )


def _happen(dice: Random, records: Records, conversation: Conversation) -> None:
    at = conversation.opened_at
    kinds = [EventKind.CLOSED, EventKind.REOPENED, EventKind.THANKS, EventKind.TAKEN]
    kinds.append(dice.choice([EventKind.HANDED_OVER, EventKind.QUEUED, EventKind.TAKEN]))
    for place in range(dice.randint(0, 4)):
        at += timedelta(hours=12 * dice.randint(0, 5))
        kind = dice.choice([*kinds, EventKind.SPAM_UNDONE])
        records.events.append(
            ConversationEvent(
                id=100 * conversation.id + place,
                conversation_id=conversation.id,
                at=at,
                kind=kind,
                by_id=dice.randint(1, 3),
            )
        )


def _wait(dice: Random, records: Records, conversation: Conversation, place: int) -> None:
    started = conversation.opened_at + timedelta(hours=12 * place)
    end = dice.choice([None, WaitEnd.ANSWERED, WaitEnd.ANSWERED, *WaitEnd])
    answered = end is WaitEnd.ANSWERED
    overdue = dice.random() < 0.4
    records.waits.append(
        Wait(
            id=100 * conversation.id + place,
            conversation_id=conversation.id,
            first=place == 0,
            priority=conversation.priority,
            started_at=started,
            due_at=started + timedelta(minutes=5),
            limit_seconds=300,
            overdue=overdue,
            holder_at_due_id=_whose(dice) if overdue else None,
            ended_at=started + timedelta(minutes=dice.randint(1, 9)) if end else None,
            end=end,
            answered_by_id=dice.randint(1, 3) if answered else None,
            team_seconds=dice.randint(1, 600) if answered else None,
            operator_seconds=dice.randint(1, 600) if answered else None,
            excluded_at=started if dice.random() < 0.1 else None,
        )
    )


def _ask(dice: Random, records: Records, conversation: Conversation, closed: datetime) -> None:
    sent = closed if dice.random() < 0.8 else None
    rated = None
    if sent and dice.random() < 0.7:
        rated = sent + timedelta(hours=12 * dice.randint(0, 5))
    said = rated + timedelta(hours=dice.choice([0, 1, 12])) if rated else None
    survey = Survey(
        id=conversation.id,
        conversation_id=conversation.id,
        customer_id=conversation.customer_id,
        operator_id=_whose(dice),
        sent_at=sent,
        not_sent=None if sent else dice.choice(list(NotSent)),
        expires_at=sent + timedelta(hours=84) if sent else None,
        stars=dice.randint(1, 5) if rated else None,
        rated_at=rated,
        reasons=dice.choice([None, ["product"], ["slow", "not_solved"], []]) if rated else None,
        excluded_at=closed if dice.random() < 0.2 else None,
    )
    if said and dice.random() < 0.6:
        survey.solved, survey.solved_at = dice.random() < 0.5, said
    if rated:
        survey.questions = dice.choice([None, "satisfied,nps", "professional,ces", "solved"])
        moment = rated + timedelta(hours=dice.choice([0, 12, 36]))
        for question in dice.sample(["satisfied", "professional", "nps", "ces"], 2):
            answer = dice.random() < 0.5 if question[0] in "sp" else dice.randint(1, 7)
            setattr(survey, question, answer)
            setattr(survey, f"{question}_at", moment)
    records.surveys.append(survey)
    if survey.stars is not None and survey.stars <= NEGATIVE and rated:
        answered = dice.choice([None, rated + timedelta(hours=12 * dice.randint(0, 9))])
        records.alerts.append(
            Alert(
                id=conversation.id,
                kind=AlertKind.RATING,
                state=AlertState.DONE,
                conversation_id=conversation.id,
                survey_id=survey.id,
                raised_at=rated,
                done_at=dice.choice([None, rated + timedelta(hours=12)]),
                answered_at=answered,
                fixed=dice.random() < 0.5 if answered else None,
            )
        )


# --- the ground rules, said plainly ---


@dataclass
class Plain:
    records: Records
    whose: int | None
    start: datetime
    end: datetime

    def within(self, at: datetime | None) -> bool:
        return at is not None and self.start <= at < self.end

    def theirs(self, person_id: int | None) -> bool:
        return self.whose is None or person_id == self.whose

    def holder(self, conversation: Conversation) -> int | None:
        if conversation.follow_up_by_id is not None:
            return (conversation.was or {})["holder_id"]  # type: ignore[no-any-return]
        return conversation.holder_id

    def closings(self) -> list[Conversation]:
        return [c for c in self.records.conversations if self.within(c.closed_at)]

    def closed(self) -> list[Any]:
        found = []
        for c in self.closings():
            owner = c.closed_by_id if c.closed_by_id is not None else self.holder(c)
            survey = self.records.survey(c)
            denied = (
                survey is not None
                and survey.excluded_at is None
                and (survey.solved is False or "not_solved" in (survey.reasons or []))
            )
            if self.theirs(owner) and c.outcome is not None:
                has_diary = bool(self.records.of(self.records.entries, c))
                assert c.closed_at is not None
                fact = ClosedConversation(
                    Closed(c.outcome.value),
                    denied,
                    has_diary,
                    c.priority.value,
                    alone=self.alone(c),
                    answered=c.first_answer_at is not None and c.first_answer_at <= c.closed_at,
                    taken=c.taken_at is not None,
                    handle_seconds=self.handled_in(c),
                    resolution_seconds=SCHEDULE.between(c.opened_at, c.closed_at),
                )
                found.append((c.closed_at, fact))
        return found

    def alone(self, c: Conversation) -> bool:
        assert c.closed_at is not None
        if c.closed_by_id is None:
            return False
        who = {
            m.author_id
            for m in self.records.of(self.records.messages, c)
            if not m.from_customer and m.sent_at <= c.closed_at
        }
        for event in self.records.of(self.records.events, c):
            if event.at <= c.closed_at:
                if event.kind in {EventKind.HANDED_OVER, EventKind.QUEUED}:
                    return False
                if event.kind is EventKind.TAKEN:
                    who.add(event.by_id)
        return who <= {c.closed_by_id}

    def handled_in(self, c: Conversation) -> float | None:
        """Half day by half day, for the moments are on such a grid."""
        if c.taken_at is None or c.closed_at is None:
            return None
        events = sorted(self.records.of(self.records.events, c), key=lambda event: event.id)
        turns = [
            (max(event.at, c.taken_at), event.kind not in CLOSED_KINDS)
            for event in events
            if event.kind in CLOSED_KINDS | OPENED_KINDS and c.closed_seconds
        ]
        total, at = 0.0, c.taken_at
        while at < c.closed_at:
            is_open = True
            for moment, opens in turns:
                if moment <= at:
                    is_open = opens
            until = at + timedelta(hours=12)
            total += SCHEDULE.between(at, until) if is_open else 0
            at = until
        return total

    def closed_by(self) -> list[Any]:
        found = [c for c in self.closings() if c.closed_by_id is not None]
        return [(c.closed_at, c.id) for c in found if self.theirs(c.closed_by_id)]

    def answered_in(self) -> list[Any]:
        return [
            (c.closed_at, c.id)
            for c in self.closings()
            if any(
                self.counts(message, c) for message in self.records.of(self.records.messages, c)
            )
        ]

    def counts(self, message: Message, c: Conversation) -> bool:
        """Whether an operator wrote it while the conversation was open."""
        if message.from_customer or not self.theirs(message.author_id):
            return False
        assert c.closed_at is not None
        events = sorted(self.records.of(self.records.events, c), key=lambda event: event.id)
        closed = [
            event
            for event in events
            if event.kind in {EventKind.CLOSED, EventKind.THANKS} and event.at < message.sent_at
        ]
        reopened = [
            event
            for event in events
            if event.kind in {EventKind.REOPENED, EventKind.SPAM_UNDONE}
            and event.at <= message.sent_at
        ]
        open_then = all(any(back.id > event.id for back in reopened) for event in closed)
        return open_then and message.sent_at <= c.closed_at

    def first_responses(self) -> list[Any]:
        found = []
        for c in self.records.conversations:
            if not self.within(c.opened_at):
                continue
            answered = sorted(
                (w for w in self.records.of(self.records.waits, c) if w.end is WaitEnd.ANSWERED),
                key=lambda wait: wait.id,
            )
            first = answered[0] if answered else None
            if not self.theirs(first.answered_by_id if first else self.holder(c)):
                continue
            seconds = None
            if first is not None and self.whose is not None:
                seconds = first.operator_seconds
            elif first is not None:
                seconds = first.team_seconds
                if not first.first:
                    seconds = SCHEDULE.between(c.opened_at, first.ended_at)
            out = first is not None and first.excluded_at is not None
            fact = FirstResponse(seconds, opened_by_team=c.by_team, excluded=out)
            found.append((c.opened_at, fact))
        return found

    def waits(self) -> list[Any]:
        found = []
        for w in self.records.waits:
            if w.overdue:
                owner = w.holder_at_due_id
            elif w.end is WaitEnd.ANSWERED:
                owner = w.answered_by_id
            else:
                owner = self.holder(self.records.conversations[w.conversation_id - 1])
            if self.within(w.started_at) and self.theirs(owner):
                how = Ended(w.end.value) if w.end else None
                found.append(
                    (
                        w.started_at,
                        Waited(
                            w.due_at,
                            w.ended_at,
                            how,
                            excluded=w.excluded_at is not None,
                            seconds=self.seconds(w),
                        ),
                    )
                )
        return found

    def seconds(self, wait: Wait) -> float | None:
        return wait.team_seconds if self.whose is None else wait.operator_seconds

    def sent(self) -> list[Any]:
        counted = Counter(
            m.conversation_id
            for m in self.records.messages
            if not m.from_customer
            and m.undone_at is None
            and self.within(m.sent_at)
            and self.theirs(m.author_id)
        )
        return [(0, (number, n)) for number, n in counted.items()]

    def recovered(self) -> list[Any]:
        found = []
        for alert in self.records.alerts:
            survey = next(s for s in self.records.surveys if s.id == alert.survey_id)
            asked = self.within(alert.answered_at) and alert.fixed is not None
            if asked and self.theirs(survey.operator_id):
                excluded = survey.excluded_at is not None
                found.append((alert.answered_at, Recovery(bool(alert.fixed), excluded)))
        return found

    def foreseen(self) -> list[Any]:
        found = []
        for s in self.their_surveys():
            if s.stars is None or not self.within(s.rated_at):
                continue
            alert = next((a for a in self.records.alerts if a.survey_id == s.id), None)
            done = alert.done_at if alert else None
            seen_later = [each for each in (s.expires_at, done) if each is not None]
            shown = s.rated_at if s.stars > 3 else min(seen_later)
            assert shown is not None
            written = [
                e
                for e in self.records.entries
                if e.conversation_id == s.conversation_id
                and e.operator_id == s.operator_id
                and e.first_saved_at < shown
            ]
            if written:
                first = self.records.first_version(written[0])
                well = first.get("status") == "done" and (first.get("mood") or 0) >= 3
                excluded = s.excluded_at is not None
                found.append((s.rated_at, Foreseen(well, s.stars <= NEGATIVE, excluded)))
        return found

    def their_surveys(self) -> list[Survey]:
        return [s for s in self.records.surveys if self.theirs(s.operator_id)]

    def ratings(self) -> list[Any]:
        return [
            (s.rated_at, Rating(s.stars or 0, s.excluded_at is not None, s.reasons == ["product"]))
            for s in self.their_surveys()
            if self.within(s.rated_at)
        ]

    def reasons(self) -> list[Any]:
        return [
            (s.rated_at, tuple(s.reasons))
            for s in self.their_surveys()
            if self.within(s.rated_at) and s.reasons and s.excluded_at is None
        ]

    def solved_answers(self) -> list[Any]:
        found = []
        for s in self.their_surveys():
            asked = s.solved is None and s.stars is not None and s.stars > NEGATIVE
            at = s.solved_at or (s.rated_at if asked else None)
            if self.within(at):
                found.append((at, SolvedAnswer(s.solved, s.excluded_at is not None)))
        return found

    def said(self, question: str) -> list[Any]:
        found = []
        for s in self.their_surveys():
            answer, at = getattr(s, question), getattr(s, f"{question}_at")
            if answer is None and s.stars is not None and question in (s.questions or ""):
                at = s.rated_at if s.stars > NEGATIVE or s.reasons else None
            if self.within(at):
                given = None if answer is None else int(answer)
                found.append((at, Said(given, s.excluded_at is not None)))
        return found

    def recommended(self) -> list[Any]:
        return [(at, said) for at, said in self.said("nps") if said.answer is not None]

    def weeks_after(self) -> list[Any]:
        """Every pair of a customer's conversations, looked at one by one."""
        found = []
        week = timedelta(days=7)
        for c in self.records.conversations:
            if c.closed_at is None or not self.within(c.closed_at + week):
                continue
            owner = c.closed_by_id if c.closed_by_id is not None else self.holder(c)
            if not self.theirs(owner) or c.closed_at + week >= NOW:
                continue
            others = [
                o
                for o in self.records.conversations
                if o.customer_id == c.customer_id
                and o.id != c.id
                and not o.by_team
                and (o.outcome is None or o.outcome.value != "spam")
            ]
            after = any(
                o.opened_at > c.closed_at and o.opened_at - c.closed_at <= week for o in others
            )
            before = any(
                o.closed_at and timedelta() <= c.opened_at - o.closed_at < week for o in others
            )
            survey = self.records.survey(c)
            denied = (
                survey is not None
                and survey.excluded_at is None
                and (survey.solved is False or "not_solved" in (survey.reasons or []))
            )
            assert c.outcome is not None
            outcome = Closed(c.outcome.value)
            again = before or c.reopened > 0
            found.append((c.closed_at + week, WeekAfter(outcome, denied, after, again)))
        return found

    def written(self) -> list[Any]:
        return [
            (e.first_saved_at, WrittenEntry(e.filled))
            for e in self.records.entries
            if self.within(e.first_saved_at) and self.theirs(e.operator_id)
        ]

    def surveys(self) -> list[Any]:
        found = []
        for s in self.their_surveys():
            excluded = s.excluded_at is not None
            why = None
            if s.sent_at is None:
                at, state = self.records.conversations[s.conversation_id - 1].closed_at, "not_sent"
                why = s.not_sent.value if s.not_sent else None
            elif s.rated_at is not None:
                at, state = s.rated_at, "answered"
            elif s.expires_at is not None and s.expires_at <= NOW:
                at, state = s.expires_at, "expired"
            else:
                at, state = s.sent_at, "open"
            if self.within(at):
                found.append((at, SurveyOutcome(SurveyState(state), why, excluded)))
        return found


def answers(records: Records, edges: Sequence[datetime]) -> Counter[Any]:
    """By metric, whose and period: how many answers, and how many of them were good."""
    found: Counter[Any] = Counter()
    for s in records.surveys:
        if s.operator_id is None or s.excluded_at is not None:
            continue
        given = []
        if s.rated_at is not None and s.reasons != ["product"]:
            given.append(("csat", s.rated_at, (s.stars or 0) >= 4))
        if s.solved_at is not None:
            given.append(("confirmed_share", s.solved_at, bool(s.solved)))
        if s.professional_at is not None:
            given.append(("professional_share", s.professional_at, bool(s.professional)))
        for metric, at, good in given:
            if edges[0] <= at < edges[-1]:
                period = sum(edge <= at for edge in edges[1:])
                found[metric, s.operator_id, period, "n"] += 1
                found[metric, s.operator_id, period, "good"] += good
    return +found


def _bag(found: Sequence[Any]) -> Counter[Any]:
    return Counter((at, tuple(fact) if isinstance(fact, list) else fact) for at, fact in found)


@pytest.mark.parametrize("seed", range(TEAMS))
async def test_facts_are_what_the_ground_rules_say(database_url: str, seed: int) -> None:
    dice = Random(seed)  # noqa: S311
    records = random_records(dice)
    database = Database(database_url)
    async with database.writing() as tx:
        for rows in records.kinds:
            tx._session.add_all(rows)
            await tx.flush()
    periods = [(START, START + timedelta(days=days)) for days in (7, 14, 30)]
    periods.append((START + timedelta(days=7), START + timedelta(days=14)))
    async with database.reading() as tx:
        edges = [START + timedelta(days=7 * week) for week in range(4)]
        counted: Counter[Any] = Counter()
        for each in await tx.opinions.answers(edges):
            counted[each.metric, each.operator_id, each.period, "n"] = each.n
            counted[each.metric, each.operator_id, each.period, "good"] = each.good
        assert +counted == answers(records, edges)
        for whose in (None, 1, 2, 3):
            for start, end in periods:
                plain, ask = Plain(records, whose, start, end), tx.figures
                about = (whose, start, end)
                closed = await ask.closed(*about, SCHEDULE)
                sent = await ask.sent(whose, (start, end))
                surveyed = await tx.opinions.surveyed(*about, NEGATIVE, NOW)
                pairs: dict[str, Sequence[Any]] = {
                    "closed": [(at, each.conversation) for at, each in closed],
                    "closed_by": [(at, each.number) for at, each in closed if each.by_somebody],
                    "answered_in": await ask.answered_in(*about),
                    "first_responses": await ask.first_responses(*about, SCHEDULE),
                    "waits": await ask.waits(*about),
                    "ratings": surveyed.ratings,
                    "reasons": surveyed.reasons,
                    "solved_answers": surveyed.solved_answers,
                    "surveys": surveyed.outcomes,
                    "weeks_after": await ask.weeks_after(*about, NOW),
                    "written": await ask.written(*about),
                    "sent": [(place, (each.about, each.messages)) for place, each in sent],
                    "recovered": await tx.opinions.recovered(*about),
                    "foreseen": await tx.opinions.foreseen(*about, NEGATIVE),
                    "recommended": await tx.opinions.recommended(*about),
                }
                for kind, found in pairs.items():
                    assert _bag(found) == _bag(getattr(plain, kind)()), (kind, whose, start, end)
                for question, said in surveyed.said.items():
                    assert _bag(said) == _bag(plain.said(question.value)), (question, whose)
    await database.close()


@pytest.mark.parametrize("seed", range(TEAMS))
async def test_a_figure_is_made_of_the_records_it_shows(sqlite_url: str, seed: int) -> None:
    """As many count as its n says, and as many were left out as it tells."""
    records = random_records(Random(seed))  # noqa: S311
    database, rules = Database(sqlite_url), Rules()
    async with database.writing() as tx:
        for rows in records.kinds:
            tx._session.add_all(rows)
            await tx.flush()
    async with database.reading() as tx:
        for whose in (None, await tx.people.one(1)):
            edges = (START, START + timedelta(days=30))
            facts = await facts_between(tx, whose, edges, rules, NOW)
            for metric, figure in figures_of(facts, NOW).items():
                found = why.records(facts, metric, NOW)
                counted = [each for each in found if each.worth is not None]
                one_a_record = metric != "messages"  # those are of conversations, so many in each
                n = len(counted) if one_a_record else sum(each.number or 0 for each in counted)
                assert n == figure.n, metric
                left_out = sum(figure.left_out.values())
                assert sum(each.worth is None for each in found) == left_out, metric
                assert len(await why.shown(tx, found, own=True, rules=rules)) == len(found)
    await database.close()
