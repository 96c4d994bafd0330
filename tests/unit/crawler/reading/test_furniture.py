"""What stands in an article and is not of it goes; what looks like it and is of it stays."""

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comtoise_crawler.reading import read_page
from comtoise_crawler.reading.lines import is_about_author, is_furniture_line

NOW = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
URL = "https://ville.example/actualites/atelier"
TITLE = "Un atelier aux Prés"
PARAGRAPHS = (
    "La société Décolmeca a posé la première pierre de son atelier de la zone des Prés, à Vautrey.",
    "Le bâtiment de 3 200 mètres carrés accueillera douze tours à partir du printemps, selon la mairie.",
    "« Nous voulions rester dans la vallée », explique la directrice, qui prévoit quarante embauches.",
)
FIRST, *REST = (f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


def lines(inside: str, *, after: str = "", head: str = "", under: str = "") -> list[str]:
    """The lines of a page whose article has *inside* after its first paragraph, *under* its headline."""
    html = (
        f"<html><head>{head}</head><body><div class='page'><h1>{TITLE}</h1>{under}"
        f"<div class='texte'>{FIRST}{inside}{''.join(REST)}</div>{after}</div></body></html>"
    )
    return read_page(html.encode(), url=URL, now=NOW).text.split("\n")


@pytest.mark.parametrize(
    "box",
    [
        pytest.param(
            "<p><a href='/eco/fromagerie'>La fromagerie du Haut rouvre ses portes</a></p>", id="link"
        ),
        pytest.param(
            "<p>Lire aussi : <a href='/eco/fromagerie'>La fromagerie du Haut rouvre ses portes</a></p>",
            id="link-with-its-label",
        ),
        pytest.param("<h3><a href='https://www.ville.example/f'>La fromagerie rouvre</a></h3>", id="heading"),
        pytest.param(
            "<p><a href='/f'>La fromagerie rouvre</a><br><a href='/g'>Le haras aussi</a><br>"
            "<a href='/h'>Et la verrerie</a></p>",
            id="several-links",
        ),
        pytest.param(
            "<ul><li><a href='/f'>La fromagerie du Haut rouvre ses portes</a> - 24 octobre 2026</li></ul>",
            id="link-with-its-day",
        ),
        pytest.param(
            "<div><a href='/f'><h4>La fromagerie</h4><p>Elle rouvre au printemps, après deux ans.</p></a></div>",
            id="link-around-blocks",
        ),
        pytest.param("<div class='LoginWall_title'><p>Vous devez avoir un compte ici.</p></div>", id="camel"),
        pytest.param(
            "<div class='cta-wrap'><p>Devenez membre de notre club de lecture.</p></div>", id="appeal"
        ),
        pytest.param(
            "<div class='savoir_plus_block'><h4>Le groupe</h4><p>Décolmeca, Usimag, Fraisal.</p></div>",
            id="boilerplate",
        ),
        pytest.param("<p class='wp-caption-text'>La fromagerie, vue du haras.</p>", id="caption"),
        pytest.param("<p>Crédit photo : Anne Roy / Le Courrier</p>", id="credit"),
    ],
)
def test_a_box_that_is_not_of_the_article_goes(box: str) -> None:
    assert lines(box) == list(PARAGRAPHS)
    assert lines("", after=box) == list(PARAGRAPHS)


@pytest.mark.parametrize(
    ("box", "kept"),
    [
        pytest.param(
            "<p>La <a href='/decolmeca'>société Décolmeca de Vautrey</a> avait annoncé ce projet l’an dernier.</p>",
            "La société Décolmeca de Vautrey avait annoncé ce projet l’an dernier.",
            id="link-in-a-sentence",
        ),
        pytest.param(
            "<p><a href='https://usimag.example/actes'>Le catalogue complet de la société Usimag</a></p>",
            "Le catalogue complet de la société Usimag",
            id="link-to-another-site",
        ),
        pytest.param(
            "<p><a href='/docs/atelier.pdf'>Le dossier de presse de la société Usimag</a></p>",
            "Le dossier de presse de la société Usimag",
            id="link-to-a-file",
        ),
    ],
)
def test_a_link_of_the_article_stays(box: str, kept: str) -> None:
    assert lines(box) == [PARAGRAPHS[0], kept, *PARAGRAPHS[1:]]


@pytest.mark.parametrize(
    "line",
    [
        "Il vous reste 57.09% de cet article à lire. La suite est réservée aux abonnés.",
        "À lire : la fromagerie rouvre ses portes",
        "READ MORE: the dairy opens again",
        "Ajouter à mes favoris",
        "L’article a été ajouté à vos favoris",
        "Google News",
        "Photo (cc) : A. Roy",
        "(Photo d’archives Anne Roy)",
        "© 1998-2026 Le Courrier du Val - Tous droits réservés.",
        "Recevez chaque matin notre newsletter : inscrivez-vous",
        "Sign up for our emails",
        "Suivez-nous sur Facebook et LinkedIn",
        "Faites un don à la rédaction",
        "Ce site utilise des cookies pour mesurer son audience",
        "Votre adresse e-mail ne sera pas publiée. Les champs obligatoires sont indiqués avec *",
        "Tags : tours, vallée, emploi",
        "Article mis à jour le 7 janvier 2026.",
        "La suite après cette publicité",
        "Article suivant : la fromagerie rouvre",
    ],
)
def test_a_line_of_furniture(line: str) -> None:
    assert is_furniture_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "Photographie et microtechnique : deux métiers que l’atelier réunira, selon la directrice.",
        "Les abonnés du théâtre ont voté pour l’atelier.",
        "Suivez-le : le chantier se visite chaque samedi, annonce la mairie de Vautrey.",
        "L’article 4 du décret a été publié au Journal officiel.",
        "Retour sur un chantier de deux ans.",
        "Lire les plans de l’atelier demande un peu d’habitude, dit le chef d’équipe.",
        "Le groupe utilise des robots pour charger ses tours.",
        "Commentaire de la directrice : « Nous restons. »",
        "Copyrighté par Usimag, le logiciel pilote les douze tours.",
        "Images de synthèse, jumeaux numériques : l’atelier a tout prévu.",
        "Un article de la loi impose cette étude.",
        "Newsletters, courriels, appels : la directrice a tout essayé pour recruter.",
    ],
)
def test_a_sentence_that_holds_such_words_stays(line: str) -> None:
    assert not is_furniture_line(line)


@given(st.text(st.characters(exclude_categories=("Cc", "Zl", "Zp", "Cs")), max_size=250))
def test_spaces_around_a_line_change_nothing(line: str) -> None:
    assert is_furniture_line(f"  {line} ") == is_furniture_line(line)


@pytest.mark.parametrize("word", ["a ", "article ", "lire ", "photo ", "newsletter ", "(", "- ", "cookies "])
def test_a_line_made_to_be_slow_is_not(word: str) -> None:
    start = time.process_time()
    for length in range(1, 301):
        is_furniture_line((word * 300)[:length])
    assert time.process_time() - start < 1


def test_who_wrote_it_and_when_is_no_text() -> None:
    head = "<meta name='author' content='Anne Roy'>"
    under = "<p>Mercredi 4 mars 2026</p><p>Par Anne Roy</p>"
    after = (
        "<p>Anne Roy</p><p>Anne Roy est journaliste au Courrier, où elle suit la vallée depuis dix ans.</p>"
    )
    assert lines("", head=head, under=under, after=after) == list(PARAGRAPHS)
    assert not is_about_author("Anne Roy est maire de Vautrey.", ("Anne Roy",))
    assert not is_about_author("Luc Bey est journaliste.", ("Anne Roy",))


STANDFIRST = (
    "Décolmeca s’installe à Vautrey : quarante emplois sont attendus en deux ans dans la zone des Prés."
)


@pytest.mark.parametrize(
    ("under", "head"),
    [
        pytest.param(f"<div class='chapo'><span>{STANDFIRST}</span></div>", "", id="named"),
        pytest.param(
            f"<div><span class='x1'>{STANDFIRST}</span></div>",
            f"<meta property='og:description' content='{STANDFIRST}'>",
            id="stated-as-the-summary",
        ),
        pytest.param(f"<h2 class='lead'>{STANDFIRST}</h2>", "", id="heading"),
    ],
)
def test_the_standfirst_opens_the_text(under: str, head: str) -> None:
    assert lines("", under=under, head=head) == [STANDFIRST, *PARAGRAPHS]


def test_a_summary_that_the_page_does_not_print_is_no_text() -> None:
    assert lines("", head=f"<meta name='description' content='{STANDFIRST}'>") == list(PARAGRAPHS)


def test_a_page_made_to_be_slow_is_not() -> None:
    """Thousands of short lines in nested cards and links: each box is looked at once."""
    nested = "<article class='teaser'>" * 60 + "<p>Le 4 mars 2026</p>" * 3_000 + "</article>" * 60
    linked = "<a href='/f'>" + "<span>5 mars 2026</span>" * 3_000 + "</a>"
    start = time.process_time()
    html = f"<html><body><h1>{TITLE}</h1>{nested}{linked}{FIRST}</body></html>"
    assert read_page(html.encode(), url=URL, now=NOW).published is None
    assert time.process_time() - start < 10
