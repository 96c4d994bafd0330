"""A word added to a filière, or taken out, in config.yaml."""

from collections.abc import Iterable
from typing import Final

from ruamel.yaml.comments import CommentedMap

from comtoise.config import editing
from comtoise.errors import InputError
from comtoise.i18n import _
from comtoise.knowledge import Sector
from comtoise.service.trying import Change, Place

_KEYS: Final = {
    Place.STRONG: "mots_forts",
    Place.WEAK: "mots_faibles",
    Place.OCCUPATION: "metiers",
    Place.CONTEXT: "contexte",
    Place.IGNORED: "exclusions",
    Place.ACRONYM: "sigles",
}


def written(change: Change, sectors: Iterable[Sector]) -> editing.Change:
    """What a change of the words is in the file.

    Args:
        sectors: Those in use; they are written first where the file has none, and lives with the package's.
    """

    def write(document: CommentedMap) -> None:
        if document.get("filieres") is None:
            editing.write_sectors(document, sectors)
        if change.removing:
            editing.remove_word(document, change.sector.id, change.keyword.text)
        else:
            editing.add_word(document, change.sector.id, _KEYS[change.place], change.keyword.text)

    return write


def refuse_both(change: Change) -> None:
    """A word is strong, or to be confirmed: `InputError` when it would be both."""
    other = {Place.STRONG: Place.WEAK, Place.WEAK: Place.STRONG}.get(change.place)
    if change.removing or other is None or not change.in_list(other):
        return
    raise InputError(
        _(
            "« {word} » est déjà dans « {key} » de la filière {sector} : retirez-l’en d’abord "
            "(comtoise keywords remove)."
        ).format(word=change.keyword.text, key=_KEYS[other], sector=change.sector.id)
    )
