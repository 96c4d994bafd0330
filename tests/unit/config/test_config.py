"""What a right file gives: typed values, and the desk's knowledge and sources."""

import time as clock
from datetime import time
from pathlib import Path

import pytest
from pydantic import ValidationError

from comtoise.config import Config, ConfigFileError, load_config, parse_config
from comtoise.errors import InputError
from comtoise.knowledge import load
from comtoise.model import Access, SourceKind
from comtoise.text.keywords import parse_keyword

SHIPPED = Path(__file__).parents[3] / "config.yaml"
ZONE = "zone: {regions: [Bourgogne-Franche-Comté]}\n"


def config(text: str = "") -> Config:
    return parse_config((ZONE + text).encode(), "config.yaml")


def test_the_shipped_file_is_right_and_watches_the_first_perimeter() -> None:
    shipped = load_config(SHIPPED)
    assert shipped.departements() == frozenset(
        [
            "01",
            "08",
            "10",
            "21",
            "25",
            "39",
            "51",
            "52",
            "54",
            "55",
            "57",
            "58",
            "67",
            "68",
            "70",
            "71",
            "88",
            "89",
            "90",
        ]
    )
    assert [sector.id for sector in shipped.knowledge().sectors][:3] == [
        "microtechniques",
        "plasturgie",
        "sante",
    ]
    assert len(shipped.sources()) > 200


def test_the_shipped_words_are_the_package_s() -> None:
    """When this fails: python scripts/make_config_words.py config.yaml."""
    shipped = load_config(SHIPPED).knowledge()
    packaged = load()
    for ours, theirs in zip(shipped.sectors, packaged.sectors, strict=True):
        assert ours == theirs
    assert shipped.global_masks == packaged.global_masks


def test_the_shipped_file_loads_in_a_second_and_a_half() -> None:
    started = clock.perf_counter()
    load_config(SHIPPED)
    assert clock.perf_counter() - started < 1.5


def test_the_zone_alone_is_enough() -> None:
    minimal = config()
    assert minimal.schedule.daily.at == time(7, 30)
    assert (minimal.schedule.weekly.weekday, minimal.schedule.weekly.at) == (0, time(7, 30))
    assert str(minimal.timezone) == "Europe/Paris"
    assert (minimal.alerts.max_age_hours, minimal.alerts.per_day) == (72, 5)
    assert (minimal.alerts.quiet.start, minimal.alerts.quiet.end) == (time(20), time(7, 30))
    assert minimal.retention.text_hours == 72
    assert minimal.allowed_networks == ()
    assert minimal.politeness.interval_fixed_s is None
    assert not minimal.mail.ready
    assert minimal.knowledge() == load()


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        pytest.param("zone: {departements: [01, 2A]}", {"01", "2A"}, id="numbers-keep-their-zero"),
        pytest.param("zone: {departements: [ain, cote d'or]}", {"01", "21"}, id="names-without-accents"),
        pytest.param("zone: {departements: [CH-JU, '25']}", {"CH-JU", "25"}, id="a-swiss-canton"),
        pytest.param("zone:\n  departements: Doubs, Jura", {"25", "39"}, id="a-text-with-commas"),
        pytest.param("zone: {regions: [corse]}", {"2A", "2B"}, id="region"),
    ],
)
def test_zones_are_named_or_numbered(text: str, codes: set[str]) -> None:
    assert parse_config(text.encode(), "config.yaml").departements() == codes


@pytest.mark.parametrize("written", ["22:00", "'22:00'", "22h00", "22 h 00"])
def test_hours_are_never_taken_for_numbers(written: str) -> None:
    assert config(f"envois: {{quotidien: {{heure: {written}}}}}").schedule.daily.at == time(22)


@pytest.mark.parametrize(
    ("written", "value"), [("oui", True), ("non", False), ("no", False), ("Oui", True), ("true", True)]
)
def test_yes_and_no(written: str, value: bool) -> None:
    assert config(f"sources: {{nationales: {written}}}").sources_section.national is value


def test_words_may_be_a_text_or_a_list() -> None:
    as_text = config(
        "filieres:\n  bois:\n    nom: Bois\n    mots_forts: |\n      scierie, bois d'œuvre,\n"
        "      # une remarque, avec une virgule\n      charpente*\n      no\n"
    )
    as_list = config(
        'filieres:\n  bois:\n    nom: Bois\n    mots_forts: [scierie, "bois d\'œuvre", charpente*, no, scierie]\n'
    )
    words = ("scierie", "bois d'œuvre", "charpente*", "no")
    assert as_text.knowledge().sectors[0].strong == words
    assert as_list.knowledge().sectors[0].strong == words


def test_a_byte_order_mark_and_windows_line_ends_are_accepted() -> None:
    data = b"\xef\xbb\xbf" + (ZONE + "journal: debug\n").replace("\n", "\r\n").encode()
    assert parse_config(data, "config.yaml").log_level == "DEBUG"


def test_sections_left_empty_are_absent() -> None:
    empty = config("sources:\n  ajouter:\n  modifier:\n  retirer:\nenvois:\nfilieres:\n")
    assert empty.sources() == config().sources()
    assert empty.knowledge() == load()


def test_values_do_not_change_afterwards() -> None:
    with pytest.raises(ValidationError):
        config().alerts.per_day = 6


def test_sources_are_those_of_the_zone() -> None:
    ids = {card.id for card in config().sources()}
    assert ids >= {"macommune", "est-republicain", "est-republicain-franche-comte", "bodacc-25", "bodacc-90"}
    assert not ids & {"est-republicain-lorraine", "dna", "rts", "paperjam"}
    assert not ids & {"bodacc", "bodacc-01"}, "the register is asked for the départements of the zone only"
    assert not ids & {"sirene", "google-news"}, "registers are consulted, not polled"
    local = {card.id for card in config("sources: {nationales: non}").sources()}
    assert local < ids
    assert "bodacc-25" in local


def test_a_region_is_watched_through_one_of_its_departements() -> None:
    ain = parse_config(b"zone: {departements: [Ain]}", "config.yaml")
    ids = {card.id for card in ain.sources()}
    assert "region-ara" in ids
    assert "region-bfc" not in ids


def test_the_desk_adds_changes_and_removes_sources() -> None:
    cards = {
        card.id: card
        for card in config(
            "sources:\n"
            "  ajouter:\n"
            "    - id: vallons\n"
            "      nom: L’Écho des vallons\n"
            "      adresse: http://127.0.0.1:8000/actus\n"
            "      genre: page\n"
            "      departements: [Doubs]\n"
            "      acces: abonnes\n"
            "      extrait_max: 0\n"
            "      intervalle_fixe: 10\n"
            "      reperes: {element: article, titre: h2}\n"
            "  modifier:\n"
            "    macommune: {poids: '2,5', adresse: https://www.macommune.info/autre/feed/}\n"
            "    dna: {nom: DNA}\n"
            "  retirer: est-republicain, bodacc\n"
        ).sources()
    }
    new = cards["vallons"]
    assert (new.kind, new.access, new.departements) == (SourceKind.LISTING, Access.SUBSCRIBERS, ("25",))
    assert (new.fetch_pages, new.extract_max, new.interval_s, new.origin) == (False, 0, 10, "config.yaml")
    assert new.selectors is not None
    assert (new.selectors.item, new.selectors.link, new.selectors.title) == ("article", "a", "h2")
    assert (cards["macommune"].weight, cards["macommune"].url) == (
        2.5,
        "https://www.macommune.info/autre/feed/",
    )
    assert cards["macommune"].departements == ("25", "39", "70", "90"), "what is not said stays"
    assert cards["dna"].name == "DNA", "a source of elsewhere that the desk names is followed"
    assert "est-republicain" not in cards
    assert not [card_id for card_id in cards if card_id.startswith("bodacc")], (
        "one word for all of the register"
    )


def test_the_register_is_asked_by_departement() -> None:
    cards = {
        card.id: card
        for card in config(
            "sources:\n"
            "  ajouter:\n"
            "    - {id: procedures, nom: Procédures, genre: bodacc, departements: [Ain, Saône-et-Loire]}\n"
            "  modifier:\n    bodacc: {poids: 2}\n"
            "  retirer: bodacc-39\n"
        ).sources()
    }
    assert "bodacc-39" not in cards
    assert cards["bodacc-25"].weight == 2
    assert "numerodepartement+in+%28%2225%22%29" in cards["bodacc-25"].url
    own = cards["procedures"]
    assert "in+%28%2201%22%2C%2271%22%29" in own.url
    assert (own.kind, own.fetch_pages, own.full_text_licence) == (SourceKind.BODACC, False, True)


@pytest.mark.parametrize(
    ("card", "missing"),
    [
        pytest.param("{id: a, nom: A}", "« adresse »", id="feed"),
        pytest.param("{id: a, nom: A, genre: bodacc}", "« departements »", id="register"),
    ],
)
def test_a_source_says_where_to_look(card: str, missing: str) -> None:
    with pytest.raises(ConfigFileError, match=missing):
        config(f"sources: {{ajouter: [{card}]}}\n")


def test_the_desk_may_use_its_own_sources_only() -> None:
    own = config(
        "sources: {paquet: non, ajouter: [{id: macommune, nom: M, adresse: 'http://127.0.0.1:1/feed'}]}\n"
        "reseaux_internes_autorises: [127.0.0.0/8]\nports_supplementaires: [1]\n"
    )
    assert [card.id for card in own.sources()] == ["macommune"]
    assert (own.allowed_networks, own.extra_ports) == (("127.0.0.0/8",), (1,))


def test_the_desk_adds_changes_and_removes_clusters() -> None:
    clusters = {
        c.id: c
        for c in config(
            "poles:\n"
            "  ajouter:\n"
            "    - id: grappe-lunes\n"
            "      nom: Grappe des Lunes\n"
            "      autres_noms: [Lunes BFC, {texte: GDL, type: acronym, pres_de: [grappe]}]\n"
            "      filieres: [plasturgie]\n"
            "  modifier: {pmt: {nom: PMT, departements: [Doubs]}}\n"
            "  retirer: [vitagora]\n"
        )
        .knowledge()
        .clusters
    }
    assert [(a.text, a.type, a.needs) for a in clusters["grappe-lunes"].aliases] == [
        ("Lunes BFC", "variant", ()),
        ("GDL", "acronym", ("grappe",)),
    ]
    assert (clusters["pmt"].name, clusters["pmt"].departements) == ("PMT", ("25",))
    assert clusters["pmt"].aliases, "what is not said stays"
    assert "vitagora" not in clusters
    assert len(clusters) == 144


def test_clusters_may_be_those_of_the_zone() -> None:
    near = {c.id for c in config("poles: {paquet: zone}").knowledge().clusters}
    everywhere = {c.id for c in config().knowledge().clusters}
    assert "pmt" in near
    assert near < everywhere
    assert config("poles: {paquet: non}").knowledge().clusters == ()


def test_the_desk_adds_and_removes_companies() -> None:
    companies = {
        c.id: c
        for c in config(
            "entreprises:\n"
            "  ajouter: [{nom: Décolletage Lunaire, filiere: microtechniques, commune: Morteau, departement: Doubs}]\n"
            "  retirer: [acrotec]\n"
        )
        .knowledge()
        .companies
    }
    assert companies["decolletage-lunaire"].insee == "25411"
    assert companies["decolletage-lunaire"].departement == "25"
    assert "acrotec" not in companies
    assert len(companies) == 680


def test_a_sector_left_out_goes_with_its_companies() -> None:
    known = config("filieres:\n  bois:\n    nom: Le bois\n    mots_forts: [scierie]\n").knowledge()
    assert [sector.id for sector in known.sectors] == ["bois"]
    assert {company.sector for company in known.companies} == {"bois"}
    assert {s for cluster in known.clusters for s in cluster.sectors} == {"bois"}
    assert known.sectors[0].label == "Le bois"
    assert known.sectors[0].naf, "what people do not edit stays"


@pytest.mark.parametrize(
    ("make", "message"),
    [
        pytest.param(lambda path: None, "n’existe pas", id="absent"),
        pytest.param(lambda path: path.mkdir(), "c’est un dossier", id="a-folder"),
    ],
)
def test_a_file_that_cannot_be_read(tmp_path: Path, make: object, message: str) -> None:
    path = tmp_path / "config.yaml"
    assert callable(make)
    make(path)
    with pytest.raises(ConfigFileError, match=message) as caught:
        load_config(path)
    assert "--config" in caught.value.problems[0].remedy


@pytest.mark.parametrize(
    ("word", "message"),
    [
        pytest.param("mi*", "après au moins trois lettres", id="star-after-two-letters"),
        pytest.param("moule NON", "il manque des mots", id="nothing-after-NON"),
        pytest.param("to*neau", "l’étoile se met à la fin", id="star-inside"),
    ],
)
def test_a_keyword_that_could_not_be_searched_for_is_refused_at_its_line(word: str, message: str) -> None:
    text = f"zone: {{regions: [Grand Est]}}\nfilieres:\n  bois:\n    nom: Bois\n    mots_forts: |\n      scie,\n      {word}\n"
    with pytest.raises(ConfigFileError, match=message) as caught:
        parse_config(text.encode(), "config.yaml")
    (problem,) = caught.value.problems
    assert (problem.line, "micro*" in problem.remedy) == (7, True)
    with pytest.raises(InputError, match=message):  # « keywords add » goes by the same rule
        parse_keyword(word)


@pytest.mark.parametrize(
    "address", ["http://[gazette/feed", "https://gazette.example:99999/feed", "https://u:p@gazette.example/"]
)
def test_an_address_that_no_robot_can_ask_for_is_refused(address: str) -> None:
    with pytest.raises(ConfigFileError, match="n’est pas une adresse de page"):
        parse_config(text_with_source(address), "config.yaml")


def test_scheme_and_host_of_an_address_have_no_case() -> None:
    (card,) = parse_config(text_with_source("HTTPS://Gazette.Example/Feed"), "config.yaml").sources()
    assert card.url == "https://gazette.example/Feed"


def text_with_source(address: str) -> bytes:
    """A configuration that watches one address."""
    return (
        'version: 1\nzone: {departements: ["25"]}\nsources:\n  paquet: non\n  ajouter:\n'
        f"    - {{id: gazette, nom: Gazette, adresse: '{address}'}}\n"
    ).encode()
