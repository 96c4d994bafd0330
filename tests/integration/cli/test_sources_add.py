"""A source added by its address, on servers of this machine, as a person at a keyboard or a script does it."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from click.testing import CliRunner

from comtoise.cli.options import load
from comtoise.cli.sources import sources_command
from comtoise.config import Config, load_config
from comtoise.demo.newsroom import Newsroom
from comtoise.demo.sites import newsroom_dir
from comtoise.errors import ComtoiseError
from comtoise.model import SourceKind
from support.server import ScriptedServer, response, rss

CONFIG = """\
version: 1
zone:
  departements: ["01", "25"]
sources:
  paquet: non
  # Les nôtres.
  ajouter:
# ---------- le reste
reseaux_internes_autorises: [127.0.0.1]
politesse:
  delai_par_site_secondes: 0
"""


@dataclass(frozen=True)
class Told:
    """What a command said."""

    status: int
    out: str
    words: str

    @property
    def card(self) -> dict[str, Any]:
        card: dict[str, Any] = json.loads(self.out)
        return card


@dataclass(frozen=True)
class Desk:
    """A folder with a config.yaml."""

    file: Path

    async def add(self, *arguments: str) -> Told:
        """Run the command in a thread: the servers live on this loop. Errors of ours are status 1, as in main()."""
        line = ["add", *arguments, "--config", str(self.file)]
        result = await asyncio.to_thread(CliRunner().invoke, sources_command, line)
        if isinstance(result.exception, ComtoiseError):
            return Told(1, result.stdout, f"{result.stderr}{result.exception}\n")
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Told(result.exit_code, result.stdout, result.stderr)

    @property
    def config(self) -> Config:
        load.cache_clear()
        return load_config(self.file)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    file = tmp_path / "config.yaml"
    file.write_text(CONFIG, encoding="utf-8")
    return Desk(file)


@pytest.fixture
async def newsroom() -> AsyncIterator[Newsroom]:
    async with Newsroom(newsroom_dir(), datetime.now(UTC)) as opened:
        yield opened


@pytest.fixture
async def site() -> AsyncIterator[ScriptedServer]:
    server = ScriptedServer()
    await server.start()
    yield server
    await server.stop()


def page(head: str = "", body: str = "<p>Bienvenue</p>") -> bytes:
    html = f"<!DOCTYPE html><html><head><title>Accueil - La Gazette</title>{head}</head><body>{body}</body></html>"
    return response(html.encode(), Content_Type="text/html; charset=utf-8")


def xml(body: bytes) -> bytes:
    return response(body, Content_Type="application/xml")


def feed_link(path: str, title: str = "") -> str:
    return f'<link rel="alternate" type="application/rss+xml" title="{title}" href="{path}">'


# What is found


@pytest.mark.parametrize(
    ("site_id", "path", "kind", "polled"),
    [
        pytest.param("fil-bisontin", "/", SourceKind.FEED, "/feed/", id="page-that-announces-a-feed"),
        pytest.param("eco-rhin-saone", "/flux/atom.xml", SourceKind.FEED, "/flux/atom.xml", id="atom"),
        pytest.param("declic-est", "/feed.json", SourceKind.FEED, "/feed.json", id="json-feed"),
        pytest.param("radio-cretes", "/", SourceKind.FEED, "/rss/infos.rdf", id="page-that-announces-rdf"),
        pytest.param(
            "fil-bisontin",
            "/wp-json/wp/v2/posts",
            SourceKind.WORDPRESS,
            "/wp-json/wp/v2/posts",
            id="wordpress",
        ),
        pytest.param(
            "canal-ballons", "/", SourceKind.SITEMAP, "/sitemap-news.xml", id="sitemap-of-robots-txt"
        ),
        pytest.param("canal-ballons", "/sitemap.xml", SourceKind.SITEMAP, "/sitemap-news.xml", id="index"),
        pytest.param("agence-bugey-jura", "/actualites", SourceKind.LISTING, "/actualites", id="listing"),
    ],
)
async def test_the_newsroom_is_found_by_itself(
    newsroom: Newsroom, desk: Desk, site_id: str, path: str, kind: SourceKind, polled: str
) -> None:
    base = newsroom.base(site_id)
    told = await desk.add(base + path, "--oui")
    assert told.status == 0, told.words
    (source,) = desk.config.sources()
    assert (source.kind, source.url) == (kind, base + polled)
    assert told.card["adresse"] == source.url
    newest = max(
        (article for article in newsroom.on_line() if article.site == site_id), key=lambda a: a.published
    )
    assert newest.url.removesuffix("/") in told.words
    assert f"{newest.published:%d/%m/%Y}"[3:] in told.words
    assert "Premières entrées (5 sur" in told.words
    assert "Fichier robots.txt : permet cette adresse" in told.words
    assert "GuardedHandler" not in told.words
    assert all(
        request.headers["User-Agent"].startswith("ComtoiseBot") for request in newsroom.requests_to(site_id)
    )


async def test_a_listing_found_reads_every_article_with_its_date(newsroom: Newsroom, desk: Desk) -> None:
    told = await desk.add(newsroom.base("agence-bugey-jura") + "/actualites", "--oui")
    (source,) = desk.config.sources()
    assert source.selectors is not None
    assert (source.selectors.item, source.selectors.date) == ("ul.liste-actus > li", "span.date")
    assert "sans date" not in told.words
    assert "sur 9" in told.words


async def test_a_reservation_is_told(newsroom: Newsroom, desk: Desk) -> None:
    told = await desk.add(newsroom.base("quotidien-des-vallees") + "/", "--acces", "abonnes", "--oui")
    assert "aucune page ne sera lue" in told.words
    assert not desk.config.sources()[0].fetch_pages


async def test_of_several_feeds_the_general_one_is_taken_and_the_others_are_told(
    site: ScriptedServer, desk: Desk
) -> None:
    links = (
        feed_link("/category/sport/feed/")
        + feed_link("/comments/feed/", "Commentaires")
        + feed_link("/feed/")
    )
    site.routes = {"/": page(links), "/feed/": xml(rss(1, 2)), "/category/sport/feed/": xml(rss(3))}
    told = await desk.add(site.url("/"), "--essai")
    assert told.card["adresse"] == site.url("/feed/")
    assert site.url("/category/sport/feed/") in told.words
    assert "/category/sport/feed/" not in site.paths(), "what is not needed is not fetched"


async def test_a_wordpress_without_feed_gives_its_articles_by_its_interface(
    site: ScriptedServer, desk: Desk
) -> None:
    post = {
        "id": 7,
        "date_gmt": "2026-11-24T08:00:00",
        "link": site.url("/p/7"),
        "title": {"rendered": "L&#8217;atelier neuf de Moirans"},
    }
    site.routes = {
        "/": page('<link rel="https://api.w.org/" href="/wp-json/">'),
        "/wp-json/wp/v2/posts?per_page=20": response(
            json.dumps([post]).encode(), Content_Type="application/json"
        ),
    }
    told = await desk.add(site.url("/"), "--oui")
    assert told.card["genre"] == "wordpress"
    assert told.card["nom"] == "La Gazette"
    assert "24/11/2026  L’atelier neuf de Moirans" in told.words


async def test_a_search_of_the_register_tells_its_departement(site: ScriptedServer, desk: Desk) -> None:
    query = urlencode({"where": 'numerodepartement="25"'})
    notice = {
        "id": "A1",
        "dateparution": "2026-11-24",
        "commercant": "DECOLMECA",
        "jugement": json.dumps({"nature": "Jugement de liquidation judiciaire"}),
    }
    site.routes = {f"/records?{query}": response(json.dumps({"results": [notice]}).encode())}
    told = await desk.add(site.url(f"/records?{query}"), "--oui")
    (source,) = desk.config.sources()
    assert (source.kind, source.departements, source.fetch_pages) == (SourceKind.BODACC, ("25",), False)
    assert "DECOLMECA" in told.words


async def test_a_feed_without_entry_is_still_a_feed(site: ScriptedServer, desk: Desk) -> None:
    site.routes = {"/feed": xml(rss())}
    told = await desk.add(site.url("/feed"), "--oui")
    assert "Aucune entrée pour l’instant" in told.words
    assert desk.config.sources()[0].name == "Gazette"


async def test_headings_will_do_for_a_page_that_repeats_nothing(site: ScriptedServer, desk: Desk) -> None:
    items = "".join(
        f'<h2><a href="/a/{n}">Un titre assez long, numéro {n}</a></h2><p>Chapô</p>' for n in range(4)
    )
    site.routes = {"/": page(body=items)}
    told = await desk.add(site.url("/"), "--oui")
    assert told.card["genre"] == "page"
    assert "reperes" not in told.card
    assert "intertitres" in told.words


# What is written


async def test_the_card_is_written_where_a_person_would(site: ScriptedServer, desk: Desk) -> None:
    site.routes = {"/feed": xml(rss(1))}
    options = (
        "--id",
        "ma-gazette",
        "--nom",
        "Ma Gazette",
        "--departements",
        "Doubs, 39",
        "--accès",
        "partiel",
    )
    told = await desk.add(site.url("/feed"), *options, "--oui")
    assert told.status == 0, told.words
    after = desk.file.read_text(encoding="utf-8")
    lines = (
        "    - id: ma-gazette\n"
        "      nom: Ma Gazette\n"
        f"      adresse: {site.url('/feed')}\n"
        "      site: https://gazette.example\n"
        "      departements: [Doubs, 39]\n"
        "      acces: partiel\n"
    )
    assert after == CONFIG.replace("# ---------- le reste", lines + "# ---------- le reste")
    assert lines.splitlines()[0] in told.words
    assert desk.config.sources()[0].departements == ("25", "39")


async def test_a_name_already_taken_gets_a_number(site: ScriptedServer, desk: Desk) -> None:
    site.routes = {"/feed": xml(rss(1)), "/autre": xml(rss(2))}
    await desk.add(site.url("/feed"), "--oui")
    told = await desk.add(site.url("/autre"), "--oui")
    assert told.card["id"] == "gazette-2"
    assert "Même site : Gazette (gazette), suivie" in told.words


# What is refused: one sentence, status 1, nothing written


async def refused(desk: Desk, *arguments: str) -> str:
    before = desk.file.read_bytes()
    told = await desk.add(*arguments)
    assert told.status == 1, told.words
    assert told.out == ""
    assert desk.file.read_bytes() == before
    return told.words


async def test_an_address_already_followed(site: ScriptedServer, desk: Desk) -> None:
    site.routes = {"/": page(feed_link("/feed")), "/feed": xml(rss(1))}
    assert (await desk.add(site.url("/feed"), "--oui")).status == 0
    asked = len(site.asked)
    assert "déjà suivie : « Gazette » (gazette)" in await refused(
        desk, site.url("/feed?utm_source=x"), "--oui"
    )
    assert len(site.asked) == asked, "known without asking"
    assert "déjà suivie" in await refused(desk, site.url("/"), "--oui")


@pytest.mark.parametrize(
    ("routes", "reason"),
    [
        pytest.param({}, "n’existe plus (404)", id="404"),
        pytest.param({"/x": response(b"", status=403)}, "refuse notre robot (403)", id="403"),
        pytest.param(
            {"/robots.txt": response(b"User-agent: *\nDisallow: /x"), "/x": xml(rss(1))},
            "robots.txt du site interdit",
            id="robots",
        ),
        pytest.param({"/x": page()}, "essayez celle de la page des actualités", id="nothing-to-poll"),
        pytest.param(
            {"/x": response(b"bonjour", Content_Type="text/plain")}, "texte simple", id="plain-text"
        ),
        pytest.param(
            {"/x": response(b"{", Content_Type="application/json")}, "JSON illisible", id="broken-json"
        ),
        pytest.param({"/x": response(b"")}, "vide", id="empty"),
        pytest.param(
            {
                "/x": xml(
                    b'<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><rss version="2.0"><channel>'
                    b"<title>&b;</title></channel></rss>"
                )
            },
            "entités",
            id="entity-bomb",
        ),
    ],
)
async def test_an_address_that_cannot_serve(
    site: ScriptedServer, desk: Desk, routes: dict[str, Any], reason: str
) -> None:
    site.routes = routes
    words = await refused(desk, site.url("/x"), "--oui")
    assert reason in words
    assert words.count("\n") == 1


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        pytest.param("pas une adresse", "n’est pas une adresse de page", id="words"),
        pytest.param("ftp://exemple.fr/feed", "n’est pas une adresse de page", id="ftp"),
        pytest.param("gazette", "n’est pas une adresse de page", id="no-domain"),
        pytest.param("http://moi:secret@exemple.fr/feed", "lisible par tous", id="credentials"),
        pytest.param("http://10.0.0.1/feed", "« reseaux_internes_autorises »", id="private"),
        pytest.param("http://0x7f.2/feed", "« reseaux_internes_autorises »", id="loopback-in-disguise"),
        pytest.param("https://exemple.fr:8443/feed", "« ports_supplementaires »", id="port"),
        pytest.param("http://localhost:8000/", "ses quatre nombres", id="this-machine-by-name"),
        pytest.param("http://127.0.0.1:1/feed", "refuse la connexion", id="nobody-there"),
    ],
)
async def test_an_address_that_is_none(desk: Desk, address: str, reason: str) -> None:
    words = await refused(desk, address, "--oui")
    assert reason in words
    assert "secret" not in words


async def test_loopback_is_refused_unless_the_desk_allows_it(site: ScriptedServer, desk: Desk) -> None:
    desk.file.write_text(CONFIG.replace("[127.0.0.1]", "[]"), encoding="utf-8")
    site.routes = {"/feed": xml(rss(1))}
    assert "« reseaux_internes_autorises »" in await refused(desk, site.url("/feed"), "--oui")
    assert site.asked == []


async def test_a_wrong_option_is_refused_before_anything_is_written(site: ScriptedServer, desk: Desk) -> None:
    site.routes = {"/feed": xml(rss(1))}
    assert "n’est pas un département" in await refused(
        desk, site.url("/feed"), "--departements", "Doubbs", "--oui"
    )
    assert "identifiant" in await refused(desk, site.url("/feed"), "--id", "Ma Gazette", "--oui")


async def test_a_pipe_must_say_yes(site: ScriptedServer, desk: Desk) -> None:
    site.routes = {"/feed": xml(rss(1))}
    words = await refused(desk, site.url("/feed"))
    assert "ajoutez --oui" in words
    assert "Premières entrées (1 sur 1)" in words, "it is shown all the same"


async def test_a_trial_writes_nothing(site: ScriptedServer, desk: Desk) -> None:
    site.routes = {"/feed": xml(rss(1))}
    told = await desk.add(site.url("/feed"), "--essai")
    assert (told.status, told.card["id"]) == (0, "gazette")
    assert desk.file.read_text(encoding="utf-8") == CONFIG


async def test_a_wrong_configuration_is_told_first(desk: Desk) -> None:
    desk.file.write_text(CONFIG + "envois: {quotidien: {heure: 25h}}\n", encoding="utf-8")
    assert "25h" in await refused(desk, "https://gazette.example/", "--oui")


# As a person types it


async def test_the_command_line(site: ScriptedServer, desk: Desk) -> None:
    site.routes = {"/feed": xml(rss(1))}

    def comtoise(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "comtoise", "sources", *arguments],
            cwd=desk.file.parent,
            env=dict(os.environ),
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    done = await asyncio.to_thread(comtoise, "add", site.url("/feed"), "--oui")
    assert done.returncode == 0, done.stderr
    assert "« Gazette » est ajoutée" in done.stderr
    listed = await asyncio.to_thread(comtoise, "list")
    assert json.loads(listed.stdout)["id"] == "gazette"
