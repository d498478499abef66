"""The real bot in processes of their own, which stop at a chosen point and wait to be killed.

Reads lines "POINT|NTH" and for each forks a bot: what takes a second, the imports, is done once.
Settings come from the environment. Says "PID n", "READY", "AT POINT" when it has come there for
the NTH time (POINT may be "never"), "GONE code" when it has ended; a negative one is a signal.
"""

import asyncio
import os
import sys
from functools import partial

from bot import __main__ as program
from bot import logs
from bot.assembly import build_app
from bot.pace import Pace
from bot.settings import Settings


async def serve(settings: Settings, point: str, nth: int) -> None:
    came = 0

    async def watch(at: str) -> None:
        nonlocal came
        came += at == point
        if at == point and came == nth:
            say(f"AT {point}")
            await asyncio.sleep(3600)

    build = partial(build_app, pace=Pace(limits=None), watch=watch)
    app = await program.opened(settings, build)
    say("READY")
    try:
        await program.until_told_to_stop(app.run)
    finally:
        await app.close()


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    settings = Settings.load(None)
    logs.set_up(settings.log_level, settings.log_format)
    for line in sys.stdin:
        point, nth = line.strip().split("|")
        child = os.fork()
        if child == 0:
            program.run_loop(serve(settings, point, int(nth)))
            os._exit(0)
        say(f"PID {child}")
        _, status = os.waitpid(child, 0)
        say(f"GONE {os.waitstatus_to_exitcode(status)}")


if __name__ == "__main__":
    main()
