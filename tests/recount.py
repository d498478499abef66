"""Figures from exported files alone, as docs/export.md tells it: a program of somebody else's.

It knows nothing of ours but the files and that page, so what it cannot reckon, nobody can.
"""

import csv
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import fsum
from pathlib import Path
from statistics import median
from zoneinfo import ZoneInfo

Row = dict[str, str]

OPENED_AGAIN = {"reopened", "spam_undone"}
CLOSED = {"closed", "thanks"}
NOBODY_WAITED = {"spam", "left", "thanks"}
WEEK = timedelta(days=7)
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True)
class Recounted:
    value: float | None
    n: int


class Recount:
    """`whose`: an operator's number as the files spell it, or None for the team."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.about = {row["name"]: row["value"] for row in self._rows("about")}
        self.zone = ZoneInfo(self.about["TIMEZONE"])
        self.now = datetime.fromisoformat(self.about["exported_at"])
        self.conversations = list(self._rows("conversations"))
        self.by_number = {row["id"]: row for row in self.conversations}
        self.events = self._grouped("conversation_events")
        self.messages = self._grouped("messages")
        self.waits = self._grouped("waits")
        self.surveys = {row["conversation_id"]: row for row in self._rows("surveys")}
        self.imported = list(self._rows("imported_conversations"))
        self.entries = list(self._rows("diary_entries"))
        self.alerts = list(self._rows("alerts"))
        self.first_words = {
            row["entry_id"]: json.loads(row["content"])
            for row in self._rows("diary_versions")
            if row["version"] == "1"
        }
        self.written = {row["conversation_id"] for row in self.entries}

    def _rows(self, table: str) -> Iterator[Row]:
        with (self.folder / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
            yield from csv.DictReader(file)

    def _grouped(self, table: str) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self._rows(table):
            found[row["conversation_id"]].append(row)
        return found

    def all(self, whose: str | None, start: datetime, end: datetime) -> dict[str, Recounted]:
        about = (whose, start, end)
        stars = [int(s["stars"]) for s in self._rated(*about) if not s["excluded_at"]]
        stars += [int(c["stars"]) for c in self._imported("rated_at", *about)]
        solved = [self._solved(c) for c in self._closings(*about)]
        solved += [
            c["outcome"] == "solved"
            for c in self._imported("closed_at", *about)
            if c["outcome"] not in {"", "spam", "left"}
        ]
        closings = list(self._closings(*about))
        confirmed = [
            s["solved"] == "true"
            for s in self.surveys.values()
            if _theirs(whose, s["operator_id"])
            and _within(s["solved_at"], start, end)
            and not s["excluded_at"]
        ]
        all_closed = list(self._all_closed(*about))
        solved_ones = [c for c in all_closed if c["outcome"] == "solved"]
        imported = list(self._imported("closed_at", *about))
        spans = [
            self._working_time(_moment(c["opened_at"]), _moment(c["closed_at"]))
            for c in solved_ones
        ]
        spans += [
            float(c["resolution_seconds"])
            for c in imported
            if c["outcome"] == "solved" and c["resolution_seconds"]
        ]
        handled = [self._handle(c) for c in all_closed if c["taken_at"]]
        handled += [float(c["handle_seconds"]) for c in imported if c["handle_seconds"]]
        alone = [self._alone(c) for c in solved_ones]
        alone += [
            c["operators"] == "1" for c in imported if c["outcome"] == "solved" and c["operators"]
        ]
        late = list(self._late(*about))
        return {
            "handled": self._handled(*about),
            "messages": self._messages(*about),
            "solved": _count(solved_ones + [c for c in imported if c["outcome"] == "solved"]),
            "spam_count": _count([c for c in all_closed + imported if c["outcome"] == "spam"]),
            "handle_time": _mean(handled),
            "self_solved_share": _share(alone),
            "reply_time": _middle(list(self._replies(*about))),
            "overdue": Recounted(sum(late), sum(late)),
            "resolution_time": _middle(spans),
            "abandoned_share": _share(
                [
                    not c["first_answer_at"]
                    or _moment(c["first_answer_at"]) > _moment(c["closed_at"])
                    for c in all_closed
                    if c["outcome"] != "spam"
                ]
                + [
                    False
                    for c in imported
                    if c["first_answer_seconds"] and c["outcome"] not in {"", "spam"}
                ]
            ),
            "recovery_share": _share(list(self._recovered(*about))),
            "diary_gap": _share(list(self._gaps(*about))),
            "solved_share": _share(solved),
            "confirmed_share": _share(confirmed),
            "first_response_time": _middle(list(self._first_responses(*about))),
            "overdue_share": _share(late),
            "average_rating": Recounted(sum(stars) / len(stars) if stars else None, len(stars)),
            "csat": _share([given >= 4 for given in stars]),
            "survey_response_rate": _share(list(self._answered(*about))),
            "diary_share": _share([c["id"] in self.written for c in closings]),
            "diary_completeness": _mean([int(e["filled"]) / 5 for e in self._entries(*about)]),
            "fcr": _share(list(self._first_contacts(*about))),
            "repeat_share": _share([self._came_again(c) for c in self._week_after(*about)]),
            "satisfied_share": _share([a == "true" for a in self._said("satisfied", *about)]),
            "professional_share": _share(
                [a == "true" for a in self._said("professional", *about)]
            ),
            "nps": _mean([_recommends(int(a)) for a in self._said("nps", *about)]),
            "ces": _mean([int(a) for a in self._said("ces", *about)]),
        }

    def _said(
        self, question: str, whose: str | None, start: datetime, end: datetime
    ) -> Iterator[str]:
        for s in self.surveys.values():
            at = s[f"{question}_at"]
            if (
                _theirs(whose, s["operator_id"])
                and _within(at, start, end)
                and not s["excluded_at"]
            ):
                yield s[question]

    def _entries(self, whose: str | None, start: datetime, end: datetime) -> Iterator[Row]:
        for entry in self.entries:
            at = entry["first_saved_at"]
            if _theirs(whose, entry["operator_id"]) and _within(at, start, end):
                yield entry

    def _week_after(self, whose: str | None, start: datetime, end: datetime) -> Iterator[Row]:
        """Closed seven days ago in that time, spam and those who left out."""
        until = min(end, self.now) - WEEK
        for c in self.conversations:
            counted = c["outcome"] not in {"spam", "left"} and _theirs(whose, self._owner(c))
            if counted and _within(c["closed_at"], start - WEEK, until):
                yield c

    def _first_contacts(self, whose: str | None, start: datetime, end: datetime) -> Iterator[bool]:
        for c in self._week_after(whose, start, end):
            if c["outcome"] == "solved":
                opened = _moment(c["opened_at"])
                again = int(c["reopened"]) > 0 or any(
                    o["closed_at"]
                    and _moment(o["closed_at"]) <= opened < _moment(o["closed_at"]) + WEEK
                    for o in self._others(c)
                )
                yield self._solved(c) and not again and not self._came_again(c)

    def _came_again(self, c: Row) -> bool:
        closed = _moment(c["closed_at"])
        return any(closed < _moment(o["opened_at"]) <= closed + WEEK for o in self._others(c))

    def _others(self, c: Row) -> Iterator[Row]:
        for o in self.conversations:
            is_contact = o["by_team"] == "false" and o["outcome"] != "spam"
            if is_contact and o["customer_id"] == c["customer_id"] and o["id"] != c["id"]:
                yield o

    def _owner(self, c: Row) -> str:
        """Who closed it; closed by nobody, who held it."""
        return c["closed_by_id"] or self._holder(c)

    def _holder(self, c: Row) -> str:
        """A supervisor's follow-up holds nothing: who held it before it does."""
        if c["follow_up_by_id"]:
            return str(json.loads(c["was"])["holder_id"] or "")
        return c["holder_id"]

    def _closings(self, whose: str | None, start: datetime, end: datetime) -> Iterator[Row]:
        for c in self.conversations:
            counted = c["outcome"] not in {"spam", "left"}
            if counted and _within(c["closed_at"], start, end) and _theirs(whose, self._owner(c)):
                yield c

    def _all_closed(self, whose: str | None, start: datetime, end: datetime) -> Iterator[Row]:
        for c in self.conversations:
            if _within(c["closed_at"], start, end) and _theirs(whose, self._owner(c)):
                yield c

    def _messages(self, whose: str | None, start: datetime, end: datetime) -> Recounted:
        n = sum(
            m["from_customer"] == "false"
            and not m["undone_at"]
            and _theirs(whose, m["author_id"])
            and _within(m["sent_at"], start, end)
            for number, written in self.messages.items()
            if number
            for m in written
        )
        return Recounted(n, n)

    def _alone(self, c: Row) -> bool:
        who = {
            m["author_id"]
            for m in self.messages[c["id"]]
            if m["from_customer"] == "false" and m["sent_at"] <= c["closed_at"]
        }
        before = [e for e in self.events[c["id"]] if e["at"] <= c["closed_at"]]
        who |= {e["by_id"] for e in before if e["kind"] == "taken"}
        passed_on = any(e["kind"] in {"handed_over", "queued"} for e in before)
        return bool(c["closed_by_id"]) and not passed_on and who <= {c["closed_by_id"]}

    def _handle(self, c: Row) -> float:
        """Open from taking to closing; what was opened again, only while it was open."""
        taken, closed = _moment(c["taken_at"]), _moment(c["closed_at"])
        since: datetime | None = taken
        total = 0.0
        events = self.events[c["id"]] if int(c["closed_seconds"]) else []
        for event in sorted(events, key=lambda event: int(event["id"])):
            at = min(max(_moment(event["at"]), taken), closed)
            if event["kind"] in OPENED_AGAIN and since is None:
                since = at
            elif event["kind"] in CLOSED and since is not None:
                total += self._working_time(since, at)
                since = None
        return total + (self._working_time(since, closed) if since is not None else 0)

    def _replies(self, whose: str | None, start: datetime, end: datetime) -> Iterator[float]:
        for number, waits in self.waits.items():
            for w in waits:
                mine = _theirs(whose, self._waited_for(number, w))
                counted = w["end"] == "answered" and not w["excluded_at"]
                if counted and mine and _within(w["started_at"], start, end):
                    yield float(w["team_seconds" if whose is None else "operator_seconds"])

    def _waited_for(self, number: str, w: Row) -> str:
        if w["overdue"] == "true":
            return w["holder_at_due_id"]
        if w["end"] == "answered":
            return w["answered_by_id"]
        return self._holder(self.by_number[number])

    def _recovered(self, whose: str | None, start: datetime, end: datetime) -> Iterator[bool]:
        by_id = {s["id"]: s for s in self.surveys.values()}
        for alert in self.alerts:
            survey = by_id.get(alert["survey_id"])
            if survey is None or not alert["fixed"] or survey["excluded_at"]:
                continue
            mine = _theirs(whose, survey["operator_id"])
            if mine and _within(alert["answered_at"], start, end):
                yield alert["fixed"] == "true"

    def _gaps(self, whose: str | None, start: datetime, end: datetime) -> Iterator[bool]:
        negative = int(self.about["NEGATIVE_RATING"])
        done = {a["survey_id"]: a["done_at"] for a in self.alerts}
        for s in self._rated(whose, start, end):
            stars, shown = int(s["stars"]), s["rated_at"]
            if stars < max(4, negative + 1):
                shown = min(filter(None, (s["expires_at"], done.get(s["id"]))))
            first = next(
                (
                    e
                    for e in self.entries
                    if e["conversation_id"] == s["conversation_id"]
                    and e["operator_id"] == s["operator_id"]
                    and e["first_saved_at"] < shown
                ),
                None,
            )
            if first is not None and not s["excluded_at"]:
                said = self.first_words[first["id"]]
                well = said.get("status") == "done" and (said.get("mood") or 0) >= 3
                yield well and stars <= negative

    def _solved(self, c: Row) -> bool:
        survey = self.surveys.get(c["id"])
        denied = False
        if survey is not None and not survey["excluded_at"]:
            reasons = json.loads(survey["reasons"] or "[]") or []
            denied = survey["solved"] == "false" or "not_solved" in reasons
        return c["outcome"] == "solved" and not denied

    def _handled(self, whose: str | None, start: datetime, end: datetime) -> Recounted:
        found = set()
        for c in self.conversations:
            if not _within(c["closed_at"], start, end):
                continue
            closed_by = c["closed_by_id"] and _theirs(whose, c["closed_by_id"])
            if closed_by or any(self._wrote(whose, m, c) for m in self.messages[c["id"]]):
                found.add(c["id"])
        found |= {
            f"-{c['id']}"
            for c in self._imported("closed_at", whose, start, end)
            if c["operator_id"]
        }
        return Recounted(len(found), len(found))

    def _wrote(self, whose: str | None, message: Row, c: Row) -> bool:
        """Somebody of the team, to the customer, while the conversation was open."""
        at = _moment(message["sent_at"])
        if message["from_customer"] == "true" or not _theirs(whose, message["author_id"]):
            return False
        events = self.events[c["id"]]
        back = [
            int(e["id"]) for e in events if e["kind"] in OPENED_AGAIN and _moment(e["at"]) <= at
        ]
        shut = [int(e["id"]) for e in events if e["kind"] in CLOSED and _moment(e["at"]) < at]
        return at <= _moment(c["closed_at"]) and all(max(back, default=0) > e for e in shut)

    def _first_responses(
        self, whose: str | None, start: datetime, end: datetime
    ) -> Iterator[float]:
        for c in self.conversations:
            answered = [w for w in self.waits[c["id"]] if w["end"] == "answered"]
            if not answered or c["by_team"] == "true" or not _within(c["opened_at"], start, end):
                continue
            first = min(answered, key=lambda wait: int(wait["id"]))
            if first["excluded_at"]:
                continue
            if not _theirs(whose, first["answered_by_id"]):
                continue
            if whose is not None:
                yield float(first["operator_seconds"])
            elif first["first"] == "true":
                yield float(first["team_seconds"])
            else:
                yield self._working_time(_moment(c["opened_at"]), _moment(first["ended_at"]))
        for c in self._imported("opened_at", whose, start, end):
            if c["first_answer_seconds"]:
                yield float(c["first_answer_seconds"])

    def _imported(
        self, moment: str, whose: str | None, start: datetime, end: datetime
    ) -> Iterator[Row]:
        for c in self.imported:
            if _within(c[moment], start, end) and _theirs(whose, c["operator_id"]):
                yield c

    def _late(self, whose: str | None, start: datetime, end: datetime) -> Iterator[bool]:
        for number, waits in self.waits.items():
            for w in waits:
                owner = self._waited_for(number, w)
                if not _theirs(whose, owner) or not _within(w["started_at"], start, end):
                    continue
                due = _moment(w["due_at"])
                if (
                    w["excluded_at"]
                    or w["end"] in NOBODY_WAITED
                    or (not w["end"] and self.now <= due)
                ):
                    continue
                ended = _moment(w["ended_at"]) if w["ended_at"] else self.now
                yield w["end"] == "closed" or ended > due

    def _rated(self, whose: str | None, start: datetime, end: datetime) -> Iterator[Row]:
        for survey in self.surveys.values():
            if _theirs(whose, survey["operator_id"]) and _within(survey["rated_at"], start, end):
                yield survey

    def _answered(self, whose: str | None, start: datetime, end: datetime) -> Iterator[bool]:
        for s in self.surveys.values():
            if s["excluded_at"] or not s["sent_at"] or not _theirs(whose, s["operator_id"]):
                continue
            expired = s["expires_at"] and _moment(s["expires_at"]) <= self.now
            at = s["rated_at"] or (s["expires_at"] if expired else "")
            if _within(at, start, end):
                yield bool(s["rated_at"])

    def _working_time(self, a: datetime, b: datetime) -> float:
        """Seconds of working hours in [a, b), for hours that end on the day they begin."""
        if self.about["WORKING_HOURS"] == "24/7":
            return (b - a).total_seconds()
        total, day = 0.0, a.astimezone(self.zone).date()
        while day <= b.astimezone(self.zone).date():
            for opens, closes in self._spans(day):
                total += max(0.0, (min(b, closes) - max(a, opens)).total_seconds())
            day += timedelta(days=1)
        return total

    def _spans(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        for part in self.about["WORKING_HOURS"].split(";"):
            names, *spans = part.split()
            first, _, last = names.partition("-")
            if DAYS.index(first) <= day.weekday() <= DAYS.index(last or first):
                for span in spans:
                    opens, closes = (time.fromisoformat(each) for each in span.split("-"))
                    yield (
                        datetime.combine(day, opens, self.zone),
                        datetime.combine(day, closes, self.zone),
                    )


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _within(text: str, start: datetime, end: datetime) -> bool:
    return bool(text) and start <= _moment(text) < end


def _theirs(whose: str | None, person: str) -> bool:
    return whose is None or person == whose


def _share(answers: Sequence[bool]) -> Recounted:
    return Recounted(sum(answers) / len(answers) if answers else None, len(answers))


def _count(rows: Sequence[Row]) -> Recounted:
    return Recounted(len(rows), len(rows))


def _mean(values: Sequence[float]) -> Recounted:
    return Recounted(fsum(values) / len(values) if values else None, len(values))


def _recommends(answer: int) -> int:
    return 100 if answer >= 9 else -100 if answer <= 6 else 0


def _middle(seconds: Sequence[float]) -> Recounted:
    return Recounted(median(seconds) if seconds else None, len(seconds))
