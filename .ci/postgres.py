"""Prints `URL VERSION` of the PostgreSQL that tests may use, or nothing where there is none.

TEST_POSTGRES_URL if it is set (then it must answer), else a server on this machine that lets us in
without a password.
"""

import asyncio
import getpass
import os
import sys

import asyncpg

LOCAL = (
    f"postgresql+asyncpg://{getpass.getuser()}@127.0.0.1:5432/test",
    "postgresql+asyncpg://postgres@127.0.0.1:5432/postgres",
)


async def version(url: str) -> str:
    connection = await asyncpg.connect(url.replace("+asyncpg", ""), timeout=5)
    try:
        return str(await connection.fetchval("SHOW server_version")).split()[0]
    finally:
        await connection.close()


async def main() -> int:
    asked = os.environ.get("TEST_POSTGRES_URL")
    for url in [asked] if asked else LOCAL:
        try:
            sys.stdout.write(f"{url} {await version(url)}\n")
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as failure:
            if asked:
                sys.stderr.write(f"TEST_POSTGRES_URL does not answer: {failure}\n")
                return 2
        else:
            return 0
    return 0


sys.exit(asyncio.run(main()))
