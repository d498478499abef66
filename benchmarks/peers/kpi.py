"""An operator's weeks and a team's week in SQL, as one would write it by hand and at once.

The same records and sums as ours; without intervals, what is left out, follow-ups, what was
written after a closing, and the score.
"""

from datetime import datetime

COVERING = (
    "CREATE INDEX peer_waits ON waits (answered_by_id, started_at, first, operator_seconds,"
    " overdue)",
    "CREATE INDEX peer_week ON waits (started_at, answered_by_id, first, operator_seconds,"
    " overdue)",
    "CREATE INDEX peer_surveys ON surveys (operator_id, rated_at, stars, solved)",
)
"""The best there are for them."""


def one_operator(dialect: str, whose: int, start: datetime, end: datetime) -> str:
    """Each week's sums of nine figures, and each first response's seconds, as one statement."""

    def part(name: str, sums: str, table: str, moment: str, where: str, more: str = "") -> str:
        week = _week(dialect, moment, start)
        return (
            f"SELECT '{name}', {week} AS week, {sums} FROM {table}"
            f" WHERE {where} AND {moment} >= {_at(dialect, start)}"
            f" AND {moment} < {_at(dialect, end)} {more}"
        )

    grouped, yes = "GROUP BY 2", "CASE WHEN {} THEN 1 ELSE 0 END".format
    return " UNION ALL ".join(
        (
            part(
                "ratings",
                f"sum({yes('stars > 3')}), count(*), sum(stars),"
                f" sum({yes('solved')}), count(solved)",
                "surveys",
                "rated_at",
                f"operator_id = {whose}",
                grouped,
            ),
            part(
                "surveys",
                "count(rated_at), count(*), 0, 0, 0",
                "surveys",
                "expires_at",
                f"operator_id = {whose}",
                grouped,
            ),
            part(
                "waits",
                f"sum({yes('overdue')}), count(*), 0, 0, 0",
                "waits",
                "started_at",
                f"answered_by_id = {whose}",
                grouped,
            ),
            part(
                "first",
                "operator_seconds, 0, 0, 0, 0",
                "waits",
                "started_at",
                f"answered_by_id = {whose} AND first",
            ),
            part(
                "closed",
                "sum(CASE WHEN outcome = 'solved' THEN 1 ELSE 0 END), count(*),"
                " sum(CASE WHEN EXISTS (SELECT 1 FROM diary_entries d"
                " WHERE d.conversation_id = c.id) THEN 1 ELSE 0 END), 0, 0",
                "conversations c",
                "closed_at",
                f"closed_by_id = {whose}",
                grouped,
            ),
            part(
                "handled",
                "count(DISTINCT c.id), 0, 0, 0, 0",
                "messages m JOIN conversations c ON c.id = m.conversation_id",
                "closed_at",
                f"m.author_id = {whose} AND m.from_customer IS FALSE",
                grouped,
            ),
        )
    )


def everybody(dialect: str, start: datetime, end: datetime) -> str:
    """What each operator answered in a week, as one GROUP BY."""
    return (
        "SELECT answered_by_id, count(*), sum(CASE WHEN overdue THEN 1 ELSE 0 END),"
        " avg(CASE WHEN first THEN operator_seconds END) FROM waits"
        f" WHERE started_at >= {_at(dialect, start)} AND started_at < {_at(dialect, end)}"
        " GROUP BY answered_by_id"
    )


def _week(dialect: str, moment: str, start: datetime) -> str:
    seconds = (
        f"strftime('%s', {moment})" if dialect == "sqlite" else f"extract(epoch FROM {moment})"
    )
    return f"CAST(({seconds} - {int(start.timestamp())}) / 604800 AS integer)"


def _at(dialect: str, moment: datetime) -> str:
    spelt = moment.strftime("%Y-%m-%d %H:%M:%S.%f")
    return f"'{spelt}'" if dialect == "sqlite" else f"'{spelt}+00'"
