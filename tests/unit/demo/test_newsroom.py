"""The demo newsroom, really polled over HTTP on loopback, and the labels of its articles checked."""

import gzip
import json
import socket
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import feedparser
import pytest
from lxml import etree, html
from yarl import URL

from comtoise.config.load import parse_config
from comtoise.demo.kinds import lost_facts
from comtoise.demo.newsroom import Newsroom
from comtoise.demo.pages import typeset
from comtoise.demo.sites import ArticleCard, Expected, load_sites, newsroom_dir
from comtoise.errors import InputError
from comtoise.knowledge.load import load
from comtoise.model import Access, Article, SourceKind
from comtoise_crawler.reading import read_bodacc

NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture
async def newsroom(now: datetime) -> AsyncIterator[Newsroom]:
    async with Newsroom(newsroom_dir(), now) as open_newsroom:
        yield open_newsroom


@pytest.fixture
async def reader() -> AsyncIterator["Reader"]:
    async with aiohttp.ClientSession(auto_decompress=True) as session:
        yield Reader(session)


class Answer:
    """What came back, read to its end."""

    def __init__(self, response: aiohttp.ClientResponse, body: bytes) -> None:
        self.status = response.status
        self.headers = response.headers
        self.body = body


class Reader:
    """A poller of a few lines: gets an address, with the validators of last time when asked."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session

    async def get(self, url: str, **headers: str) -> Answer:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        async with self._session.get(URL(url, encoded=True), headers=named) as response:
            return Answer(response, await response.read())

    async def again(self, url: str, before: Answer) -> Answer:
        validators = {}
        if "ETag" in before.headers:
            validators["If_None_Match"] = before.headers["ETag"]
        if "Last-Modified" in before.headers:
            validators["If_Modified_Since"] = before.headers["Last-Modified"]
        return await self.get(url, **validators)


async def _titles(newsroom: Newsroom, reader: Reader, site_id: str) -> list[str]:
    """The titles a site's list gives, whatever kind it is."""
    source = newsroom.source(site_id)
    answer = await reader.get(source.url)
    assert answer.status == 200
    if source.kind is SourceKind.SITEMAP:
        answer = await reader.get(f"{newsroom.base(site_id)}/sitemap-news.xml")
        return [title.text or "" for title in etree.fromstring(answer.body).iter(f"{NEWS}title")]
    if source.kind is SourceKind.LISTING:
        assert source.selectors is not None
        return _texts(answer.body.decode(), "//ul[@class='liste-actus']/li/h3/a")
    if source.kind is SourceKind.WORDPRESS:
        return [post["title"]["rendered"] for post in json.loads(answer.body)]
    if source.kind is SourceKind.BODACC:
        return [notice["id"] for notice in json.loads(answer.body)["results"]]
    if "json" in answer.headers["Content-Type"]:
        return [entry["title"] for entry in json.loads(answer.body)["items"]]
    parsed = feedparser.parse(answer.body, response_headers={"content-type": answer.headers["Content-Type"]})
    assert not parsed.bozo, parsed.get("bozo_exception")
    return [entry.title for entry in parsed.entries]


def _texts(page: str, path: str) -> list[str]:
    """The text of every element that an XPath finds."""
    found: Any = html.document_fromstring(page).xpath(path)  # lxml types it as anything an XPath may give
    return [element.text_content() for element in found]


# The texts


def test_there_are_enough_sites_and_articles_over_enough_days(now: datetime) -> None:
    newsroom = Newsroom(newsroom_dir(), now)
    articles = newsroom.on_line()
    assert len(newsroom.sites) >= 8
    assert len(articles) >= 80
    recent = [now - article.published for article in articles if now - article.published < timedelta(days=60)]
    assert len(recent) >= 80
    assert max(recent) >= timedelta(days=28)
    assert min(recent) > timedelta(0)


def test_every_kind_of_site_is_there(now: datetime) -> None:
    newsroom = Newsroom(newsroom_dir(), now)
    assert {site.kind for site in newsroom.sites} == set(SourceKind)
    assert {site.charset for site in newsroom.sites} == {"utf-8", "iso-8859-1"}
    assert [site.id for site in newsroom.sites if site.access is Access.SUBSCRIBERS] == [
        "quotidien-des-vallees"
    ]
    assert [site.id for site in newsroom.sites if site.cluster] == ["minutis"]


def test_labels_name_what_the_knowledge_knows() -> None:
    knowledge = load()
    sites = load_sites(newsroom_dir())
    known = {
        "sectors": {sector.id for sector in knowledge.sectors},
        "sectors_optional": {sector.id for sector in knowledge.sectors},
        "clusters": {cluster.id for cluster in knowledge.clusters}
        | {site.site.id for site in sites if site.site.cluster},
        "departements": {departement.code for departement in knowledge.places.departements},
        "signals": {signal.id for signal in knowledge.signals},
    }
    for site in sites:
        for article in site.articles:
            for field, ids in known.items():
                assert set(getattr(article.expected, field)) <= ids, (site.site.id, article.slug, field)


def test_no_noise_has_a_sector_and_every_must_has_one() -> None:
    for site in load_sites(newsroom_dir()):
        for article in site.articles:
            expected = article.expected
            assert bool(expected.sectors) == (expected.worth > 0), article.slug
            assert not (expected.signals and expected.worth == 0), article.slug


def test_every_sector_has_news() -> None:
    told = {
        sector
        for site in load_sites(newsroom_dir())
        for article in site.articles
        for sector in article.expected.sectors
    }
    assert told == {sector.id for sector in load().sectors}


def test_a_company_has_two_affairs_that_are_two_events() -> None:
    affairs: dict[str, set[str]] = {}
    for site in load_sites(newsroom_dir()):
        for article in site.articles:
            if article.expected.saga and article.expected.event:
                affairs.setdefault(article.expected.saga, set()).add(article.expected.event)
    assert affairs == {
        "catheis": {"catheis-levee", "catheis-direction"},
        "horlys": {"horlys-redressement", "horlys-offres"},
    }


def test_one_communique_is_on_three_sites(now: datetime) -> None:
    newsroom = Newsroom(newsroom_dir(), now)
    told = [article for article in newsroom.on_line() if article.expected.event == "valmoule-arbent"]
    assert (
        len(told) == len({article.site for article in told}) == len({article.title for article in told}) == 3
    )


def test_invented_names_are_nobody_s() -> None:
    """No company of the texts is one that the knowledge knows."""
    texts = "\n".join(path.read_text(encoding="utf-8") for path in (newsroom_dir() / "sites").glob("*.yaml"))
    known = [company.name for company in load().companies if not company.needs_context]
    assert [name for name in known if len(name) > 4 and f" {name} " in texts] == []


# What is served


async def test_every_list_gives_every_article_on_line(newsroom: Newsroom, reader: Reader) -> None:
    counts = Counter(article.site for article in newsroom.on_line())
    for site in newsroom.sites:
        assert len(await _titles(newsroom, reader, site.id)) == counts[site.id], site.id


async def test_every_article_has_its_page_in_the_charset_it_says(newsroom: Newsroom, reader: Reader) -> None:
    charsets = {site.id: site.charset for site in newsroom.sites}
    for article in newsroom.on_line():
        answer = await reader.get(article.url)
        assert answer.status == 200
        assert answer.headers["Content-Type"] == f"text/html; charset={charsets[article.site]}"
        page = answer.body.decode(charsets[article.site])
        assert typeset(article.title) in _texts(page, "//h1 | //div[@class='page-header']/h2")


async def test_the_spip_feed_is_in_latin_1(newsroom: Newsroom, reader: Reader) -> None:
    answer = await reader.get(newsroom.source("mairies-haute-saone").url)
    assert b'encoding="iso-8859-1"' in answer.body
    assert "Jussey\u00a0: l&#39;éclairage public".encode("iso-8859-1") in answer.body
    with pytest.raises(UnicodeDecodeError):
        answer.body.decode("utf-8")


async def test_titles_carry_the_markup_that_real_feeds_carry(newsroom: Newsroom, reader: Reader) -> None:
    feed = (await reader.get(newsroom.source("fil-bisontin").url)).body.decode()
    assert "l&amp;#8217;atelier Jobardet" in feed
    assert "R&amp;amp;D : la photonique &lt;b&gt;bisontine&lt;/b&gt; &amp;amp; l&#39;IA" in feed


async def test_the_municipal_page_is_full_of_what_it_is_not_about(newsroom: Newsroom, reader: Reader) -> None:
    article = next(a for a in newsroom.on_line() if a.slug == "jussey-eclairage-public")
    page = (await reader.get(article.url)).body.decode("iso-8859-1")
    assert len(_texts(page, "//div[@class='encart'][h2='Économie']/div[@class='breve']")) == 10
    (text,) = _texts(page, "//body")
    for furniture in ("Vent 1.85 m/s, Pression 1018 hPa", "1 284 votes", "Vos commentaires", "Facebook"):
        assert furniture in text


@pytest.mark.parametrize(
    ("slug", "byline"),
    [
        pytest.param(
            "fougerolles-distillerie-2014",
            "Publié le 02/12/2014 - 15:39, Mis à jour le 17/04/2019 - 10:45",
            id="two-dates",
        ),
        pytest.param("decolleteuse-au-dixieme-de-cheveu", "Publié le mercredi 11 avril 2018", id="weekday"),
        pytest.param("campagne-sept-filieres", "Publié le lundi 16 septembre 2013", id="old-campaign"),
    ],
)
async def test_old_pages_print_their_dates(
    newsroom: Newsroom, reader: Reader, slug: str, byline: str
) -> None:
    article = next(a for a in newsroom.on_line() if a.slug == slug)
    page = await reader.get(article.url)
    charset = page.headers["Content-Type"].split("charset=")[1]
    assert byline in page.body.decode(charset)


async def test_the_subscribers_daily_reserves_its_rights(newsroom: Newsroom, reader: Reader) -> None:
    base = newsroom.base("quotidien-des-vallees")
    protocol = json.loads((await reader.get(f"{base}/.well-known/tdmrep.json")).body)
    assert protocol[0]["location"] == "/"
    assert protocol[0]["tdm-reservation"] == 1
    article = next(a for a in newsroom.on_line() if a.site == "quotidien-des-vallees")
    page = await reader.get(article.url)
    assert page.headers["tdm-reservation"] == "1"
    assert b'"isAccessibleForFree": false' in page.body
    assert (await reader.get(f"{newsroom.base('fil-bisontin')}/.well-known/tdmrep.json")).status == 404


async def test_addresses_with_tracking_lead_to_the_page(newsroom: Newsroom, reader: Reader) -> None:
    feed = feedparser.parse((await reader.get(newsroom.source("quotidien-des-vallees").url)).body)
    assert feed.entries[0].link.endswith("?xtor=RSS-42")
    assert (await reader.get(feed.entries[0].link)).status == 200


async def test_the_archive_of_the_sitemap_is_packed(newsroom: Newsroom, reader: Reader) -> None:
    base = newsroom.base("canal-ballons")
    packed = await reader.get(f"{base}/sitemap-archives.xml.gz")
    assert len(list(etree.fromstring(gzip.decompress(packed.body)).iter(f"{MAP}loc"))) == 10


async def test_a_notice_of_the_register_becomes_an_article_with_all_its_facts(
    newsroom: Newsroom, reader: Reader
) -> None:
    source = newsroom.source("registre-des-annonces")
    entries = read_bodacc((await reader.get(source.url)).body, url=source.url, now=newsroom.now)
    items = [item for item in newsroom.on_line() if item.site == source.id]
    made = {
        entry.url: Article(id=entry.guid or "", url=entry.url, title=entry.title, text=entry.summary)
        for entry in entries
        if entry.url
    }
    assert len(made) == len(items) == 3
    assert lost_facts(items, made) == []
    assert len(lost_facts(items, {})) == 12, "what is not there is missed"


async def test_every_site_has_its_own_origin_and_rules(newsroom: Newsroom, reader: Reader) -> None:
    assert len({newsroom.base(site.id) for site in newsroom.sites}) == len(newsroom.sites)
    for site in newsroom.sites:
        answer = await reader.get(f"{newsroom.base(site.id)}/robots.txt")
        assert answer.status == 200
        assert b"User-agent: *" in answer.body


async def test_an_unknown_address_is_404_and_a_post_is_refused(newsroom: Newsroom, reader: Reader) -> None:
    base = newsroom.base("fil-bisontin")
    assert (await reader.get(f"{base}/2026/01/01/rien/")).status == 404
    async with aiohttp.request("POST", f"{base}/feed/") as response:
        assert response.status == 405


# Polling twice


async def test_an_unchanged_list_answers_304_where_the_site_knows_how(
    newsroom: Newsroom, reader: Reader
) -> None:
    for site in newsroom.sites:
        url = newsroom.source(site.id).url
        again = await reader.again(url, await reader.get(url))
        assert again.status == (304 if site.validators else 200), site.id
        assert again.body == b"" or not site.validators


async def test_an_etag_outranks_a_date(newsroom: Newsroom, reader: Reader) -> None:
    url = newsroom.source("fil-bisontin").url
    first = await reader.get(url)
    changed = await reader.get(url, If_None_Match='"autre"', If_Modified_Since=first.headers["Last-Modified"])
    assert changed.status == 200


async def test_the_second_stage_brings_three_items_and_one_edited_title(
    newsroom: Newsroom, reader: Reader
) -> None:
    before = {site.id: await _titles(newsroom, reader, site.id) for site in newsroom.sites}
    first = {site.id: await reader.get(newsroom.source(site.id).url) for site in newsroom.sites}
    newsroom.advance(2)
    after = {site.id: await _titles(newsroom, reader, site.id) for site in newsroom.sites}
    new = {site_id: set(after[site_id]) - set(before[site_id]) for site_id in after}
    gone = {site_id: set(before[site_id]) - set(after[site_id]) for site_id in after}
    assert sum(len(after[s]) - len(before[s]) for s in after) == 3
    assert sum(map(len, gone.values())) == 1
    assert sum(map(len, new.values())) == 4
    second = [
        (await reader.again(newsroom.source(site.id).url, first[site.id])).status for site in newsroom.sites
    ]
    assert Counter(second) == {304: 9, 200: 4}


async def test_the_new_items_of_the_second_stage_are_worth_an_alert(newsroom: Newsroom) -> None:
    newsroom.advance(2)
    fresh = [article for article in newsroom.on_line() if article.stage == 2]
    assert [article.expected.worth for article in fresh] == [2, 2, 2]
    assert all(article.published == newsroom.now for article in fresh)


async def test_an_edited_article_keeps_its_address_and_its_identifier(
    newsroom: Newsroom, reader: Reader
) -> None:
    url = newsroom.source("eco-rhin-saone").url
    slug = "sitrane-plan-social-etupes"
    ids = {e.link: e.id for e in feedparser.parse((await reader.get(url)).body).entries}
    newsroom.advance(2)
    edited = {e.link: e for e in feedparser.parse((await reader.get(url)).body).entries}
    link = next(link for link in ids if slug in link)
    assert edited[link].id == ids[link]
    assert "supprime 85 postes" in edited[link].title
    assert edited[link].updated > edited[link].published


async def test_advancing_twice_changes_nothing_more(newsroom: Newsroom) -> None:
    newsroom.advance(2)
    on_line = newsroom.on_line()
    newsroom.advance(2)
    assert newsroom.on_line() == on_line


async def test_an_item_published_live_is_listed_at_once(newsroom: Newsroom, reader: Reader) -> None:
    source = newsroom.source("fil-bisontin")
    first = await reader.get(source.url)
    card = ArticleCard(
        slug="en-direct",
        title="Besançon : un atelier de décolletage en direct",
        body="Un fait.",
        expected=Expected(sectors=("microtechniques",), worth=2),
    )
    url = newsroom.publish_now("fil-bisontin", card, newsroom.now + timedelta(minutes=5))
    assert (await reader.again(source.url, first)).status == 200
    assert (await reader.get(url)).status == 200
    assert typeset(card.title) in await _titles(newsroom, reader, "fil-bisontin")


async def test_requests_are_kept_for_the_politeness_checks(newsroom: Newsroom, reader: Reader) -> None:
    url = newsroom.source("canal-ballons").url
    first = await reader.get(url, User_Agent="Essai (essai@example.org)")
    await reader.again(url, first)
    asked = newsroom.requests_to("canal-ballons")
    assert [(request.path, request.status) for request in asked] == [
        ("/sitemap.xml", 200),
        ("/sitemap.xml", 304),
    ]
    assert asked[0].headers["User-Agent"] == "Essai (essai@example.org)"
    assert asked[1].headers["If-Modified-Since"] == first.headers["Last-Modified"]
    assert newsroom.requests_to("canal-ballons", status=304) == asked[1:]
    assert newsroom.requests_to("fil-bisontin") == ()


async def test_ports_can_be_chosen(now: datetime) -> None:
    newsroom = Newsroom(newsroom_dir(), now)
    port = _free_ports(len(newsroom.sites))
    await newsroom.start(port=port)
    try:
        bases = [newsroom.base(site.id) for site in newsroom.sites]
        assert bases == [f"http://127.0.0.1:{port + n}" for n in range(len(bases))]
    finally:
        await newsroom.stop()


def _free_ports(count: int) -> int:
    """The first of *count* free ports in a row."""
    for first in range(20_000, 30_000, count):
        with ExitStack() as stack:
            try:
                for port in range(first, first + count):
                    stack.enter_context(socket.create_server(("127.0.0.1", port)))
            except OSError:
                continue
            return first
    raise AssertionError("no free ports")


# The configuration that watches it


async def test_the_configuration_names_every_source_as_it_is(newsroom: Newsroom) -> None:
    config = parse_config(newsroom.config_yaml(interval_s=7).encode(), "config.yaml")
    assert config.politeness.interval_fixed_s == 7
    assert config.politeness.host_delay_s == 0
    expected = {site.id: newsroom.source(site.id) for site in newsroom.sites}
    assert {source.id: replace(source, origin="demo") for source in config.sources()} == expected


async def test_the_configuration_adds_the_invented_cluster(newsroom: Newsroom) -> None:
    config = parse_config(newsroom.config_yaml().encode(), "config.yaml")
    cluster = next(cluster for cluster in config.knowledge().clusters if cluster.id == "minutis")
    assert cluster.sectors == ("microtechniques",)


async def test_the_configuration_takes_further_sections(newsroom: Newsroom) -> None:
    text = newsroom.config_yaml(extra="courriel:\n  expediteur_nom: La démonstration\n")
    assert parse_config(text.encode(), "config.yaml").mail.sender_name == "La démonstration"


# Data files that are wrong


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        pytest.param("site: [", "cassé.yaml", id="not-yaml"),
        pytest.param("site: {id: x}\narticles: []\n", "name", id="card-incomplete"),
        pytest.param(
            "site: {id: x, name: X, software: X, kind: feed, polled: /f, address: '/{slug}', page: x.html,"
            " documents: {}, first_number: 1}\n"
            "articles: [{slug: a, title: A, body: A}, {slug: a, title: B, body: B}]\n",
            "slug used twice: a",
            id="slug-twice",
        ),
    ],
)
def test_a_wrong_file_is_named(tmp_path: Path, text: str, complaint: str) -> None:
    (tmp_path / "sites").mkdir()
    (tmp_path / "sites" / "cassé.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=complaint):
        load_sites(tmp_path)


def test_no_site_at_all_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="Aucun site"):
        load_sites(tmp_path)


@pytest.mark.parametrize(
    ("age", "duration"),
    [
        pytest.param("3d 4h", timedelta(days=3, hours=4), id="days-hours"),
        pytest.param("45m", timedelta(minutes=45), id="minutes"),
        pytest.param("1d 5m", timedelta(days=1, minutes=5), id="days-minutes"),
    ],
)
def test_ages_are_read(age: str, duration: timedelta) -> None:
    card = ArticleCard.model_validate({"slug": "a", "title": "A", "body": "B", "age": age})
    assert card.age == duration


@pytest.mark.parametrize("age", ["hier", "3 jours", "4h 3d", ""])
def test_other_ages_are_refused(age: str) -> None:
    with pytest.raises(ValueError, match="age"):
        ArticleCard.model_validate({"slug": "a", "title": "A", "body": "B", "age": age})


def test_an_article_s_moment_is_in_utc_whatever_the_given_zone(now: datetime) -> None:
    newsroom = Newsroom(newsroom_dir(), now)
    assert {article.published.tzinfo for article in newsroom.on_line()} == {UTC}
