"""What the schema cannot see: names that lead to other parts of the file or to the packaged knowledge."""

from collections.abc import Iterable, Mapping

from comtoise.config.desk import company_id, packaged_cards, watched
from comtoise.config.explain import missing_key, unknown_reference
from comtoise.config.reading import Path, Tree
from comtoise.config.schema import Config
from comtoise.config.values import closest
from comtoise.i18n import _
from comtoise.knowledge import REGISTER, load
from comtoise.model import SourceKind


def check(config: Config, tree: Tree) -> None:
    """Add to the tree the problems of a file whose every part is right."""
    if not watched(config):
        tree.complain(
            tree.keys.get(("zone",)) or tree.find(("zone",)),
            "zone",
            _("la zone à suivre est vide"),
            _("écrivez sous zone : « regions: [Bourgogne-Franche-Comté] » ou « departements: [Doubs] »"),
        )
    _sectors(config, tree)
    _sources(config, tree)
    _clusters(config, tree)
    _companies(config, tree)
    _intervals(config, tree)


def _sectors(config: Config, tree: Tree) -> None:
    if config.sectors is None:
        return
    known = {sector.id: sector for sector in load().sectors}
    missing = [sector_id for sector_id in known if sector_id not in config.sectors]
    for sector_id, words in config.sectors.items():
        near = None if sector_id in known else closest(sector_id, missing, cutoff=0.8)
        if near:
            path: Path = ("filieres", sector_id)
            unknown_reference(tree, path, sector_id, {near: None}, _("la filière « {id} » est inconnue"))
        if not words.strong and not words.weak:
            tree.complain(
                tree.keys.get(("filieres", sector_id)) or tree.find(("filieres", sector_id)),
                sector_id,
                _("la filière « {id} » n’a aucun mot").format(id=sector_id),
                _("ajoutez au moins « mots_forts: | » suivi de mots en retrait"),
            )


def _sources(config: Config, tree: Tree) -> None:
    section = config.sources_section
    known = {**packaged_cards(), REGISTER: None}
    unknown = _("la source « {id} » est inconnue")
    for index, source_id in enumerate(section.remove):
        if source_id not in known:
            unknown_reference(tree, ("sources", "retirer", index), source_id, known, unknown)
    for source_id, change in section.change.items():
        path: Path = ("sources", "modifier", source_id)
        if source_id not in known:
            unknown_reference(tree, path, source_id, known, unknown)
        _sector_names(config, tree, (*path, "filieres"), change.sectors or ())
    _unique(tree, ("sources", "ajouter"), [new.id for new in section.add], known if section.package else {})
    for index, new in enumerate(section.add):
        path = ("sources", "ajouter", index)
        _sector_names(config, tree, (*path, "filieres"), new.sectors or ())
        if new.url is None and new.kind is not SourceKind.BODACC:
            missing_key((*path, "adresse"), tree)
        if new.url is None and new.kind is SourceKind.BODACC and not new.departements:
            missing_key((*path, "departements"), tree)
        if new.selectors is not None and new.kind is not SourceKind.LISTING:
            tree.complain(
                tree.find((*path, "reperes")),
                "reperes",
                _("« reperes » ne sert qu’aux sources du genre « page »"),
                _("ajoutez « genre: page », ou effacez « reperes »"),
            )


def _clusters(config: Config, tree: Tree) -> None:
    section = config.clusters_section
    known = {cluster.id: cluster for cluster in load().clusters}
    unknown = _("le pôle « {id} » est inconnu")
    for index, cluster_id in enumerate(section.remove):
        if cluster_id not in known:
            unknown_reference(tree, ("poles", "retirer", index), cluster_id, known, unknown)
    for cluster_id, change in section.change.items():
        path: Path = ("poles", "modifier", cluster_id)
        if cluster_id not in known:
            unknown_reference(tree, path, cluster_id, known, unknown)
        _sector_names(config, tree, (*path, "filieres"), change.sectors or ())
    taken = {} if section.package == "none" else known
    _unique(tree, ("poles", "ajouter"), [new.id for new in section.add], taken)
    for index, new in enumerate(section.add):
        _sector_names(config, tree, ("poles", "ajouter", index, "filieres"), new.sectors or ())


def _companies(config: Config, tree: Tree) -> None:
    section = config.companies_section
    known = {company.id: company for company in load().companies}
    for index, removed in enumerate(section.remove):
        if removed not in known:
            path: Path = ("entreprises", "retirer", index)
            unknown_reference(tree, path, removed, known, _("l’entreprise « {id} » est inconnue"))
    taken = {i: c for i, c in known.items() if section.package and i not in section.remove}
    _unique(tree, ("entreprises", "ajouter"), [company_id(new) for new in section.add], taken)
    for index, new in enumerate(section.add):
        _sector_names(config, tree, ("entreprises", "ajouter", index, "filiere"), (new.sector,))


def _intervals(config: Config, tree: Tree) -> None:
    politeness = config.politeness
    if politeness.interval_min_minutes > politeness.interval_max_hours * 60:
        path: Path = ("politesse", "intervalle_min_minutes")
        tree.complain(
            tree.find(path),
            str(politeness.interval_min_minutes),
            _("l’intervalle minimal dépasse l’intervalle maximal"),
            _("écrivez au plus {n} minutes").format(n=politeness.interval_max_hours * 60),
        )


def _sector_names(config: Config, tree: Tree, path: Path, written: Iterable[str]) -> None:
    known: Mapping[str, object] = config.sectors or {sector.id: sector for sector in load().sectors}
    for index, sector_id in enumerate(written):
        if sector_id not in known:
            at = (*path, index) if (*path, index) in tree.values else path
            unknown_reference(tree, at, sector_id, known, _("la filière « {id} » est inconnue"))


def _unique(tree: Tree, path: Path, ids: Iterable[str], taken: Mapping[str, object]) -> None:
    seen = set(taken)
    for index, written in enumerate(ids):
        if written in seen:
            item = (*path, index)
            tree.complain(
                tree.find((*item, "id") if (*item, "id") in tree.values else item),
                written,
                _("« {id} » existe déjà").format(id=written),
                _("choisissez un autre identifiant, ou écrivez le changement sous « modifier »"),
            )
        seen.add(written)
