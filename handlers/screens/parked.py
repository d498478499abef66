"""What was given up, as supervisors see it."""

from handlers.screens.screen import Look, Screen


async def screen(look: Look, _: int) -> Screen:
    texts, count = look.texts, await look.tx.parked.count()
    if not count:
        return Screen(texts("parked-none"))
    return Screen(
        texts.lines(
            texts("parked-some", count=count),
            texts("parked-kept"),
            texts("parked-what-to-do", command="python -m bot doctor"),
        )
    )
