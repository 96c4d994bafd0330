"""A source's card in the words of config.yaml."""

from typing import Any

from comtoise.config.schema import ACCESSES, KINDS
from comtoise.model import Access, Source, SourceKind


def source_item(source: Source) -> dict[str, Any]:
    """*source* as an item of « sources: ajouter: », without what goes without saying."""
    card: dict[str, Any] = {"id": source.id, "nom": source.name}
    if source.kind is not SourceKind.FEED:
        card["genre"] = next(word for word, kind in KINDS.items() if kind is source.kind)
    card["adresse"] = source.url
    if source.homepage and source.homepage != source.url:
        card["site"] = source.homepage
    if source.departements:
        card["departements"] = source.departements
    if source.access is not Access.OPEN:
        card["acces"] = next(word for word, access in ACCESSES.items() if access is source.access)
    if source.selectors is not None:
        said = {
            "element": source.selectors.item,
            "lien": None if source.selectors.link == "a" else source.selectors.link,
            "titre": source.selectors.title,
            "date": source.selectors.date,
            "resume": source.selectors.summary,
        }
        card["reperes"] = {key: css for key, css in said.items() if css}
    return card
