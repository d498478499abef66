"""`python -m benchmarks.peers.raw`: a tap, a commit, an alert, and no framework at all.

It shows that the minimal bot is no straw man: that one may be ten times slower, no more.
"""

import http.client
import json
import os
import sqlite3
from typing import Any
from urllib.parse import urlsplit

LONG_POLL = 25


def main() -> None:
    supervisor = os.environ["SUPERVISOR_IDS"]
    path = os.environ["DATABASE_URL"].partition(":///")[2]
    database = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL"):
        database.execute(f"PRAGMA {pragma}")
    server = urlsplit(os.environ["BOT_API_URL"])
    assert server.hostname is not None
    connection = http.client.HTTPConnection(server.hostname, server.port)

    def call(method: str, **given: Any) -> Any:
        body = json.dumps(given).encode()
        headers = {"Content-Type": "application/json"}
        connection.request("POST", f"/bot{os.environ['BOT_TOKEN']}/{method}", body, headers)
        return json.loads(connection.getresponse().read())["result"]

    offset = 0
    while True:
        for update in call("getUpdates", offset=offset, timeout=LONG_POLL, limit=100):
            offset = update["update_id"] + 1
            query = update["callback_query"]
            _, survey_id, stars = query["data"].split(":")
            customer, operator = database.execute(
                "UPDATE surveys SET stars = ? WHERE id = ? AND telegram_id = ?"
                " RETURNING customer, operator",
                (int(stars), int(survey_id), query["from"]["id"]),
            ).fetchall()[0]  # outside a transaction: all is read, so it is committed
            words = f"⚠️ {customer} gave {operator} {stars} of 5."
            call("sendMessage", chat_id=supervisor, text=words)
            call("answerCallbackQuery", callback_query_id=query["id"], text="Thank you!")


if __name__ == "__main__":
    main()
