"""Feeds of every dialect, good and broken. Sites and companies are invented."""

import gzip
import json
from datetime import UTC, datetime

import pytest

from comtoise.errors import SourceError
from comtoise_crawler.reading import Feed, FeedKind, NotAFeed, read_feed
from comtoise_crawler.reading.limits import BODY_MAX, ENTRIES_MAX

NOW = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
URL = "https://journal.example/fil/rss.xml"


def read(document: str | bytes, content_type: str | None = None) -> Feed:
    body = document.encode() if isinstance(document, str) else document
    return read_feed(body, url=URL, content_type=content_type, now=NOW)


def rss(item: str, channel: str = "", head: str = "") -> str:
    return f'{head}<rss version="2.0"><channel><title>Le Journal du Haut-Val</title>{channel}{item}</channel></rss>'


RSS_20 = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"
  xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Le Journal du Haut-Val</title><link>https://journal.example/</link><language>fr-FR</language>
<ttl>30</ttl><atom:link rel="hub" href="https://hub.example/"/>
<atom:link rel="self" href="https://journal.example/fil/rss.xml"/>
<item><title>Décolmeca ouvre un atelier à Vautrey</title><link>https://journal.example/decolmeca</link>
<guid isPermaLink="false">tag:journal,2026:41</guid><pubDate>Tue, 24 Nov 2026 10:00:00 +0100</pubDate>
<dc:creator>Anne Roy</dc:creator><category>Économie</category><category>Industrie</category>
<description><![CDATA[<p>Quarante emplois d&eacute;but 2027.</p>]]></description>
<content:encoded><![CDATA[<p>L'entreprise ouvre un atelier.</p><p>Quarante emplois.</p>]]></content:encoded></item>
<item><title>Sans lien, avec guid</title><guid>https://journal.example/guid</guid></item>
</channel></rss>"""

RDF = """<?xml version="1.0" encoding="iso-8859-1"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
  xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">
<channel rdf:about="https://journal.example/"><title>SPIP du Val</title><link>https://journal.example/</link>
<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency></channel>
<item rdf:about="https://journal.example/spip.php?article7"><title>Décolletage : l'été des commandes</title>
<link>https://journal.example/spip.php?article7</link><dc:date>2026-11-20T08:00:00Z</dc:date>
<dc:creator>Luc Bey</dc:creator><description>Résumé.</description></item></rdf:RDF>""".encode("iso-8859-1")

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr" xml:base="https://pole.example/actus/">
<title type="html">P&amp;ocirc;le Lunette</title><link href="https://pole.example/"/>
<link rel="prev-archive" href="archive-3.xml"/>
<entry><id>urn:uuid:7</id><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Un <b>banc</b> d'essai</div></title>
<link rel="enclosure" href="photo.jpg"/><link href="banc.html"/><updated>2026-11-23T09:00:00+01:00</updated>
<author><name>Mia Lo</name><email>mia@pole.example</email></author><category term="optique" label="Optique"/>
<summary type="text">Ouverture au printemps.</summary></entry></feed>"""


def test_rss_20_says_all_it_knows() -> None:
    feed = read(RSS_20)
    assert (feed.kind, feed.title, feed.site) == (
        FeedKind.RSS_20,
        "Le Journal du Haut-Val",
        "https://journal.example/",
    )
    assert (feed.ttl_s, feed.hub, feed.self_url) == (1800, "https://hub.example/", URL)
    assert feed.problems == ()
    entry, other = feed.entries
    assert entry.url == "https://journal.example/decolmeca"
    assert entry.guid == "tag:journal,2026:41"
    assert entry.title == "Décolmeca ouvre un atelier à Vautrey"
    assert entry.summary == "Quarante emplois début 2027."
    assert entry.content == "L'entreprise ouvre un atelier.\nQuarante emplois."
    assert entry.published == datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
    assert entry.authors == ("Anne Roy",)
    assert entry.categories == ("Économie", "Industrie")
    assert entry.language == "fr-fr"
    assert other.url == "https://journal.example/guid"


def test_rdf_in_latin_1() -> None:
    feed = read(RDF)
    (entry,) = feed.entries
    assert feed.kind is FeedKind.RSS_10
    assert feed.ttl_s == 21_600
    assert feed.encoding == "cp1252"
    assert entry.title == "Décolletage : l'été des commandes"
    assert entry.url == "https://journal.example/spip.php?article7"
    assert entry.authors == ("Luc Bey",)
    assert entry.published == datetime(2026, 11, 20, 8, 0, tzinfo=UTC)


def test_atom_resolves_links_against_xml_base() -> None:
    feed = read(ATOM)
    (entry,) = feed.entries
    assert (feed.kind, feed.title) == (FeedKind.ATOM_10, "Pôle Lunette")
    assert feed.older == "https://pole.example/actus/archive-3.xml"
    assert entry.url == "https://pole.example/actus/banc.html"
    assert entry.title == "Un banc d'essai"
    assert entry.published == entry.updated == datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
    assert (entry.authors, entry.categories) == (("Mia Lo",), ("Optique",))


def test_json_feed() -> None:
    feed = read(
        json.dumps(
            {
                "version": "https://jsonfeed.org/version/1.1",
                "title": "Club des Plasturgistes",
                "home_page_url": "https://club.example/",
                "language": "fr",
                "items": [
                    {
                        "id": 12,
                        "url": "/actus/12",
                        "title": "Une presse &amp; un robot",
                        "content_html": "<p>Arrivés lundi.</p>",
                        "date_published": "2026-11-22T10:00:00Z",
                        "authors": [{"name": "Zoé Li"}],
                        "tags": ["presse"],
                    }
                ],
            }
        )
    )
    (entry,) = feed.entries
    assert (feed.kind, entry.guid, entry.url) == (FeedKind.JSON, "12", "https://journal.example/actus/12")
    assert (entry.title, entry.summary) == ("Une presse & un robot", "Arrivés lundi.")
    assert (entry.authors, entry.categories, entry.language) == (("Zoé Li",), ("presse",), "fr")


@pytest.mark.parametrize(
    ("version", "kind"),
    [("0.91", FeedKind.RSS_091), ("0.92", FeedKind.RSS_092), ("2.0", FeedKind.RSS_20), ("9", FeedKind.RSS)],
)
def test_old_versions_of_rss(version: str, kind: FeedKind) -> None:
    feed = read(f'<rss version="{version}"><channel><item><title>Un</title></item></channel></rss>')
    assert feed.kind is kind
    assert [entry.title for entry in feed.entries] == ["Un"]


def test_atom_03_and_base64() -> None:
    feed = read(
        '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><title mode="base64" type="text/html">'
        "TGUgPGI+YmFuYzwvYj4=</title><issued>2026-11-01</issued></entry></feed>"
    )
    assert feed.kind is FeedKind.ATOM_03
    assert feed.entries[0].title == "Le banc"
    assert feed.entries[0].published == datetime(2026, 11, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "title"),
    [
        pytest.param(
            "L&amp;amp;#8217;usine &amp;lt;b&amp;gt;grandit&amp;lt;/b&amp;gt;", "L’usine grandit", id="twice"
        ),
        pytest.param("<![CDATA[L&eacute;clat <i>bleu</i>]]>", "Léclat bleu", id="cdata"),
        pytest.param("D&eacute;colletage &amp; d&eacute;coupe", "Décolletage & découpe", id="named-entities"),
        pytest.param("Forge & Fils", "Forge & Fils", id="lone-ampersand"),
        pytest.param("Un <b>mot</b> gras", "Un mot gras", id="naked-markup"),
        pytest.param("<![CDATA[<script>alert(1)</script>Sûr]]>", "Sûr", id="script"),
    ],
)
def test_titles_are_cleaned(written: str, title: str) -> None:
    assert read(rss(f"<item><title>{written}</title></item>")).entries[0].title == title


@pytest.mark.parametrize(
    ("encoding", "declared", "content_type"),
    [
        pytest.param("utf-8", "utf-8", "text/xml; charset=iso-8859-1", id="server-lies"),
        pytest.param("utf-8", "iso-8859-1", None, id="document-lies"),
        pytest.param("cp1252", "iso-8859-1", None, id="windows-under-another-name"),
        pytest.param("cp1252", "utf-8", None, id="not-utf-8-at-all"),
        pytest.param("cp1252", None, "application/rss+xml; charset=windows-1252", id="only-the-server-knows"),
        pytest.param("cp1252", None, None, id="nobody-knows"),
        pytest.param("utf-8-sig", "utf-8", None, id="byte-order-mark"),
        pytest.param("utf-16", "utf-16", None, id="utf-16"),
        pytest.param("utf-16-le", None, None, id="utf-16-without-mark"),
        pytest.param("cp1252", "klingon-8", None, id="unknown-name"),
    ],
)
def test_any_encoding_gives_the_right_words(
    encoding: str, declared: str | None, content_type: str | None
) -> None:
    head = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    document = rss("<item><title>L’œuvre d’été : 12 000 € à Dôle</title></item>", head=head)
    feed = read(document.encode(encoding), content_type)
    assert feed.entries[0].title == "L’œuvre d’été : 12 000 € à Dôle"


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param(
            rss("<item><title>Un<b></title></item><item><title>Deux</title></item>"), id="tag-left-open"
        ),
        pytest.param(rss("<item><title>Un</title></item>")[: -len("</channel></rss>")], id="cut-short"),
        pytest.param(
            "\n\n  " + rss("<item><title>Un &nbsp;</title></item>", head='<?xml version="1.0"?>'), id="blank"
        ),
        pytest.param(rss("<item><title>Un\x08</title><a:b>?</a:b></item>"), id="control-and-prefix"),
    ],
)
def test_what_is_broken_is_read_all_the_same(broken: str) -> None:
    assert read(broken).entries[0].title == "Un"


def test_a_mended_feed_says_so() -> None:
    assert read(rss("<item><title>Un<b></title></item>")).problems == ("XML mal formé, réparé",)


def test_relative_links_of_rss_are_relative_to_the_site() -> None:
    feed = read(rss("<item><title>Un</title><link>/a/1</link></item>", "<link>https://autre.example/</link>"))
    assert feed.entries[0].url == "https://autre.example/a/1"


def test_a_dangerous_link_is_no_link() -> None:
    feed = read(rss("<item><title>Un</title><link>javascript:alert(1)</link></item>"))
    assert feed.entries[0].url is None
    assert feed.news == feed.entries


def test_an_entry_without_title_nor_address_is_listed_but_is_no_news() -> None:
    feed = read(rss("<item><description>Un message.</description></item>"))
    assert len(feed.entries) == 1
    assert feed.news == ()


def test_unreadable_dates_are_told() -> None:
    feed = read(rss("<item><title>Un</title><pubDate>32 Foo 2026</pubDate></item>"))
    assert feed.entries[0].published is None
    assert feed.problems == ("dates illisibles : 1",)


def test_authors_never_carry_an_address() -> None:
    item = "<item><title>Un</title><author>{}</author></item>"
    written = (
        "anne@journal.example (Anne Roy)",
        "Anne Roy &lt;anne@journal.example&gt;",
        "anne@journal.example",
    )
    feed = read(rss("".join(item.format(author) for author in written)))
    assert [entry.authors for entry in feed.entries] == [("Anne Roy",), ("Anne Roy",), ()]


def test_a_doctype_with_plain_entities_is_read() -> None:
    head = '<!DOCTYPE rss [<!ENTITY lieu "Vautrey">]>'
    assert read(rss("<item><title>À &lieu;</title></item>", head=head)).entries[0].title == "À Vautrey"


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        pytest.param("", "vide", id="empty"),
        pytest.param("   \n ", "vide", id="blank"),
        pytest.param("<!DOCTYPE html><html><body>Maintenance</body></html>", "page web", id="html"),
        pytest.param("<!-- x --><HTML><head></head></HTML>", "page web", id="html-after-a-comment"),
        pytest.param("Service indisponible", "texte simple", id="text"),
        pytest.param('{"error": "quota"}', "JSON", id="other-json"),
        pytest.param("[" * 100_000, "JSON", id="deep-json"),
        pytest.param('{"items": [', "JSON illisible", id="cut-json"),
        pytest.param(
            '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></urlset>', "plan de site", id="map"
        ),
        pytest.param("<opml><body/></opml>", "aucune forme de flux", id="opml"),
        pytest.param("<a><b></a>", "aucune forme de flux", id="xml-of-nothing"),
    ],
)
def test_what_is_no_feed_is_refused_with_a_reason(document: str, reason: str) -> None:
    with pytest.raises(NotAFeed, match=reason):
        read(document)


def test_a_gzipped_feed_is_unpacked_within_limits() -> None:
    assert len(read(gzip.compress(RSS_20.encode())).entries) == 2
    with pytest.raises(SourceError, match="trop gros"):
        read(gzip.compress(b" " * (BODY_MAX + 1)))
    with pytest.raises(SourceError, match="plusieurs fois"):
        read(gzip.compress(gzip.compress(b"x")))
    with pytest.raises(SourceError, match="endommagée"):
        read(gzip.compress(b"x" * 100)[:-20])


def test_entries_are_capped_and_that_is_said() -> None:
    feed = read(rss("<item><title>Un</title></item>" * (ENTRIES_MAX + 5)))
    assert len(feed.entries) == ENTRIES_MAX
    assert "2 000" in feed.problems[0].replace("\u202f", " ").replace("\u00a0", " ")
