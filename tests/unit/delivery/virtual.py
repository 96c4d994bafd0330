"""An event loop whose time passes only when everybody waits: minutes of sending in a moment, to the microsecond."""

import asyncio
import selectors
from collections.abc import Callable, Coroutine
from concurrent.futures import Executor, Future
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

Result = TypeVar("Result")
START = datetime(2026, 11, 25, 8, tzinfo=UTC)


class _Selector(selectors.DefaultSelector):
    """Never blocks: what would be waited for is added to the time instead."""

    now_s = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = super().select(0)
        if not ready:
            if timeout is None:
                raise RuntimeError("everybody waits for ever")
            self.now_s += max(timeout, 0.0)
        return ready


class VirtualLoop(asyncio.SelectorEventLoop):
    """Starts at 0 s."""

    def __init__(self) -> None:
        self._selector_ = _Selector()
        super().__init__(self._selector_)

    def time(self) -> float:
        return self._selector_.now_s


class InPlace(Executor):
    """Calls at once, in the loop's own thread."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 (as an executor does: the caller gets it)
            future.set_exception(error)
        return future


def now() -> datetime:
    """The virtual time of day."""
    return START + timedelta(seconds=asyncio.get_running_loop().time())


def run(coroutine: Coroutine[Any, Any, Result]) -> Result:
    """Run *coroutine* to its end on a virtual loop."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(coroutine)
