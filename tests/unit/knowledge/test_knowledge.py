"""The packaged files hold what they claim, and refer to one another rightly."""

import re
import time
from collections import Counter
from collections.abc import Iterable
from urllib.parse import parse_qs, urlsplit

import pytest

from comtoise.config.cards import source_item
from comtoise.config.schema import NewSource
from comtoise.knowledge import PackagedSource, load, packaged_sources, source_cards
from comtoise.knowledge.load import inflect
from comtoise.model import Access, SourceKind
from comtoise.stories import canonical_url

KNOWN = load()
SOURCES = packaged_sources()
CARDS = tuple(card for source in SOURCES for card in source_cards(source))
CONFIDENCES = {"high", "medium", "low"}


def repeated(ids: Iterable[object]) -> list[object]:
    return [value for value, count in Counter(ids).items() if count > 1]


@pytest.mark.parametrize(
    ("rows", "count"),
    [
        pytest.param(KNOWN.sectors, 13, id="sectors"),
        pytest.param(KNOWN.companies, 680, id="companies"),
        pytest.param(KNOWN.clusters, 144, id="clusters"),
        pytest.param(KNOWN.signals, 14, id="signals"),
        pytest.param(SOURCES, 250, id="sources"),
        pytest.param([c for c in KNOWN.places.communes if c.kind == "commune"], 34_969, id="communes"),
        pytest.param([c for c in KNOWN.places.communes if c.kind == "deleguee"], 2_105, id="deleguees"),
        pytest.param([c for c in KNOWN.places.communes if c.kind == "associee"], 471, id="associees"),
        pytest.param([c for c in KNOWN.places.communes if c.kind == "arrondissement"], 45, id="arrondts"),
        pytest.param(KNOWN.places.ordinary_words, 347, id="ordinary-words"),
    ],
)
def test_nothing_was_lost_on_the_way(rows: Iterable[object], count: int) -> None:
    assert len(list(rows)) == count


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(KNOWN.sectors, id="sectors"),
        pytest.param(KNOWN.companies, id="companies"),
        pytest.param(KNOWN.clusters, id="clusters"),
        pytest.param(KNOWN.signals, id="signals"),
        pytest.param(SOURCES, id="sources"),
        pytest.param(CARDS, id="source-cards"),
    ],
)
def test_every_row_says_its_origin_and_how_sure_it_is(rows: Iterable[object]) -> None:
    for row in rows:
        assert getattr(row, "origin").strip(), row  # noqa: B009  rows of six kinds share two fields
        assert getattr(row, "confidence") in CONFIDENCES, row  # noqa: B009


@pytest.mark.parametrize(
    "ids",
    [
        pytest.param([s.id for s in KNOWN.sectors], id="sectors"),
        pytest.param([c.id for c in KNOWN.companies], id="companies"),
        pytest.param([c.id for c in KNOWN.clusters], id="clusters"),
        pytest.param([s.id for s in KNOWN.signals], id="signals"),
        pytest.param([c.id for c in CARDS], id="source-cards"),
        pytest.param([(c.insee, c.kind) for c in KNOWN.places.communes], id="communes"),
        pytest.param([d.code for d in KNOWN.places.departements], id="departements"),
        pytest.param([d.word for d in KNOWN.places.demonyms], id="demonyms"),
    ],
)
def test_ids_are_unique(ids: list[object]) -> None:
    assert repeated(ids) == []


def test_ids_are_plain() -> None:
    ids = [s.id for s in KNOWN.sectors] + [c.id for c in KNOWN.companies] + [c.id for c in KNOWN.clusters]
    ids += [card.id for card in CARDS]
    assert [i for i in ids if not i.isascii() or not i.replace("-", "").isalnum() or i != i.lower()] == []


def test_sectors_named_elsewhere_exist() -> None:
    sectors = {sector.id for sector in KNOWN.sectors}
    assert {company.sector for company in KNOWN.companies} == sectors
    assert {s for cluster in KNOWN.clusters for s in cluster.sectors} <= sectors
    assert {s for source in SOURCES for s in source.sectors} <= sectors
    assert {c for sector in KNOWN.sectors for c in sector.clusters} <= {c.id for c in KNOWN.clusters}


def test_places_named_elsewhere_exist() -> None:
    places = KNOWN.places
    current = {c.insee: c for c in places.communes if c.kind == "commune"}
    codes = {d.code for d in (*places.departements, *places.cantons)}
    regions = {r.code for r in places.regions}
    assert {c.insee for c in KNOWN.companies if c.insee} <= {c.insee for c in places.communes}
    assert {c.departement for c in KNOWN.companies} <= codes
    assert {d for cluster in KNOWN.clusters for d in cluster.departements} <= codes
    assert {d for card in CARDS for d in card.departements} <= codes
    assert {d.insee for d in places.demonyms if d.insee} <= current.keys()
    assert {d.departement for d in places.demonyms if d.departement} <= codes
    assert {d.region for d in places.demonyms if d.region} <= regions
    assert places.ordinary_words <= current.keys()
    assert {c.parent for c in places.communes if c.parent} <= current.keys()
    assert {c.departement for c in places.communes} <= codes
    assert {d.region for d in places.departements} <= regions


def test_a_company_stands_in_the_departement_of_its_commune() -> None:
    by_code = {c.insee: c for c in KNOWN.places.communes}
    wrong = [c for c in KNOWN.companies if c.insee and by_code[c.insee].departement != c.departement]
    assert wrong == []


def test_former_communes_lead_to_the_one_of_today() -> None:
    communes = {(c.name, c.kind): c for c in KNOWN.places.communes if c.departement == "39"}
    assert communes["Morez", "deleguee"].parent == communes["Hauts de Bienne", "commune"].insee


def test_codes_keep_their_leading_zero() -> None:
    oyonnax = next(c for c in KNOWN.places.communes if c.name == "Oyonnax")
    assert (oyonnax.insee, oyonnax.departement, oyonnax.region) == ("01283", "01", "84")
    assert any(company.insee == "01283" for company in KNOWN.companies)


def test_vintage_and_licence_are_told() -> None:
    assert KNOWN.places.vintage == "COG 2026"
    assert "Licence Ouverte 2.0" in KNOWN.places.licence
    assert "MIT" in KNOWN.places.licence


@pytest.mark.parametrize(
    ("masculine", "feminine", "forms"),
    [
        pytest.param("bisontin", "bisontine", {"bisontin", "bisontine", "bisontins", "bisontines"}, id="-e"),
        pytest.param("maîchois", "maîchoise", {"maîchois", "maîchoise", "maîchoises"}, id="-ois"),
        pytest.param("sainte-crix", "sainte-crix", {"sainte-crix"}, id="invariable"),
    ],
)
def test_demonyms_are_inflected(masculine: str, feminine: str, forms: set[str]) -> None:
    assert set(inflect(masculine, feminine)) == forms


def test_demonyms_of_towns_and_countries_are_known() -> None:
    demonyms = {form: d for d in KNOWN.places.demonyms for form in d.forms}
    assert demonyms["bisontines"].insee == "25056"
    assert demonyms["grandvallières"].insee == "39487"
    assert demonyms["haut-saônoise"].departement == "70"
    assert demonyms["loclois"].departement == "CH-NE"
    assert demonyms["alsacienne"].region == "44"
    assert demonyms["châlonnais"].insee != demonyms["chalonnais"].insee


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.id)
def test_every_source_has_a_card_that_can_be_polled(source: PackagedSource) -> None:
    """Its kind can be read, its address be fetched, and the desk could write it into config.yaml."""
    cards = source_cards(source)
    assert cards[0].id.startswith(source.id)
    for card in cards:
        assert card.kind in {SourceKind.FEED, SourceKind.LISTING, SourceKind.BODACC}
        assert not set(card.url) & set("{} <>"), card.url
        parts = urlsplit(card.url)
        # What the collector's guard refuses: other ports, credentials, machines named by number.
        assert (parts.port, parts.username) == (None, None), card.url
        assert re.search(r"\.[a-z]{2,}\Z", parts.hostname or ""), card.url
        new = NewSource.model_validate(source_item(card))
        assert (new.url, new.departements or ()) == (card.url, card.departements)


def test_no_two_cards_poll_one_address() -> None:
    addresses = [canonical_url(card.url) for card in CARDS]
    assert None not in addresses
    assert repeated(addresses) == []


def test_the_register_is_asked_for_the_procedures_of_one_departement() -> None:
    cards = {card.id: card for card in CARDS if card.kind is SourceKind.BODACC}
    assert len(cards) == len(KNOWN.places.departements)
    doubs = cards["bodacc-25"]
    assert (doubs.name, doubs.departements, doubs.fetch_pages) == ("BODACC – Doubs", ("25",), False)
    asked = parse_qs(urlsplit(doubs.url).query)
    assert asked["where"] == ['familleavis="collective" and numerodepartement in ("25")']
    assert asked["order_by"] == ["dateparution desc"]


def test_a_feed_seen_in_a_list_is_preferred_to_a_guess() -> None:
    for source in SOURCES:
        listed = {feed.url for feed in source.feeds if feed.evidence == "listed"}
        card = source_cards(source)[0]
        assert card.kind is not SourceKind.FEED or not listed or card.url in listed


def test_pages_behind_a_paywall_are_left_alone() -> None:
    by_id = {card.id: card for card in CARDS}
    assert by_id["est-republicain"].access is Access.SUBSCRIBERS
    assert not by_id["est-republicain"].fetch_pages
    assert by_id["est-republicain-lorraine"].departements == ("54", "55", "57", "88")
    assert by_id["macommune"].access is Access.OPEN
    assert by_id["macommune"].fetch_pages


def test_full_text_is_kept_only_under_an_open_licence() -> None:
    assert {card.id for card in CARDS if card.full_text_licence} >= {"bodacc-25"}
    for source in SOURCES:
        for card in source_cards(source):
            assert not card.full_text_licence or "Licence Ouverte" in source.rights, card.id


def test_all_of_it_loads_in_half_a_second() -> None:
    load.cache_clear()
    started = time.perf_counter()
    load()
    assert time.perf_counter() - started < 0.5
