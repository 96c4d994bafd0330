"""What the desk knows and polls: the packaged knowledge with the words and changes of config.yaml."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from comtoise.knowledge import (
    REGISTER,
    Alias,
    Cluster,
    Company,
    Knowledge,
    Sector,
    load,
    packaged_sources,
    register_url,
    source_cards,
)
from comtoise.model import Access, ListingSelectors, Source, SourceKind
from comtoise.text.fold import spaced

if TYPE_CHECKING:
    from comtoise.config.schema import ClusterChange, Config, NewCompany, SectorWords, SourceChange

NATIONAL = "France"
ORIGIN = "config.yaml"


def watched(config: "Config") -> frozenset[str]:
    """The codes of the départements watched: those of the regions, and those named."""
    places = load().places
    regions = set(config.zone.regions)
    return frozenset(d.code for d in places.departements if d.region in regions) | set(
        config.zone.departements
    )


def knowledge(config: "Config") -> Knowledge:
    """The packaged knowledge as the desk wants it.

    Sectors are the file's. A company or a cluster keeps the sectors that are left; a company whose sector is
    gone goes with it.
    """
    packaged = load()
    sectors = _sectors(config.sectors, packaged.sectors)
    kept = {sector.id for sector in sectors}
    return replace(
        packaged,
        sectors=sectors,
        clusters=tuple(_with_sectors(cluster, kept) for cluster in _clusters(config, packaged.clusters)),
        companies=tuple(c for c in _companies(config, packaged.companies) if c.sector in kept),
        global_masks=packaged.global_masks if config.global_masks is None else config.global_masks,
    )


def sources(config: "Config") -> tuple[Source, ...]:
    """The cards to poll, in the package's order, the desk's own last."""
    cards: dict[str, Source] = {}
    if config.sources_section.package:
        zone = watched(config)
        for source in packaged_sources():
            if source.polled:
                cards |= {
                    card.id: card
                    for card in source_cards(source)
                    if covers(card, zone, national=config.sources_section.national)
                }
    for source_id in config.sources_section.remove:
        for card_id in _named(source_id, cards):
            cards.pop(card_id, None)
    for source_id, change in config.sources_section.change.items():
        if source_id == REGISTER:
            cards |= {
                card_id: replace(cards[card_id], **_said(change)) for card_id in _named(source_id, cards)
            }
            continue
        base = cards.get(source_id) or packaged_cards().get(source_id)
        if base is not None and source_id not in config.sources_section.remove:
            cards[source_id] = replace(base, **_said(change))
    for new in config.sources_section.add:
        cards[new.id] = _new_source(new.id, new)
    return tuple(cards.values())


def _named(source_id: str, cards: Mapping[str, Source]) -> list[str]:
    """The cards that an identifier of the package names: that of the register stands for all its départements."""
    prefix = f"{REGISTER}-" if source_id == REGISTER else None
    return [card_id for card_id in cards if card_id == source_id or (prefix and card_id.startswith(prefix))]


def packaged_cards() -> Mapping[str, Source]:
    """Every card of the package, by id."""
    return {card.id: card for source in packaged_sources() for card in source_cards(source)}


def covers(card: Source, zone: frozenset[str], *, national: bool) -> bool:
    """Whether a source writes about the zone: by its départements, else by its region, else nationally."""
    if card.departements:
        return not zone.isdisjoint(card.departements)
    if card.region == NATIONAL:
        return national
    return not zone.isdisjoint(_departements_of(card.region))


def _departements_of(region: str | None) -> frozenset[str]:
    """The départements of a region as the package writes it: a name, or several between « / »."""
    places = load().places
    names = {name.strip() for name in (region or "").split("/")}
    codes = {r.code for r in places.regions if r.name in names}
    if "Suisse" in names:
        return frozenset(canton.code for canton in places.cantons)
    return frozenset(d.code for d in places.departements if d.region in codes)


def _said(change: "SourceChange") -> dict[str, Any]:
    """The fields of a card that the desk gives, under the card's names."""
    given = {name: getattr(change, name) for name in change.model_fields_set if name != "id"}
    given = {name: value for name, value in given.items() if value is not None}
    if change.selectors is not None:
        given["selectors"] = ListingSelectors(**change.selectors.model_dump())
    if change.region is not None:
        given["region"] = next(r.name for r in load().places.regions if r.code == change.region)
    if change.access is Access.SUBSCRIBERS and change.fetch_pages is None:
        given["fetch_pages"] = False
    return given


def _new_source(source_id: str, new: "SourceChange") -> Source:
    said = _said(new)
    if said.get("kind") is SourceKind.BODACC:
        # Notices are whole in the answer, and under the Licence Ouverte.
        said = {
            "url": register_url(new.departements or ()),
            "fetch_pages": False,
            "full_text_licence": True,
        } | said
    return Source(**({"id": source_id, "kind": SourceKind.FEED, "origin": ORIGIN} | said))


def _sectors(words: "Mapping[str, SectorWords] | None", packaged: Iterable[Sector]) -> tuple[Sector, ...]:
    known = {sector.id: sector for sector in packaged}
    if words is None:
        return tuple(known.values())
    return tuple(_sector(sector_id, said, known.get(sector_id)) for sector_id, said in words.items())


def _sector(sector_id: str, said: "SectorWords", known: Sector | None) -> Sector:
    """The desk's words; what people do not edit (NAF codes, fairs, schools) stays the package's."""
    base = known or Sector(id=sector_id, label=said.label, origin=ORIGIN)
    return replace(
        base,
        label=said.label,
        label_en=said.label_en or base.label_en,
        scope=said.scope or base.scope,
        not_scope=said.not_scope or base.not_scope,
        strong=said.strong,
        weak=said.weak,
        context=said.context,
        occupations=said.occupations,
        exclusions=said.exclusions,
        negative_context=said.negative_context,
        acronyms=said.acronyms,
    )


def _clusters(config: "Config", packaged: Iterable[Cluster]) -> tuple[Cluster, ...]:
    section = config.clusters_section
    zone = watched(config)
    clusters = {
        cluster.id: cluster
        for cluster in packaged
        if section.package == "all" or (section.package == "zone" and _near(cluster, zone))
    }
    for cluster_id in section.remove:
        clusters.pop(cluster_id, None)
    everything = {cluster.id: cluster for cluster in packaged}
    for cluster_id, change in section.change.items():
        if cluster_id in everything and cluster_id not in section.remove:
            clusters[cluster_id] = _changed(everything[cluster_id], change)
    for new in section.add:
        blank = Cluster(id=new.id, name=new.name, origin=ORIGIN, confidence="high")
        clusters[new.id] = _changed(blank, new)
    return tuple(clusters.values())


def _near(cluster: Cluster, zone: frozenset[str]) -> bool:
    covered = cluster.departements or _departements_of(cluster.region)
    return cluster.region == NATIONAL or not zone.isdisjoint(covered)


def _changed(cluster: Cluster, change: "ClusterChange") -> Cluster:
    names = ("name", "kind", "region", "departements", "headquarters", "sectors", "website")
    given = {name: getattr(change, name) for name in names if getattr(change, name) is not None}
    if change.aliases is not None:
        given["aliases"] = tuple(Alias(text=a.text, type=a.type, needs=a.needs) for a in change.aliases)
    return replace(cluster, **given)


def _with_sectors(cluster: Cluster, kept: set[str]) -> Cluster:
    if kept.issuperset(cluster.sectors):
        return cluster
    return replace(cluster, sectors=tuple(sector for sector in cluster.sectors if sector in kept))


def _companies(config: "Config", packaged: Iterable[Company]) -> tuple[Company, ...]:
    section = config.companies_section
    companies = {c.id: c for c in packaged if section.package and c.id not in section.remove}
    for new in section.add:
        company = _new_company(new)
        companies[company.id] = company
    return tuple(companies.values())


def _new_company(new: "NewCompany") -> Company:
    return Company(
        id=company_id(new),
        name=new.name,
        aliases=new.aliases,
        sector=new.sector,
        activity=new.activity or "",
        commune=new.commune,
        insee=_commune_code(new.commune, new.departement),
        departement=new.departement,
        needs_context=new.needs_context,
        basis="desk",
        origin=ORIGIN,
        confidence="high",
    )


def company_id(new: "NewCompany") -> str:
    """The id given, or one made from the name."""
    return new.id or "-".join(spaced(new.name).split())


def _commune_code(name: str | None, departement: str | None) -> str | None:
    """The code of the one commune of that name, in that département when it is given; None in doubt."""
    found = [
        commune.insee
        for commune in load().places.communes
        if commune.name == name and departement in (None, commune.departement)
    ]
    return found[0] if len(found) == 1 else None
