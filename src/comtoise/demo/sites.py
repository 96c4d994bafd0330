"""The sites of the demo newsroom, as their data files tell them: one YAML file per site.

A file holds a card (`site`) and its articles. Ages are told before the newsroom's now, so the news is
always fresh; the few pages that are old on purpose carry the date they print. What an article should
be understood as stands beside it (`expected`), so that the demo and the tests can check themselves.
The keys are explained in ``demo/README.md``.
"""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from importlib import resources
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from comtoise.errors import InputError
from comtoise.i18n import _
from comtoise.model import Access, ListingSelectors, SourceKind

_AGE = re.compile(r"(?:(\d+)d)?\s*(?:(\d+)h)?\s*(?:(\d+)m)?")


def _age(value: object) -> object:
    """« 3d 4h 10m » as a duration; whatever else it is, pydantic judges."""
    if isinstance(value, str) and value.strip():
        parts = _AGE.fullmatch(value.strip())
        if parts is not None:
            days, hours, minutes = (int(part or 0) for part in parts.groups())
            return timedelta(days=days, hours=hours, minutes=minutes)
    return value


Age = Annotated[timedelta, BeforeValidator(_age)]


class _Card(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Expected(_Card):
    """What a careful reader would file the article under; ids are those of the packaged knowledge."""

    sectors: tuple[str, ...] = ()
    sectors_optional: tuple[str, ...] = ()  #: two careful readers could differ: neither right nor wrong
    clusters: tuple[str, ...] = ()
    departements: tuple[str, ...] = ()
    signals: tuple[str, ...] = ()
    worth: Literal[0, 1, 2]  #: 0 noise for every digest, 1 acceptable, 2 a must
    event: str | None = None  #: articles of one event are one story
    saga: str | None = None  #: same affair, other event: linked, not one story


class Edit(_Card):
    """How the site rewrites an article later on."""

    stage: int
    title: str
    chapo: str | None = None


class Notice(_Card):
    """A judgment as the register of commercial notices publishes it."""

    company: str
    siren: str = Field(pattern=r"^\d{3} \d{3} \d{3}$")
    activity: str
    town: str
    departement: str
    court: str
    nature: str  #: the kind of judgment
    more: str = ""


class ArticleCard(_Card):
    """One article as its site publishes it."""

    slug: str = Field(pattern=r"^[a-z0-9-]+$")
    title: str
    title_in_feed: str | None = None  #: markup as the site's feed carries it, when it is not the plain title
    chapo: str = ""
    body: str  #: paragraphs separated by an empty line; one that opens with « ## » is a heading
    author: str | None = None
    tags: tuple[str, ...] = ()
    image: str | None = None  #: a file name, printed as a line by some sites
    stage: int = 1  #: on line from this stage on
    age: Age = timedelta(0)  #: before the newsroom's now
    published: datetime | None = None  #: as printed, Paris time, for the pages that are old on purpose
    updated: datetime | None = None  #: as printed, Paris time
    edit: Edit | None = None
    comments: tuple[str, ...] = ()
    notice: Notice | None = None  #: for the register only
    trap: str | None = None  #: what it is there to catch, in words
    expected: Expected = Expected(worth=0)

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The body's paragraphs and headings, in order, each on one line."""
        return tuple(" ".join(part.split()) for part in re.split(r"\n\s*\n", self.body) if part.strip())


class Document(_Card):
    """Something a site serves beside its articles: a feed, a list, robots.txt."""

    template: str
    type: str  #: the Content-Type header, charset included
    gzip: bool = False  #: packed once and for all, as sitemaps are


class Teaser(_Card):
    """A line of a side column."""

    title: str
    text: str = ""


class ClusterCard(_Card):
    """An invented cluster, for the desk's own additions to the configuration."""

    name: str
    aliases: tuple[str, ...] = ()
    sectors: tuple[str, ...]
    departements: tuple[str, ...]


class SiteCard(_Card):
    """A site: what it is, what software it runs, what it serves."""

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    name: str
    tagline: str = ""
    software: str
    kind: SourceKind
    polled: str  #: path of the document to poll
    address: str  #: pattern of an article's path: date, slug, number
    page: str  #: template of an article's page
    charset: str = "utf-8"
    documents: Mapping[str, Document]
    tracking: str = ""  #: what the feed glues to the addresses it gives: « ?xtor=RSS-12 »
    validators: frozenset[Literal["etag", "last-modified"]] = frozenset({"etag", "last-modified"})
    headers: Mapping[str, str] = Field(default_factory=dict)  #: sent with every answer
    departements: tuple[str, ...] = ()
    region: str | None = None
    sectors: tuple[str, ...] = ()
    access: Access = Access.OPEN
    selectors: Mapping[str, str] | None = None  #: for a listing: item, link, title, date, summary
    side_column: tuple[Teaser, ...] = ()
    cluster: ClusterCard | None = None  #: the cluster whose own site it is
    first_number: int  #: of its oldest article; a number is never used twice

    @property
    def listing_selectors(self) -> ListingSelectors | None:
        """The selectors of the listing page, None for the other kinds."""
        return ListingSelectors(**self.selectors) if self.selectors else None


class Site(_Card):
    """A card and its articles, in the order of the file."""

    site: SiteCard
    articles: tuple[ArticleCard, ...]

    @model_validator(mode="after")
    def _slugs_are_unique(self) -> "Site":
        slugs = [article.slug for article in self.articles]
        twice = sorted({slug for slug in slugs if slugs.count(slug) > 1})
        if twice:
            raise ValueError(f"slug used twice: {', '.join(twice)}")
        return self


def newsroom_dir() -> Path:
    """The folder of the newsroom's data: packaged beside this module, or ``demo/`` of a checkout.

    Raises:
        InputError: neither is there.
    """
    packaged = Path(str(resources.files("comtoise") / "demo" / "newsroom"))
    checkout = Path(__file__).resolve().parents[3] / "demo"
    for folder in (packaged, checkout):
        if (folder / "sites").is_dir():
            return folder
    raise InputError(_("Les textes de la démonstration sont introuvables : réinstallez Comtoise."))


def load_sites(data_dir: Path) -> tuple[Site, ...]:
    """Read every site of ``data_dir/sites``, by file name.

    Raises:
        InputError: a file is not YAML, or not a site; the message names it.
    """
    sites = tuple(_load(path) for path in sorted((data_dir / "sites").glob("*.yaml")))
    if not sites:
        raise InputError(_("Aucun site dans {folder}.").format(folder=data_dir / "sites"))
    return sites


def _load(path: Path) -> Site:
    try:
        raw: Any = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
        return Site.model_validate(raw)
    except (YAMLError, ValidationError) as error:
        raise InputError(f"{path.name} : {error}") from error
