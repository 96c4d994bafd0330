"""An event loop on which time passes several times as fast, with real sockets.

Every wait, time-out and date read from the loop keeps its proportion to the others: a minute of sending at 25
messages a second takes twelve seconds at five times the speed, and the limits hold or break as they would.
"""

import asyncio
import selectors
import time


class _Selector(selectors.DefaultSelector):
    factor = 1.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        return super().select(timeout / self.factor if timeout is not None else None)


class HurriedLoop(asyncio.SelectorEventLoop):
    """Its seconds are *factor* times as short as those of the machine."""

    def __init__(self, factor: float) -> None:
        self._factor = factor
        selector = _Selector()
        selector.factor = factor
        super().__init__(selector)

    def time(self) -> float:
        return time.monotonic() * self._factor
