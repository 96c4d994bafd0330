"""Write the config.yaml that watches the newsroom: what a desk would write for these sites."""

import json
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from comtoise.demo.sites import SiteCard
from comtoise.model import Access, SourceKind

_KINDS = {
    SourceKind.FEED: "flux",
    SourceKind.LISTING: "page",
    SourceKind.SITEMAP: "plan_du_site",
    SourceKind.WORDPRESS: "wordpress",
    SourceKind.BODACC: "bodacc",
}
_ACCESSES = {Access.OPEN: "libre", Access.PARTLY: "partiel", Access.SUBSCRIBERS: "abonnes"}
_SELECTORS = {"item": "element", "link": "lien", "title": "titre", "date": "date", "summary": "resume"}

_HEAD = """\
# La configuration de la démonstration : les sites de sa rédaction inventée, servis sur cette machine.
version: 1

zone:
  regions: [Bourgogne-Franche-Comté, Grand Est]
  departements: ["01"]

# Le réseau de la machine est refusé par défaut ; la démonstration n'en a pas d'autre.
reseaux_internes_autorises: [{host}]
ports_supplementaires: [{ports}]
"""


def config_yaml(
    sites: Mapping[str, SiteCard], bases: Mapping[str, str], *, interval_s: int, extra: str
) -> str:
    """The text for *sites*, by id, served at *bases*; *extra* is put at its end as it is."""
    addresses = [urlsplit(base) for base in bases.values()]
    lines = [
        _HEAD.format(
            host=", ".join(sorted({address.hostname or "" for address in addresses})),
            ports=", ".join(str(address.port) for address in addresses),
        ),
        "politesse:",
        "  delai_par_site_secondes: 0",
        "  attente_max_secondes: 60",
        f"  intervalle_fixe: {interval_s}",
        "",
        "sources:",
        "  paquet: non",
        "  ajouter:",
    ]
    for site_id, site in sites.items():
        lines += _source(site, bases[site_id])
    lines += ["", "poles:", "  ajouter:"]
    for site_id, site in sites.items():
        if site.cluster is not None:
            lines += _item(
                id=site_id,
                nom=site.cluster.name,
                autres_noms=site.cluster.aliases,
                filieres=site.cluster.sectors,
                departements=site.cluster.departements,
                site=f"{bases[site_id]}/",
            )
    return "\n".join([*lines, "", extra])


def _source(site: SiteCard, base: str) -> list[str]:
    lines = _item(
        id=site.id,
        nom=site.name,
        genre=_KINDS[site.kind],
        adresse=base + site.polled,
        site=f"{base}/",
        departements=site.departements,
        region=site.region,
        filieres=site.sectors,
        acces=_ACCESSES[site.access],
    )
    if site.selectors:
        lines.append("      reperes:")
        lines += [f"        {_SELECTORS[name]}: {_text(css)}" for name, css in site.selectors.items()]
    return lines


def _item(**fields: str | Iterable[str] | None) -> list[str]:
    """One element of a list, without its empty fields."""
    lines = []
    for key, value in fields.items():
        if value:
            shown = _text(value) if isinstance(value, str) else f"[{', '.join(map(_text, value))}]"
            lines.append(f"      {key}: {shown}")
    lines[0] = f"    - {lines[0].lstrip()}"
    return lines


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)  # a JSON text is a YAML text in double quotes
