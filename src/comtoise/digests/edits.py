"""What an editor changes in a digest before it leaves: order, and a sentence of his own."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Edits:
    """The changes of one slot. They apply to every reader whose topics the stories meet; stories by id."""

    promoted: tuple[str, ...] = ()  #: told first, in this order
    demoted: frozenset[str] = frozenset()  #: told, but never among the first
    removed: frozenset[str] = frozenset()
    note: str = ""  #: told above all, in the editor's words


UNTOUCHED = Edits()
