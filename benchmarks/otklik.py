"""`python -m benchmarks.otklik`: the bot as it is, without the pace that Telegram asks of it.

On a server without limits that pace would be all one measures.
"""

from functools import partial

from bot import __main__ as program
from bot import logs
from bot.assembly import build_app
from bot.pace import Pace
from bot.settings import Settings


async def serve(settings: Settings) -> None:
    app = await program.opened(settings, partial(build_app, pace=Pace(limits=None)))
    try:
        await program.until_told_to_stop(app.run)
    finally:
        await app.close()


def main() -> None:
    settings = Settings.load(None)
    logs.set_up(settings.log_level, settings.log_format)
    program.run_loop(serve(settings))


if __name__ == "__main__":
    main()
