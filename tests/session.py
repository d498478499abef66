"""How tests speak to the playground's server."""

from aiogram.client.session.aiohttp import AiohttpSession


class Session(AiohttpSession):
    async def close(self) -> None:
        """At once: aiogram's own waits a quarter of a second for TLS, which is not used here."""
        if self._session is not None:
            await self._session.close()
