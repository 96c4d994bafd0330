"""What config.yaml may say: one schema, French keys, frozen values.

Keys without a value count as absent where the schema holds a list or a section, and are refused where it
holds a value. Units are in the names of the keys and of the fields.
"""

from datetime import time
from functools import cached_property
from typing import Annotated, Any, ClassVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from comtoise.config import desk
from comtoise.config.values import (
    Agent,
    DepartementCode,
    DepartementCodes,
    Hour,
    Identifier,
    Identifiers,
    Keywords,
    Listening,
    MailAddress,
    Network,
    RegionCode,
    RegionCodes,
    Selector,
    Text,
    WebAddress,
    Weekday,
    Word,
    Words,
    YesNo,
    Zone,
    choice,
    number,
    split_items,
)
from comtoise.knowledge import Knowledge
from comtoise.model import Access, Source, SourceKind


class Section(BaseModel):
    """A part of the file: nothing unknown, nothing changed afterwards."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    @model_validator(mode="before")
    @classmethod
    def _empty_is_absent(cls, data: Any) -> Any:
        """« ajouter: » with nothing below is the same as no « ajouter: »."""
        if data is None:
            return {}
        if not isinstance(data, dict):
            return data
        absent = {field.alias for field in cls.model_fields.values() if field.default_factory is not None}
        return {key: value for key, value in data.items() if value is not None or key not in absent}


class WatchedZone(Section):
    """Where to watch."""

    regions: RegionCodes = Field(alias="regions", default_factory=tuple)  #: INSEE codes
    departements: DepartementCodes = Field(alias="departements", default_factory=tuple)
    """In addition to the regions': INSEE codes, or Swiss cantons (« CH-JU »)."""


class Daily(Section):
    """The morning digest."""

    at: Hour = Field(alias="heure", default=time(7, 30))


class Weekly(Section):
    """The digest of the week."""

    weekday: Weekday = Field(alias="jour", default=0)  #: 0 is Monday
    at: Hour = Field(alias="heure", default=time(7, 30))


class Schedule(Section):
    """When digests are struck, on the clock of `timezone`."""

    timezone: Zone = Field(alias="fuseau", default=ZoneInfo("Europe/Paris"))
    daily: Daily = Field(alias="quotidien", default_factory=Daily)
    weekly: Weekly = Field(alias="hebdomadaire", default_factory=Weekly)


class QuietHours(Section):
    """Local hours during which no alert is sent; none when both are equal."""

    start: Hour = Field(alias="de", default=time(20, 0))
    end: Hour = Field(alias="a", default=time(7, 30))


class Alerts(Section):
    """Instant alerts."""

    max_age_hours: Annotated[int, number(1, 168, "heures")] = Field(alias="age_max_heures", default=72)
    per_day: Annotated[int, number(0, 50, "alertes")] = Field(alias="par_jour", default=5)  #: per reader
    quiet: QuietHours = Field(alias="heures_calmes", default_factory=QuietHours)


class Mail(Section):
    """Who the mail comes from."""

    sender_name: Text = Field(alias="expediteur_nom", default="Comtoise")
    sender_address: MailAddress = Field(alias="expediteur_adresse", default="veille@example.org")
    reply_to: MailAddress | None = Field(alias="repondre_a", default=None)
    postal_identity: Text | None = Field(alias="identite_postale", default=None)
    bounces: MailAddress | None = Field(alias="retours", default=None)
    """The mailbox to which servers report what they refuse; « +… » is added before its @ for each reader."""
    dkim_selector: Selector | None = Field(alias="dkim_selecteur", default=None)

    @property
    def ready(self) -> bool:
        """Whether the sender is someone: the example's address must have been replaced."""
        domain = self.sender_address.rpartition("@")[2].lower()
        return domain not in ("example.org", "example.com", "exemple.fr", "votre-domaine.fr")


class Site(Section):
    """The desk's own pages: where they answer, and under which address people and hubs reach them."""

    address: WebAddress = Field(alias="adresse", default="http://localhost:8080")
    """Where the links of the mails lead (unsubscribe, my data), without a final slash."""
    listen: Listening = Field(alias="ecoute", default=None)
    """Host and port where pages and hooks are served; None: nowhere."""
    hubs: YesNo = Field(alias="websub", default=True)

    @property
    def public(self) -> bool:
        """Whether others can reach the pages: they are served, under an address that is not this machine's."""
        host = (urlsplit(self.address).hostname or "").lower()
        return self.listen is not None and host != "localhost" and not host.startswith("127.")


class Retention(Section):
    """How long things are kept."""

    text_hours: Annotated[int, number(0, 72, "heures")] = Field(alias="texte_integral_heures", default=72)
    """Full text, except where the source's licence allows more. Never above 72: publishers' rights."""
    articles_months: Annotated[int, number(1, 120, "mois")] = Field(alias="articles_mois", default=24)
    readers_months: Annotated[int, number(1, 36, "mois")] = Field(alias="lecteurs_mois", default=36)
    """After the last contact that came from the reader."""
    unconfirmed_days: Annotated[int, number(1, 30, "jours")] = Field(
        alias="inscriptions_non_confirmees_jours", default=7
    )


class Politeness(Section):
    """How sites are visited."""

    user_agent: Agent = Field(
        alias="agent", default="ComtoiseBot/1.0 (+https://example.org/comtoise; contact@example.org)"
    )
    host_delay_s: Annotated[float, number(0, 3600, "secondes", whole=False)] = Field(
        alias="delai_par_site_secondes", default=5.0
    )  #: between two requests to one host
    timeout_s: Annotated[float, number(1, 120, "secondes", whole=False)] = Field(
        alias="attente_max_secondes", default=20.0
    )  #: of one request, in all
    body_max_mb: Annotated[int, number(1, 100, "Mo")] = Field(alias="taille_max_mo", default=10)
    interval_min_minutes: Annotated[int, number(1, 1440, "minutes")] = Field(
        alias="intervalle_min_minutes", default=5
    )
    interval_usual_minutes: Annotated[int, number(1, 10080, "minutes")] = Field(
        alias="intervalle_habituel_minutes", default=30
    )  #: the mean over all sources, that is the budget of polls; never less than twelve a day each
    interval_max_hours: Annotated[int, number(1, 168, "heures")] = Field(
        alias="intervalle_max_heures", default=24
    )
    interval_fixed_s: Annotated[int | None, number(1, 86400, "secondes")] = Field(
        alias="intervalle_fixe", default=None
    )  #: the same for all sources, instead of the computed one; for trials

    @property
    def body_max_bytes(self) -> int:
        """The largest body read, decoded."""
        return self.body_max_mb * 1024 * 1024


class SectorWords(Section):
    """A filière: its name and its words, as people write them."""

    label: Text = Field(alias="nom", examples=["Plasturgie"])
    label_en: Text | None = Field(alias="nom_anglais", default=None)
    scope: Text | None = Field(alias="pour", default=None)
    not_scope: Text | None = Field(alias="pas_pour", default=None)
    strong: Keywords = Field(alias="mots_forts", default_factory=tuple)
    weak: Keywords = Field(alias="mots_faibles", default_factory=tuple)
    context: Keywords = Field(alias="contexte", default_factory=tuple)
    occupations: Keywords = Field(alias="metiers", default_factory=tuple)
    exclusions: Keywords = Field(alias="exclusions", default_factory=tuple)
    negative_context: Keywords = Field(alias="contexte_negatif", default_factory=tuple)
    acronyms: Keywords = Field(alias="sigles", default_factory=tuple)


def _alias(value: object) -> object:
    return {"texte": value} if isinstance(value, str) else value


class OtherName(Section):
    """Another name of a cluster; a name alone may be written without its key."""

    text: Word = Field(alias="texte", examples=["Pôle des microtechniques"])
    type: Text = Field(alias="type", default="variant")
    needs: Words = Field(alias="pres_de", default_factory=tuple)


OtherNames = Annotated[
    tuple[Annotated[OtherName, BeforeValidator(_alias)], ...], BeforeValidator(split_items)
]


class ClusterChange(Section):
    """What the desk says of a packaged cluster; what is absent stays."""

    name: Text | None = Field(alias="nom", default=None)
    aliases: OtherNames | None = Field(alias="autres_noms", default=None)
    kind: Text | None = Field(alias="genre", default=None)
    region: Text | None = Field(alias="region", default=None)
    departements: DepartementCodes | None = Field(alias="departements", default=None)
    headquarters: Text | None = Field(alias="siege", default=None)
    sectors: Identifiers | None = Field(alias="filieres", default=None)
    website: WebAddress | None = Field(alias="site", default=None)


class NewCluster(ClusterChange):
    """A cluster that the package does not know."""

    id: Identifier = Field(alias="id", examples=["mon-pole"])
    name: Text = Field(alias="nom", examples=["Mon pôle"])


class Clusters(Section):
    """The clusters to recognise."""

    package: Annotated[str, choice({"tous": "all", "oui": "all", "zone": "zone", "non": "none"})] = Field(
        alias="paquet", default="all"
    )
    add: tuple[NewCluster, ...] = Field(alias="ajouter", default_factory=tuple)
    change: dict[str, ClusterChange] = Field(alias="modifier", default_factory=dict)
    remove: Identifiers = Field(alias="retirer", default_factory=tuple)


class NewCompany(Section):
    """A company that the package does not know."""

    id: Identifier | None = Field(alias="id", default=None)  #: made from the name when absent
    name: Text = Field(alias="nom", examples=["Décolletage Dupont"])
    aliases: Words = Field(alias="autres_noms", default_factory=tuple)
    sector: Identifier = Field(alias="filiere", examples=["plasturgie"])
    activity: Text | None = Field(alias="activite", default=None)
    commune: Text | None = Field(alias="commune", default=None)
    departement: DepartementCode | None = Field(alias="departement", default=None)
    needs_context: YesNo = Field(alias="nom_courant", default=False)
    """The name is an ordinary word: it counts only near the commune or a word of the sector."""


class Companies(Section):
    """The companies to recognise."""

    package: YesNo = Field(alias="paquet", default=True)
    add: tuple[NewCompany, ...] = Field(alias="ajouter", default_factory=tuple)
    remove: Identifiers = Field(alias="retirer", default_factory=tuple)


class Selectors(Section):
    """Where a listing page keeps its links: CSS selectors."""

    item: Text = Field(alias="element", examples=["article"])
    link: Text = Field(alias="lien", default="a")
    title: Text | None = Field(alias="titre", default=None)
    date: Text | None = Field(alias="date", default=None)
    summary: Text | None = Field(alias="resume", default=None)


KINDS = {
    "flux": SourceKind.FEED,
    "page": SourceKind.LISTING,
    "plan_du_site": SourceKind.SITEMAP,
    "wordpress": SourceKind.WORDPRESS,
    "bodacc": SourceKind.BODACC,
}
ACCESSES = {"libre": Access.OPEN, "partiel": Access.PARTLY, "abonnes": Access.SUBSCRIBERS}


class SourceChange(Section):
    """What the desk says of a packaged source; what is absent stays."""

    name: Text | None = Field(alias="nom", default=None)
    kind: Annotated[SourceKind | None, choice(KINDS)] = Field(alias="genre", default=None)
    url: WebAddress | None = Field(alias="adresse", default=None)
    homepage: WebAddress | None = Field(alias="site", default=None)
    departements: DepartementCodes | None = Field(alias="departements", default=None)
    region: RegionCode | None = Field(alias="region", default=None)
    sectors: Identifiers | None = Field(alias="filieres", default=None)
    language: Text | None = Field(alias="langue", default=None)
    access: Annotated[Access | None, choice(ACCESSES)] = Field(alias="acces", default=None)
    fetch_pages: YesNo | None = Field(alias="lire_les_pages", default=None)
    full_text_licence: YesNo | None = Field(alias="licence_ouverte", default=None)
    extract_max: Annotated[int | None, number(0, 280, "caractères")] = Field(
        alias="extrait_max", default=None
    )
    weight: Annotated[float | None, number(0.01, 100, "fois", whole=False)] = Field(
        alias="poids", default=None
    )
    interval_s: Annotated[int | None, number(1, 604800, "secondes")] = Field(
        alias="intervalle_fixe", default=None
    )
    selectors: Selectors | None = Field(alias="reperes", default=None)


class NewSource(SourceChange):
    """A source that the package does not know."""

    id: Identifier = Field(alias="id", examples=["mon-journal"])
    name: Text = Field(alias="nom", examples=["Mon journal"])
    url: WebAddress | None = Field(alias="adresse", default=None, examples=["https://www.exemple.fr/feed/"])
    """Needless for the register: its départements say what to ask."""


class Sources(Section):
    """The sources to poll."""

    package: YesNo = Field(alias="paquet", default=True)
    national: YesNo = Field(alias="nationales", default=True)
    add: tuple[NewSource, ...] = Field(alias="ajouter", default_factory=tuple)
    change: dict[str, SourceChange] = Field(alias="modifier", default_factory=dict)
    remove: Identifiers = Field(alias="retirer", default_factory=tuple)


LEVELS = {"debug": "DEBUG", "info": "INFO", "warning": "WARNING", "error": "ERROR"}


class Config(Section):
    """The whole file."""

    FORMAT: ClassVar[int] = 1

    version: Annotated[int, number(1, 1, "la version du format")] = Field(alias="version", default=1)
    zone: WatchedZone = Field(alias="zone", examples=["{regions: [Bourgogne-Franche-Comté]}"])
    schedule: Schedule = Field(alias="envois", default_factory=Schedule)
    alerts: Alerts = Field(alias="alertes", default_factory=Alerts)
    mail: Mail = Field(alias="courriel", default_factory=Mail)
    site: Site = Field(alias="site", default_factory=Site)
    retention: Retention = Field(alias="conservation", default_factory=Retention)
    politeness: Politeness = Field(alias="politesse", default_factory=Politeness)
    sources_section: Sources = Field(alias="sources", default_factory=Sources)
    clusters_section: Clusters = Field(alias="poles", default_factory=Clusters)
    companies_section: Companies = Field(alias="entreprises", default_factory=Companies)
    sectors: dict[str, SectorWords] | None = Field(alias="filieres", default=None)  #: None: the package's
    global_masks: Keywords | None = Field(alias="masques_generaux", default=None)  #: None: the package's
    allowed_networks: Annotated[tuple[Network, ...], BeforeValidator(split_items)] = Field(
        alias="reseaux_internes_autorises", default_factory=tuple
    )
    extra_ports: Annotated[
        tuple[Annotated[int, number(1, 65535, "port")], ...], BeforeValidator(split_items)
    ] = Field(alias="ports_supplementaires", default_factory=tuple)
    database_path: Text = Field(alias="base_de_donnees", default="comtoise.sqlite")
    log_level: Annotated[str, choice(LEVELS)] = Field(alias="journal", default="INFO")
    admins: Annotated[
        tuple[Annotated[int, number(1, 10**12, "identifiant")], ...], BeforeValidator(split_items)
    ] = Field(alias="administrateurs", default_factory=tuple)  #: Telegram user ids

    @property
    def timezone(self) -> ZoneInfo:
        """The clock of the desk."""
        return self.schedule.timezone

    def departements(self) -> frozenset[str]:
        """The départements watched: INSEE codes, and Swiss cantons as « CH-JU »."""
        return desk.watched(self)

    def knowledge(self) -> Knowledge:
        """The packaged knowledge with the desk's words, additions, changes and removals."""
        return self._knowledge

    def sources(self) -> tuple[Source, ...]:
        """The cards to poll: the package's that cover the zone, with the desk's changes, then its own."""
        return self._sources

    @cached_property
    def _knowledge(self) -> Knowledge:
        return desk.knowledge(self)

    @cached_property
    def _sources(self) -> tuple[Source, ...]:
        return desk.sources(self)
