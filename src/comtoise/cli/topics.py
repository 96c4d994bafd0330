"""Topics as people type them after an option: known ones only, départements by name or number."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from comtoise.config.values import departements as names_of_departements
from comtoise.config.values import fold_key
from comtoise.errors import InputError
from comtoise.i18n import _

if TYPE_CHECKING:
    from comtoise.config import Config


def known_sectors(config: "Config", typed: Iterable[str]) -> frozenset[str]:
    """The sectors, by id. Raises `InputError` for one that the desk does not know."""
    wanted = frozenset(typed)
    unknown = sorted(wanted - {sector.id for sector in config.knowledge().sectors})
    if unknown:
        raise InputError(_("Filière inconnue : {names}").format(names=", ".join(unknown)))
    return wanted


def known_clusters(config: "Config", typed: Iterable[str]) -> frozenset[str]:
    """The clusters, by id. Raises `InputError` for one that the desk does not know."""
    wanted = frozenset(typed)
    unknown = sorted(wanted - {cluster.id for cluster in config.knowledge().clusters})
    if unknown:
        raise InputError(_("Pôle inconnu : {names}").format(names=", ".join(unknown)))
    return wanted


def watched_departements(config: "Config", typed: Iterable[str]) -> frozenset[str]:
    """The codes of départements given by name or number. Raises `InputError` for one outside the zone."""
    by_name = {fold_key(name): code for code, name in names_of_departements().items()}
    wanted = {name: by_name.get(fold_key(name), name.upper().zfill(2)) for name in typed}
    elsewhere = sorted(name for name, code in wanted.items() if code not in config.departements())
    if elsewhere:
        raise InputError(_("Département hors de la zone suivie : {names}").format(names=", ".join(elsewhere)))
    return frozenset(wanted.values())
