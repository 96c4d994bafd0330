"""Work done in a process of its own, for what it would leave behind in one that lives for days."""

import os
import pickle
import traceback
from collections.abc import Callable
from typing import TypeVar, cast

from comtoise.errors import ComtoiseError

T = TypeVar("T")


def apart(work: Callable[[], T]) -> T:
    """What *work* returns, done in a child of this process that ends with it.

    The value must be one that `pickle` takes. Only for a process that has started no thread yet: it is forked.

    Raises:
        ComtoiseError: the work raised one; its message is kept, its kind is not.
        RuntimeError: the child ended otherwise; why is on the standard error.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        _do(work, writing)
    os.close(writing)
    with open(reading, "rb") as pipe:
        said = pipe.read()
    os.waitpid(child, 0)
    if not said:
        raise RuntimeError("the process that was to do the work ended without an answer")
    value, refusal = pickle.loads(said)
    if refusal is not None:
        raise ComtoiseError(refusal)
    return cast("T", value)


def _do(work: Callable[[], T], writing: int) -> None:
    """The child's whole life."""
    try:
        with open(writing, "wb") as pipe:
            try:
                pickle.dump((work(), None), pipe)
            except ComtoiseError as error:
                pickle.dump((None, str(error)), pipe)
    except BaseException:  # noqa: BLE001 (nothing of the parent's, whose stack is below us, may run here)
        traceback.print_exc()
    finally:
        os._exit(0)
