"""Lists of feeds, as feed readers write them and as we do."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from comtoise.errors import SourceError
from comtoise.model import Access, ListingSelectors, Source, SourceKind
from comtoise_crawler.reading.opml import Outlines, read_opml, write_opml

NOW = datetime(2026, 11, 25, 8, tzinfo=UTC)


def opml(body: str, version: str = "2.0") -> bytes:
    return f'<?xml version="1.0"?><opml version="{version}"><head/><body>{body}</body></opml>'.encode()


def source(name: str = "Gazette", kind: SourceKind = SourceKind.FEED, **more: object) -> Source:
    return Source(id="", name=name, kind=kind, url="https://gazette.example/feed", **more)  # type: ignore[arg-type]


FEED = '<outline type="rss" text="Gazette" xmlUrl="https://gazette.example/feed"/>'


@pytest.mark.parametrize(
    "document",
    [
        pytest.param(opml(FEED), id="flat"),
        pytest.param(opml(FEED, "1.0"), id="version-1"),
        pytest.param(
            opml(f'<outline text="Est"><outline text="Jura">{FEED}</outline></outline>'), id="nested"
        ),
        pytest.param(opml(FEED.replace("xmlUrl", "xmlurl").replace("type", "TYPE")), id="other-case"),
        pytest.param(opml(FEED.replace('text="Gazette"', 'text="x" title="Gazette"')), id="title-first"),
        pytest.param(opml(FEED).replace(b'<?xml version="1.0"?>', b"\xef\xbb\xbf  "), id="mark-and-spaces"),
        pytest.param(
            opml(FEED + "<outline text='Sans adresse'/><outline url='https://a.example/'/>"), id="notes"
        ),
        pytest.param(opml(FEED)[:-14], id="cut-short"),
    ],
)
def test_a_feed_is_found(document: bytes) -> None:
    assert read_opml(document) == Outlines((source(),))


def test_an_ampersand_left_alone_is_mended() -> None:
    (found,) = read_opml(opml('<outline text="A & B" xmlUrl="https://a.example/?x=1&y=2"/>')).sources
    assert (found.name, found.url) == ("A & B", "https://a.example/?x=1&y=2")


def test_a_name_is_cleaned_and_a_feed_without_one_is_called_by_its_address() -> None:
    listed = read_opml(
        opml(
            '<outline text="&lt;b&gt;Gras&lt;/b&gt; \u202e" xmlUrl="https://a.example/"/>'
            '<outline xmlUrl="https://b.example/"/>'
        )
    )
    assert [found.name for found in listed.sources] == ["Gras", "https://b.example/"]


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://moi:secret@a.example/",
        "rien",
        "ftp://a.example/",
    ],
)
def test_an_address_nobody_can_poll_is_counted(address: str) -> None:
    assert read_opml(opml(f'{FEED}<outline xmlUrl="{address}"/>')) == Outlines((source(),), 1)


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        pytest.param(b"", "OPML", id="empty"),
        pytest.param(b"bonjour", "OPML", id="text"),
        pytest.param(b"<rss version='2.0'><channel/></rss>", "OPML", id="a-feed"),
        pytest.param(b"x" * (10 * 1024 * 1024 + 1), "10 Mo", id="too-big"),
        pytest.param(opml(FEED * 2001), "2 000", id="too-many"),
        pytest.param(opml("<outline>" * 3000), "imbrique", id="too-deep"),
        pytest.param(
            b'<!DOCTYPE opml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
            + opml("&b;")[21:],
            "entités",
            id="entity-bomb",
        ),
        pytest.param(
            b'<!DOCTYPE opml [<!ENTITY a "' + b"a" * 5000 + b'">]>' + opml("&a;" * 5000)[21:],
            "entités",
            id="entities-beyond-measure",
        ),
    ],
)
def test_what_is_no_list_is_refused_in_french(document: bytes, reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        read_opml(document)


def test_an_entity_of_the_machine_is_never_read() -> None:
    document = (
        b'<!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
        + opml('<outline text="a&x;b" xmlUrl="https://a.example/"/>')[21:]
    )
    assert [found.name for found in read_opml(document).sources] == ["ab"]


def test_other_readers_see_feeds_and_pass_over_the_rest() -> None:
    selectors = ListingSelectors(item="li")
    document = write_opml(
        [source(), source("Page", SourceKind.LISTING, selectors=selectors)], title="Les nôtres", now=NOW
    )
    root = etree.fromstring(document)
    assert (root.tag, root.get("version")) == ("opml", "2.0")
    assert root.findtext("head/title") == "Les nôtres"
    assert root.findtext("head/dateCreated") == "Wed, 25 Nov 2026 08:00:00 +0000"
    feed, page = root.findall("body/outline")
    assert (feed.get("type"), feed.get("text"), feed.get("xmlUrl")) == ("rss", "Gazette", source().url)
    assert (page.get("type"), page.get("url"), page.get("xmlUrl")) == ("link", source().url, None)


TEXT = st.text(
    st.characters(categories=["L", "N", "Zs"], include_characters=".#>:-_é«»&<\"'"), min_size=1, max_size=40
)


@given(
    kind=st.sampled_from(SourceKind),
    access=st.sampled_from(Access),
    departements=st.lists(st.sampled_from(["01", "25", "2A", "CH-JU"]), unique=True).map(tuple),
    item=TEXT.map(str.strip).filter(bool),
)
def test_what_we_write_we_take_back_whole(
    kind: SourceKind, access: Access, departements: tuple[str, ...], item: str
) -> None:
    selectors = ListingSelectors(item=item, date=item) if kind is SourceKind.LISTING else None
    written = source(
        kind=kind,
        access=access,
        departements=departements,
        selectors=selectors,
        homepage="https://gazette.example/",
    )
    assert read_opml(write_opml([written], title="x", now=NOW)) == Outlines((written,))
