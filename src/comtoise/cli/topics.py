"""Topics as people type them after an option: known ones only, départements by name or number."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from comtoise.config.values import departements as names_of_departements
from comtoise.config.values import did_you_mean, fold_key
from comtoise.errors import InputError
from comtoise.i18n import _

if TYPE_CHECKING:
    from comtoise.config import Config

MANY = 20  #: ids that a refusal names at most


def known_sectors(config: "Config", typed: Iterable[str]) -> frozenset[str]:
    """The sectors, by id. Raises `InputError` for one that the desk does not know."""
    known = [sector.id for sector in config.knowledge().sectors]
    return _known(typed, known, _("Filière inconnue : {name} ; {remedy}"))


def known_clusters(config: "Config", typed: Iterable[str]) -> frozenset[str]:
    """The clusters, by id. Raises `InputError` for one that the desk does not know."""
    known = [cluster.id for cluster in config.knowledge().clusters]
    return _known(typed, known, _("Pôle inconnu : {name} ; {remedy}"))


def known_sources(config: "Config", typed: Iterable[str]) -> frozenset[str]:
    """The sources, by id. Raises `InputError` for one that the desk does not follow."""
    known = [card.id for card in config.sources()]
    return _known(
        typed,
        known,
        _("Source inconnue : {name} ; {remedy}"),
        otherwise=_("voyez « comtoise sources list »."),
    )


def known_topic(config: "Config", typed: str) -> str:
    """A topic of any kind, by id or code. Raises `InputError` for one that no article can be given."""
    knowledge = config.knowledge()
    named = [
        card.id for cards in (knowledge.sectors, knowledge.clusters, knowledge.signals) for card in cards
    ]
    known = {
        *named,
        *(company.id for company in knowledge.companies),
        *(departement.code for departement in knowledge.places.departements),
        *(canton.code for canton in knowledge.places.cantons),
        *(commune.insee for commune in knowledge.places.communes),
    }
    if typed not in known:
        _known([typed], named, _("Sujet inconnu : {name} ; {remedy}"))
    return typed


def _known(
    typed: Iterable[str], known: Sequence[str], sentence: str, *, otherwise: str | None = None
) -> frozenset[str]:
    """What was typed, when all of it is known; else `InputError`: the nearest id, or *otherwise*, or all there are."""
    wanted = frozenset(typed)
    for name in sorted(wanted.difference(known)):
        if otherwise is None:
            otherwise = _("écrivez l’un de : {names}").format(names=", ".join(known[:MANY]))
            otherwise += "…" if len(known) > MANY else ""
        raise InputError(sentence.format(name=name, remedy=did_you_mean(name, known, otherwise)))
    return wanted


def watched_departements(config: "Config", typed: Iterable[str]) -> frozenset[str]:
    """The codes of départements given by name or number. Raises `InputError` for one outside the zone."""
    by_name = {fold_key(name): code for code, name in names_of_departements().items()}
    wanted = {name: by_name.get(fold_key(name), name.upper().zfill(2)) for name in typed}
    elsewhere = sorted(name for name, code in wanted.items() if code not in config.departements())
    if elsewhere:
        raise InputError(_("Département hors de la zone suivie : {names}").format(names=", ".join(elsewhere)))
    return frozenset(wanted.values())
