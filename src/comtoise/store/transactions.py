"""Work on the database from the loop: one transaction each, in a thread, so that the loop never waits for a disk."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from comtoise.store.database import Database, Tx

T = TypeVar("T")


class Transactions:
    """What those share who serve people from a loop: the desks behind the bot, the pages."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def _read(self, work: Callable[[Tx], T]) -> T:
        def run() -> T:
            with self._database.read() as tx:
                return work(tx)

        return await asyncio.to_thread(run)

    async def _write(self, work: Callable[[Tx], T]) -> T:
        def run() -> T:
            with self._database.write() as tx:
                return work(tx)

        return await asyncio.to_thread(run)
