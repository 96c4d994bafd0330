"""Where the event takes place. Texts and firms are invented; towns, courts and départements are real."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comtoise.model import Article, Evidence, Match, Part, Source, SourceKind, TopicKind
from comtoise.topics.document import Document
from comtoise.topics.places import PlaceRules, find_places


def article(title: str, text: str = "", language: str = "fr") -> Document:
    return Document(Article(id="1", url=None, title=title, text=text, language=language))


def covering(*departements: str) -> Source:
    return Source(
        id="s", name="S", kind=SourceKind.FEED, url="https://s.example/rss", departements=departements
    )


def departements(rules: PlaceRules, title: str, text: str = "", source: Source | None = None) -> set[str]:
    matches = find_places(article(title, text), rules, source=source)
    return {match.topic for match in matches if match.kind is TopicKind.DEPARTEMENT}


def communes(rules: PlaceRules, title: str, text: str = "") -> set[str]:
    matches = find_places(article(title, text), rules, source=None)
    return {match.topic for match in matches if match.kind is TopicKind.COMMUNE}


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        # --- plain names and datelines
        pytest.param("Besançon : un atelier de plus chez Vernerey", "", {"25"}, id="dateline-colon"),
        pytest.param(
            "Un atelier de plus", "BESANÇON. Le décolleteur Vernerey grandit.", {"25"}, id="dateline-capitals"
        ),
        pytest.param(
            "Un atelier de plus",
            "Vesoul (Haute-Saône) - La tôlerie Marsan grandit.",
            {"70"},
            id="dateline-brackets",
        ),
        pytest.param(
            "Un atelier de plus", "À Lons-le-Saunier, la tôlerie Marsan grandit.", {"39"}, id="preposition"
        ),
        pytest.param(
            "La tôlerie Marsan grandit", "Le site de Luxeuil gagne un hangar.", {"70"}, id="short-town-name"
        ),
        pytest.param(
            "Trente emplois chez Marsan",
            "L'usine d'Illkirch embauche.",
            {"67"},
            id="first-half-of-a-compound",
        ),
        pytest.param("Nouveau four au Creusot", "", {"71"}, id="article-in-the-preposition"),
        pytest.param("La réunion publique n'a rien réglé", "", set(), id="article-before-a-common-noun"),
        pytest.param("Le bois manque", "Le bois se vend cher.", set(), id="article-before-a-material"),
        pytest.param("La Réunion attend son usine", "", {"974"}, id="article-before-a-name"),
        pytest.param("L'usine du Creusot repart", "", {"71"}, id="article-in-du"),
        pytest.param("Marsan s'installe à St-Claude (Jura)", "", {"39"}, id="abbreviated-saint"),
        pytest.param("MONTBÉLIARD : LA FONDERIE MARSAN RECRUTE", "", {"25"}, id="shouted-title"),
        # --- départements
        pytest.param("Doubs : la tôlerie Marsan grandit", "", {"25"}, id="departement-dateline"),
        pytest.param(
            "La tôlerie Marsan grandit",
            "Ce sous-traitant du 39 (39) s'agrandit.",
            {"39"},
            id="number-in-brackets",
        ),
        pytest.param(
            "La tôlerie Marsan grandit",
            "Elle compte 25 salariés et 39 machines.",
            set(),
            id="bare-numbers-never",
        ),
        pytest.param("La tôlerie Marsan grandit en Haute-Saône", "", {"70"}, id="departement-with-en"),
        pytest.param(
            "La tôlerie Marsan grandit",
            "Dans le Territoire de Belfort, Marsan embauche.",
            {"90"},
            id="territoire-de-belfort",
        ),
        pytest.param(
            "Portes ouvertes dans les fruitières",
            "Le Doubs et le Jura ouvrent leurs caves.",
            {"25", "39"},
            id="two-departements-said-together",
        ),
        pytest.param(
            "Bourgogne-Franche-Comté : le chômage recule",
            "Il baisse de 3 % en Saône-et-Loire et de 9 % dans la Nièvre.",
            set(),
            id="statistics-of-a-region",
        ),
        # --- countries
        pytest.param("Le Haut-Doubs manque de soudeurs", "", {"25"}, id="haut-doubs"),
        pytest.param("Un lunetier du Haut-Jura rachète Marsan", "", {"39"}, id="haut-jura"),
        pytest.param("La Plastics Vallée cherche des régleurs", "", {"01"}, id="plastics-vallee"),
        pytest.param("Pays de Gex : un horloger s'installe", "", {"01"}, id="pays-de-gex"),
        pytest.param(
            "Le Nord Franche-Comté se serre les coudes",
            "",
            set(),
            id="nord-franche-comte-is-three-departements",
        ),
        pytest.param("Une pépinière de plus à Temis", "", {"25"}, id="business-park"),
        # --- homonyms
        pytest.param("Champagney (70) : un scieur investit", "", {"70"}, id="homonym-number"),
        pytest.param(
            "Champagney : un scieur investit",
            "Ce village de Haute-Saône garde sa scierie.",
            {"70"},
            id="homonym-departement-in-sentence",
        ),
        pytest.param(
            "Un scieur investit à Champagney, dans le Jura", "", {"39"}, id="homonym-departement-after"
        ),
        pytest.param(
            "Un scieur investit à Châtenois",
            "Entre Sélestat et Colmar, la scierie grandit.",
            {"67"},
            id="homonym-by-neighbours",
        ),
        pytest.param(
            "Le village de Villers-le-Sec en fête",
            "Les Haut-Saônois étaient nombreux.",
            {"70"},
            id="homonym-by-gentile",
        ),
        # --- ordinary words
        pytest.param(
            "Dans quel sens va l'industrie ?",
            "Sens unique ou demi-tour, rien n'est dit.",
            set(),
            id="sens-the-word",
        ),
        pytest.param(
            "La tôlerie Marsan s'implante à Sens",
            "Dans l'Yonne, elle crée vingt emplois.",
            {"89"},
            id="sens-the-town",
        ),
        pytest.param(
            "L'innovation, levier de croissance",
            "Levier essentiel, elle porte les ventes.",
            set(),
            id="levier-the-word",
        ),
        pytest.param(
            "La fruitière investit à Levier",
            "Dans le Doubs, elle bâtit une cave.",
            {"25"},
            id="levier-the-town",
        ),
        pytest.param("Étain : les cours flambent", "Le métal vaut cher.", set(), id="etain-the-metal"),
        pytest.param(
            "Étain : une scierie s'étend",
            "Cette ville de la Meuse garde ses métiers du bois.",
            {"55"},
            id="etain-the-town",
        ),
        pytest.param(
            "Avril, mois des embauches", "Moyen de faire connaître ses métiers.", set(), id="months-and-means"
        ),
        pytest.param(
            "L'hôpital recrute", "L'Hôpital manque de bras, dit-on partout.", set(), id="l-hopital-the-word"
        ),
        pytest.param(
            "Une unité de plus pour la Suisse",
            "Marsan livre en Suisse et près de la Suisse.",
            set(),
            id="suisse-the-country",
        ),
        pytest.param("Les Sciages du Val suspendent une équipe", "", set(), id="a-firm-named-after-a-valley"),
        # --- persons
        pytest.param(
            "Un patron parle", "Claude Dole dirige l'atelier depuis dix ans.", set(), id="person-first-name"
        ),
        pytest.param("Un patron parle", "M. Gray a repris l'atelier.", set(), id="person-title"),
        pytest.param(
            "Un patron parle",
            "Jean-Pierre Poligny préside la branche.",
            set(),
            id="person-compound-first-name",
        ),
        # --- streets, clubs, appellations
        pytest.param("Un incendie dans un dépôt", "Le feu a pris rue de Belfort.", set(), id="street"),
        pytest.param("Un incendie dans un dépôt", "Le feu a pris avenue de Strasbourg.", set(), id="avenue"),
        pytest.param("Le repreneur est connu", "Il avait présidé le FC Metz.", set(), id="club"),
        pytest.param("Le train est en retard", "Parti de la gare de Lyon à midi.", set(), id="station"),
        pytest.param("La saucisse de Morteau s'exporte", "", set(), id="sausage"),
        pytest.param("La montbéliarde au concours", "Cette vache donne du bon lait.", set(), id="cow"),
        pytest.param("Le comté et le munster se vendent bien", "", set(), id="cheeses-in-lower-case"),
        # --- gentilés
        pytest.param("Le sous-traitant bisontin s'agrandit", "", {"25"}, id="gentile"),
        pytest.param("Une tôlerie bas-rhinoise embauche", "", {"67"}, id="gentile-of-two-words"),
        pytest.param("Un fabricant chalonnais de pompes", "", {"71"}, id="chalonnais-without-circumflex"),
        pytest.param("Un fabricant châlonnais de pompes", "", {"51"}, id="chalonnais-with-circumflex"),
        pytest.param("La Presse pontissalienne change de format", "", set(), id="title-of-a-paper"),
        # --- chalon, châlons, dole
        pytest.param("Une cimenterie à Chalon", "", {"71"}, id="chalon-71"),
        pytest.param("Une cimenterie à Châlons", "", {"51"}, id="chalons-51"),
        pytest.param("Randonnée sur La Dôle", "", set(), id="la-dole-the-mountain"),
        # --- former names
        pytest.param("Morez : la lunetterie Marsan recrute", "", {"39"}, id="morez"),
        pytest.param("Bellegarde-sur-Valserine : Marsan ferme", "", {"01"}, id="bellegarde"),
        # --- place of the event apart from others
        pytest.param(
            "Besançon : Marsan en redressement",
            "Le tribunal des activités économiques de Lyon l'a décidé.",
            {"25"},
            id="court-elsewhere",
        ),
        pytest.param(
            "Besançon : Marsan en redressement",
            "La justice lyonnaise l'a décidé pour cette filiale d'un groupe lyonnais.",
            {"25"},
            id="court-by-gentile",
        ),
        pytest.param(
            "Dole : Marsan ouvre un atelier",
            "Le siège de la société reste à Paris.",
            {"39"},
            id="head-office",
        ),
        pytest.param(
            "Sochaux : Marsan s'arrête",
            "À la différence de Mulhouse ou de Rennes, les commandes sont là.",
            {"25"},
            id="comparison",
        ),
        pytest.param(
            "Belfort : la direction transfère l'activité",
            "Les machines partiront vers Reichshoffen.",
            {"90"},
            id="destination",
        ),
        pytest.param(
            "Vesoul : Marsan primée",
            "La jeune femme, originaire de Strasbourg, dirige l'atelier.",
            {"70"},
            id="origin-of-a-person",
        ),
        pytest.param(
            "Arrêts à Sochaux et Mulhouse",
            "Les deux usines s'arrêtent une semaine.",
            {"25", "68"},
            id="two-plants-in-the-title",
        ),
        pytest.param(
            "Incendie à Pontarlier et autres interventions",
            "À Dole, une cave a été inondée.",
            {"25", "39"},
            id="a-second-place-of-the-text",
        ),
        pytest.param(
            "Marsan ouvre à Saint-Fons",
            "L'usine est dans le Rhône. Une autre suivra à Haguenau, dans le Bas-Rhin.",
            {"69", "67"},
            id="a-second-plant",
        ),
        # --- the other side
        pytest.param("Le Locle : une manufacture embauche", "", {"CH-NE"}, id="le-locle"),
        pytest.param("Canton du Jura : une manufacture embauche", "", {"CH-JU"}, id="canton-of-jura"),
        pytest.param(
            "Jura : les horlogers inquiets",
            "Dans le canton, le chômage partiel gagne.",
            {"CH-JU"},
            id="jura-in-a-swiss-text",
        ),
        pytest.param(
            "Jura : les lunetiers inquiets",
            "À Morez, les commandes baissent.",
            {"39"},
            id="jura-in-a-french-text",
        ),
        pytest.param("Moutier : Marsan supprime dix postes", "", {"CH-JU"}, id="moutier-since-2026"),
        pytest.param("La Bienne est en crue", "", set(), id="bienne-the-river"),
        # --- nothing
        pytest.param(
            "La presse industrielle va bien", "Les commandes remontent partout.", set(), id="no-place"
        ),
    ],
)
def test_the_departement_is_that_of_the_event(
    rules: PlaceRules, title: str, text: str, expected: set[str]
) -> None:
    assert departements(rules, title, text) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        pytest.param("Besançon : un atelier de plus", {"25056"}, id="commune"),
        pytest.param("Morez : un atelier de plus", {"39368"}, id="former-name-gives-today-s-commune"),
        pytest.param("Un atelier de plus à Temis", {"25056"}, id="business-park-gives-its-commune"),
        pytest.param("Un atelier de plus dans le Doubs", set(), id="a-departement-gives-no-commune"),
        pytest.param("Le Locle : un atelier de plus", set(), id="a-swiss-town-has-no-insee-code"),
    ],
)
def test_communes_come_by_their_insee_code(rules: PlaceRules, title: str, expected: set[str]) -> None:
    assert communes(rules, title) == expected


@pytest.mark.parametrize(
    ("coverage", "expected"),
    [
        pytest.param(("70",), {"70"}, id="haute-saone"),
        pytest.param(("39",), {"39"}, id="jura"),
        pytest.param(("25", "90"), {"25"}, id="doubs-and-belfort"),
    ],
)
def test_a_shared_name_follows_the_source(
    rules: PlaceRules, coverage: tuple[str, ...], expected: set[str]
) -> None:
    assert departements(rules, "Incendie dans une scierie de Champagney", "", covering(*coverage)) == expected


def test_a_source_of_one_departement_speaks_for_it_when_the_text_names_no_place(rules: PlaceRules) -> None:
    title, text = "La tôlerie Marsan recrute", "Vingt postes sont ouverts."
    assert departements(rules, title, text, covering("70")) == {"70"}
    assert departements(rules, title, text, covering("70", "25")) == set()


def test_a_text_that_names_a_place_wins_over_its_source(rules: PlaceRules) -> None:
    assert departements(rules, "Dole : Marsan recrute", "", covering("70")) == {"39"}


def named(company: str, words: str, part: Part = Part.TITLE) -> Match:
    evidence = Evidence(words=words, part=part, start=0, end=len(words), why="company")
    return Match(kind=TopicKind.COMPANY, topic=company, score=0.9, evidence=(evidence,))


def test_the_commune_of_a_known_company_counts_where_no_place_is_named(rules: PlaceRules) -> None:
    company = next(iter(id_ for id_, place in rules.companies.items() if place.departement == "25"))
    matches = find_places(article("Xyz recrute"), rules, source=None, companies=(named(company, "Xyz"),))
    assert [match.topic for match in matches] == ["25"]
    assert matches[0].evidence[0].why == "company"


def test_the_commune_of_a_known_company_yields_to_the_place_named(rules: PlaceRules) -> None:
    company = next(iter(id_ for id_, place in rules.companies.items() if place.departement == "25"))
    matches = find_places(
        article("Xyz ouvre une usine à Colmar"), rules, source=None, companies=(named(company, "Xyz"),)
    )
    assert {match.topic for match in matches if match.kind is TopicKind.DEPARTEMENT} == {"68"}


def test_evidence_quotes_the_article(rules: PlaceRules) -> None:
    document = article("Vesoul : Marsan grandit", "L'usine haut-saônoise double. Près de Lure (70), rien.")
    matches = find_places(document, rules, source=None)
    assert matches
    for match in matches:
        assert 0 < match.score <= 1
        for evidence in match.evidence:
            part = document.article.title if evidence.part is Part.TITLE else document.article.text
            assert part[evidence.start : evidence.end] == evidence.words != ""


def test_departements_come_before_communes_and_by_falling_score(rules: PlaceRules) -> None:
    matches = find_places(
        article("Dole : Marsan grandit", "À Vesoul aussi, l'usine de Vesoul grandit."), rules, source=None
    )
    kinds = [match.kind for match in matches]
    assert kinds == sorted(kinds, key=lambda kind: kind is TopicKind.COMMUNE)
    scores = [match.score for match in matches if match.kind is TopicKind.DEPARTEMENT]
    assert scores == sorted(scores, reverse=True)


@given(title=st.text(max_size=60), text=st.text(max_size=400))
def test_no_text_raises(rules: PlaceRules, title: str, text: str) -> None:
    for match in find_places(article(title, text), rules, source=None):
        assert match.evidence


@given(
    words=st.lists(
        st.sampled_from(
            [
                "À",
                "Dole",
                ",",
                "Vesoul",
                "(70)",
                "Saint",
                "-",
                "Claude",
                "rue",
                "de",
                "Belfort",
                "œuvre",
                "\u00ad",
                "Jura",
                "et",
                "le",
                "La",
                "L'",
                "Hôpital",
                "bisontin",
                "FC",
                "M.",
                "Gray",
                ":",
                "\n",
                "tribunal",
            ]
        ),
        max_size=40,
    )
)
def test_any_order_of_tempting_words_keeps_evidence_true(rules: PlaceRules, words: list[str]) -> None:
    document = article(" ".join(words[:8]), " ".join(words[8:]))
    for match in find_places(document, rules, source=None):
        for evidence in match.evidence:
            part = document.article.title if evidence.part is Part.TITLE else document.article.text
            assert part[evidence.start : evidence.end] == evidence.words


@pytest.mark.parametrize("apostrophe", ["'", "’"])
@pytest.mark.parametrize("space", [" ", "\u00a0", "\u202f", "  "])
def test_apostrophes_and_spaces_do_not_matter(rules: PlaceRules, apostrophe: str, space: str) -> None:
    title = f"L{apostrophe}usine d{apostrophe}Ornans{space}: Marsan grandit à{space}Lons-le-Saunier"
    assert departements(rules, title) == {"25", "39"}


def test_a_megabyte_of_places_takes_linear_time(rules: PlaceRules) -> None:
    text = "À Dole, rue de Belfort, Claude Gray et La Chaux-de-Fonds (70). "

    def seconds(times: int) -> float:
        document = article("x", text * times)
        start = process_time()
        find_places(document, rules, source=None)
        return process_time() - start

    megabyte = 1_000_000 // len(text)
    assert seconds(megabyte) < 40 * max(min(seconds(megabyte // 10) for _ in range(2)), 0.01)
