"""The report's tables in words: the sheets of a workbook, before any program's format."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from desk.reports import Facts
from desk.tables import Scope
from handlers.screens import figures as spell
from i18n import Texts
from kpi.catalogue import CATALOGUE, Unit, told_of
from kpi.figures import Figure
from kpi.quality import REQUIRED
from kpi.records import Said
from kpi.times import is_overdue

SAID: Mapping[str, Callable[[Facts], Sequence[Said]]] = {
    "satisfied_share": lambda facts: facts.satisfied,
    "professional_share": lambda facts: facts.professional,
    "nps": lambda facts: facts.recommended,
    "ces": lambda facts: facts.easy,
}
"""Where the answers to each question are, by the figure they make."""


class Part(float):
    """Of one: shown in per cent."""


Cell = str | int | float | Part | bool | datetime | None
"""None: there is nothing, which is not 0. A moment is one of the team's zone, without it."""


@dataclass(frozen=True, slots=True)
class Table:
    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def tables(texts: Texts, scopes: Sequence[Scope], zone: ZoneInfo, now: datetime) -> list[Table]:
    """`scopes`: the team's first. The figures, then a sheet for each kind of record."""
    words = _Words(texts, zone)
    return [
        words.figures(scopes),
        words.closings(scopes),
        words.first_responses(scopes),
        words.waits(scopes, now),
        words.ratings(scopes),
        words.answers(scopes),
        words.surveys(scopes),
        words.weeks_after(scopes),
        words.said(scopes),
        words.seen_to(scopes),
        words.sent(scopes),
        words.entries(scopes),
    ]


class _Words:
    def __init__(self, texts: Texts, zone: ZoneInfo) -> None:
        self._texts = texts
        self._zone = zone

    def figures(self, scopes: Sequence[Scope]) -> Table:
        head = ("operator", "metric", "value", "unit", "n", "low", "high", "enough", "left-out")
        rows = [
            [
                self._name(scope),
                spell.name(self._texts, metric),
                _number(metric, figure.value),
                self._texts.plain("tables-unit", unit=CATALOGUE[metric].unit.value),
                figure.n,
                _number(metric, figure.low),
                _number(metric, figure.high),
                figure.enough,
                self._left_out(figure),
            ]
            for scope in scopes
            for metric in told_of(team=scope.operator is None)
            for figure in [scope.figures[metric]]
        ]
        return self._table("figures", head, rows)

    def closings(self, scopes: Sequence[Scope]) -> Table:
        whose = self._whose(scopes, lambda facts: facts.closed)
        head = (
            *("conversation", "operator", "outcome", "denied", "diary", "priority"),
            *("alone", "replied", "seconds-handled", "seconds-resolved"),
        )
        rows = [
            [
                one.about,
                whose.get(one.about),
                self._word(one.outcome),
                one.denied,
                one.has_diary,
                self._word(one.priority),
                one.alone,
                one.answered,
                one.handle_seconds,
                one.resolution_seconds,
            ]
            for one in scopes[0].facts.closed
        ]
        return self._table("closings", head, rows)

    def first_responses(self, scopes: Sequence[Scope]) -> Table:
        """On both clocks: an operator's begins when it was theirs to answer."""
        whose = self._whose(scopes, lambda facts: facts.first_responses)
        own = {one.about: one.seconds for s in scopes[1:] for one in s.facts.first_responses}
        head = (
            *("conversation", "operator", "seconds-team", "seconds-own", "by-team", "known"),
            "excluded",
        )
        rows = [
            [
                one.about,
                whose.get(one.about),
                one.seconds,
                own.get(one.about),
                one.opened_by_team,
                one.known,
                one.excluded,
            ]
            for one in scopes[0].facts.first_responses
        ]
        return self._table("first", head, rows)

    def waits(self, scopes: Sequence[Scope], now: datetime) -> Table:
        whose = self._whose(scopes, lambda facts: facts.waits)
        own = {one.about: one.seconds for s in scopes[1:] for one in s.facts.waits}
        head = (
            *("wait", "operator", "due", "ended", "ended-as", "overdue", "known", "excluded"),
            *("seconds-team", "seconds-own"),
        )
        rows = [
            [
                one.about,
                whose.get(one.about),
                self._moment(one.due_at if one.known else None),
                self._moment(one.ended_at),
                self._word(one.ended_as),
                is_overdue(one, now),
                one.known,
                one.excluded,
                one.seconds,
                own.get(one.about),
            ]
            for one in scopes[0].facts.waits
        ]
        return self._table("waits", head, rows)

    def ratings(self, scopes: Sequence[Scope]) -> Table:
        whose = self._whose(scopes, lambda facts: facts.ratings)
        head = ("survey", "operator", "stars", "excluded", "product")
        rows = [
            [one.about, whose.get(one.about), one.stars, one.excluded, one.product_only]
            for one in scopes[0].facts.ratings
        ]
        return self._table("ratings", head, rows)

    def answers(self, scopes: Sequence[Scope]) -> Table:
        whose = self._whose(scopes, lambda facts: facts.solved_answers)
        head = ("survey", "operator", "solved", "excluded")
        rows = [
            [one.about, whose.get(one.about), one.solved, one.excluded]
            for one in scopes[0].facts.solved_answers
        ]
        return self._table("answers", head, rows)

    def surveys(self, scopes: Sequence[Scope]) -> Table:
        whose = self._whose(scopes, lambda facts: facts.surveys)
        head = ("survey", "operator", "state", "not-sent", "excluded")
        rows = [
            [
                one.about or None,
                whose.get(one.about),
                self._word(one.state),
                one.not_sent,
                one.excluded,
            ]
            for one in scopes[0].facts.surveys
        ]
        return self._table("surveys", head, rows)

    def weeks_after(self, scopes: Sequence[Scope]) -> Table:
        whose = self._whose(scopes, lambda facts: facts.weeks_after)
        head = ("conversation", "operator", "outcome", "denied", "came-again", "was-again")
        rows = [
            [
                one.about,
                whose.get(one.about),
                self._word(one.outcome),
                one.denied,
                one.came_again,
                one.was_again,
            ]
            for one in scopes[0].facts.weeks_after
        ]
        return self._table("after", head, rows)

    def said(self, scopes: Sequence[Scope]) -> Table:
        """Answers to the questions after the stars, besides whether it is solved."""
        head = ("survey", "operator", "metric", "answer", "excluded")
        rows: list[list[Cell]] = []
        for metric, of in SAID.items():
            whose = self._whose(scopes, of)
            name = spell.name(self._texts, metric)
            rows += [
                [one.about, whose.get(one.about), name, one.answer, one.excluded]
                for one in of(scopes[0].facts)
            ]
        return self._table("said", head, rows)

    def seen_to(self, scopes: Sequence[Scope]) -> Table:
        """What became of bad ratings, and what the diary had said before they were seen."""
        head = ("survey", "operator", "fixed", "diary-well", "negative", "excluded")
        fixed = {one.about: one for one in scopes[0].facts.recoveries}
        foreseen = {one.about: one for one in scopes[0].facts.foreseen}
        whose = {
            **self._whose(scopes, lambda facts: facts.recoveries),
            **self._whose(scopes, lambda facts: facts.foreseen),
        }
        rows: list[list[Cell]] = []
        for survey in sorted({*fixed, *foreseen}):
            recovery, diary = fixed.get(survey), foreseen.get(survey)
            rows.append(
                [
                    survey,
                    whose.get(survey),
                    recovery.fixed if recovery else None,
                    diary.went_well if diary else None,
                    diary.negative if diary else None,
                    any(each.excluded for each in (recovery, diary) if each),
                ]
            )
        return self._table("seen-to", head, rows)

    def sent(self, scopes: Sequence[Scope]) -> Table:
        """By operator, for several may write in one chat."""
        rows: list[list[Cell]] = [
            [one.about, self._name(scope), one.messages]
            for scope in scopes[1:]
            for one in scope.facts.sent
        ]
        return self._table("sent", ("conversation", "operator", "messages"), rows)

    def entries(self, scopes: Sequence[Scope]) -> Table:
        whose = self._whose(scopes, lambda facts: facts.entries)
        rows = [
            [one.about, whose.get(one.about), one.filled, len(REQUIRED)]
            for one in scopes[0].facts.entries
        ]
        return self._table("entries", ("entry", "operator", "filled", "required"), rows)

    def _table(self, name: str, head: Iterable[str], rows: Sequence[Sequence[Cell]]) -> Table:
        columns = [
            self._texts.plain("tables-column", column=column, zone=str(self._zone))
            for column in head
        ]
        return Table(self._texts.plain("tables-sheet", sheet=name), columns, rows)

    def _name(self, scope: Scope) -> str:
        if scope.operator is None:
            return self._texts.plain("tables-team")
        return scope.operator.shown_name

    def _whose(
        self, scopes: Sequence[Scope], records: Callable[[Facts], Sequence[Any]]
    ) -> Mapping[int, str]:
        """By what each record is about; what is nobody's is not there."""
        return {
            one.about: self._name(scope)
            for scope in scopes[1:]
            for one in records(scope.facts)
            if one.about
        }

    def _left_out(self, figure: Figure) -> str | None:
        told = (f"{self._word(why)}: {count}" for why, count in figure.left_out.items() if count)
        return "; ".join(told) or None

    def _word(self, code: str | None) -> str | None:
        """As people call it; what has no word of its own is told as in the records."""
        if code is None:
            return None
        return self._texts.plain("tables-word", code=code.partition(".")[0])

    def _moment(self, moment: datetime | None) -> datetime | None:
        return None if moment is None else moment.astimezone(self._zone).replace(tzinfo=None)


def _number(metric: str, value: float | None) -> float | Part | None:
    """Per cent as a part of one; seconds, stars and counts as they are."""
    if value is None:
        return None
    return Part(value) if CATALOGUE[metric].unit is Unit.PERCENT else value
