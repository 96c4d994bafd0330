"""One broken file per kind of mistake: the right line, the right column, and what to write instead."""

import pytest

from comtoise.config import ConfigFileError, Problem, parse_config

ZONE = "zone: {regions: [Grand Est]}\n"


def problems(text: str | bytes) -> tuple[Problem, ...]:
    data = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(ConfigFileError) as caught:
        parse_config(data, "config.yaml")
    return caught.value.problems


@pytest.mark.parametrize(
    ("text", "line", "column", "remedy"),
    [
        # The file itself
        pytest.param("", 1, 1, "repartez de l’exemple", id="empty"),
        pytest.param("# rien que des remarques\n", 1, 1, "repartez de l’exemple", id="comments-only"),
        pytest.param("- zone\n", 1, 1, "commencez par « zone: »", id="a-list"),
        pytest.param("bonjour\n", 1, 1, "commencez par « zone: »", id="a-sentence"),
        pytest.param(ZONE.encode() + b"journal: d\xe9bogage\n", 2, 11, "l’encodage UTF-8", id="latin-1"),
        pytest.param(ZONE.encode("utf-16"), 1, 1, "l’encodage UTF-8", id="utf-16"),
        pytest.param(b"PK\x03\x04\x14\x00\x06\x00", 1, 1, "« Texte brut »", id="word-document"),
        pytest.param(ZONE + "journal: in\x00fo\n", 2, 12, "tapez-la de nouveau", id="control-character"),
        pytest.param("#" * 1024 * 1024 + "\n", 1, 1, "pas des données", id="too-big"),
        pytest.param(ZONE + "a: " + "[" * 50 + "]" * 50, 2, 14, "repartez de l’exemple", id="too-deep"),
        pytest.param(ZONE + "a: [" + "x, " * 20_001 + "]", 2, 59_990, "repartez", id="too-many-values"),
        pytest.param(ZONE + "---\nzone: {}\n", 2, 1, "effacez cette ligne", id="two-documents"),
        # YAML
        pytest.param("zone:\n\tregions: [Grand Est]\n", 2, 1, "espaces ordinaires", id="tab-indent"),
        pytest.param("zone:\n\u00a0 regions: [Grand Est]\n", 2, 1, "espaces ordinaires", id="nbsp-indent"),
        pytest.param(
            ZONE + "sources:\n  ajouter:\n  – id: gazette\n    nom: La Gazette\n",
            4, 1, "un trait d’union", id="long-dash-of-a-word-processor",
        ),
        pytest.param("zone: {departements: [Doubs; Jura]}\n", 1, 23, "par des virgules", id="semicolons"),
        pytest.param("zone: {departements: Doubs et Jura}\n", 1, 22, "par des virgules", id="and"),
        pytest.param(
            ZONE + "filieres:\n  bois:\n    nom: Bois\n    mots_forts: scierie; grume\n",
            5, 17, "par des virgules", id="semicolons-between-words",
        ),
        pytest.param(ZONE + "journal:\tinfo\n", 2, 9, "espace ordinaire", id="tab-after-colon"),
        pytest.param(ZONE + "zone: {regions: [Grand Est]}\n", 2, 1, "réunissez", id="duplicate-key"),
        pytest.param(
            ZONE + "envois:\n  quotidien: {heure: 07:30}\n  hebdomadaire: {jour: lundi}\n"
            "  quotidien: {heure: 08:00}\n",
            5, 3, "réunissez les deux en une seule clé « quotidien: »", id="duplicate-key-inside",
        ),
        pytest.param(ZONE + "journal: &a info\n", 2, 10, '"&a"', id="anchor"),
        pytest.param(ZONE + "journal: *a\n", 2, 10, '"*a"', id="alias"),
        pytest.param(ZONE + "journal: !!python/name:os info\n", 2, 10, "effacez « ", id="tag"),
        pytest.param(ZONE + "courriel: {expediteur_nom: Veille\n", 2, 11, "{de: ", id="open-brace"),
        pytest.param("zone: {regions: [Grand Est}\n", 1, 17, "[un, deux, trois]", id="open-bracket"),
        pytest.param("zone: {regions: [Grand Est]}]\n", 1, 29, "[un, deux, trois]", id="extra-bracket"),
        pytest.param(
            ZONE + 'courriel:\n  expediteur_nom: "Veille\n',
            3, 19, "fermez le guillemet", id="open-quote",
        ),
        pytest.param(
            ZONE + "courriel:\n  expediteur_nom: 'L'est'\n",
            3, 22, "guillemets droits", id="apostrophe",
        ),
        pytest.param(
            ZONE + "courriel:\n  expediteur_nom: A: B\n",
            3, 20, "entre guillemets", id="second-colon",
        ),
        pytest.param(
            ZONE + "courriel:\n  expediteur_nom: @veille\n",
            3, 19, "entre guillemets", id="at-sign",
        ),
        pytest.param(
            ZONE + "envois:\n  fuseau Europe/Paris\njournal: info\n",
            3, 3, "« fuseau: … »", id="no-colon",
        ),
        pytest.param(ZONE + "journal\n", 2, 1, "avec une espace après", id="key-alone"),
        pytest.param(
            "zone:\n  regions: [Grand Est]\n departements: [Ain]\n",
            3, 2, "alignez", id="wrong-indent",
        ),
        pytest.param(ZONE + "sources: - x\n", 2, 10, "passez à la ligne", id="list-on-the-key's-line"),
        pytest.param(ZONE + "? [a]\n: b\n", 2, 3, "entre guillemets", id="a-list-as-key"),
        pytest.param(ZONE + "alertes: {par_jour: 3}}\n", 2, 23, "écrivez {de: ", id="extra-brace"),
        pytest.param(ZONE + "<<: *base\n", 2, 5, '"*base"', id="merge-key"),
        pytest.param(
            ZONE + "journal: &a [&b [*b, *b], *a]\n", 2, 10, '"&a"', id="a-bomb-is-refused-at-its-first-anchor"
        ),
        pytest.param(ZONE + "journal: !!binary aW5mbw==\n", 2, 10, "effacez « ", id="binary-tag"),
        pytest.param("zone: {departements: [1, 39]}\n", 1, 23, "`01`", id="one-is-not-01"),
        pytest.param(ZONE + "alertes: {par_jour: 1e1}\n", 2, 21, "de 0 à 50", id="scientific-number"),
        pytest.param(ZONE + "alertes: {par_jour: 0o7}\n", 2, 21, "de 0 à 50", id="octal-number"),
        pytest.param(ZONE + "envois: {quotidien: {heure: 24:00}}\n", 2, 29, "par exemple 07:30", id="hour-24"),
        # Keys
        pytest.param(ZONE + "envoi: {}\n", 2, 1, "vouliez-vous dire `envois` ?", id="unknown-key"),
        pytest.param(ZONE + "filières: {}\n", 2, 1, "vouliez-vous dire `filieres` ?", id="accent-in-key"),
        pytest.param(
            ZONE + "journal\u00a0: info\n",
            2, 1, "effacez-la : « journal: »", id="nbsp-before-colon",
        ),
        pytest.param(ZONE + "fuseau: Europe/Paris\n", 2, 1, "s’écrit sous `envois`", id="key-elsewhere"),
        pytest.param(
            ZONE + "envois:\n  quotidien:\n    minute: 3\n", 4, 5, "on peut écrire : heure", id="key-from-nowhere"
        ),
        pytest.param("journal: info\n", 1, 1, "« zone: {regions:", id="missing-section"),
        pytest.param(
            ZONE + "sources:\n  ajouter:\n    - id: x\n      nom: X\n",
            4, 7, "ajoutez la ligne « adresse: https://", id="missing-key",
        ),
        pytest.param("zone:\n", 1, 1, "écrivez sous zone", id="empty-zone"),
        pytest.param(ZONE + "journal:\n", 2, 9, "ou effacez la ligne", id="empty-value"),
        # Shapes
        pytest.param(ZONE + "envois: 07:30\n", 2, 9, "par exemple « fuseau: … »", id="value-for-a-section"),
        pytest.param(ZONE + "journal: [info]\n", 2, 10, "sur la même ligne", id="list-for-a-value"),
        pytest.param(
            ZONE + "sources: {ajouter: journal}\n",
            2, 20, "précédé de « - »", id="value-for-a-list",
        ),
        pytest.param(ZONE + "filieres: [bois]\n", 2, 11, "suivi de deux-points", id="list-for-a-dictionary"),
        # Values
        pytest.param(
            ZONE + "envois: {quotidien: {heure: 25:00}}\n", 2, 29, "de 00:00 à 23:59", id="hour-out-of-range"
        ),
        pytest.param(
            ZONE + "envois: {quotidien: {heure: 0730}}\n",
            2, 29, "par exemple 07:30", id="hour-as-number",
        ),
        pytest.param(
            ZONE + "envois: {hebdomadaire: {jour: mercredy}}\n", 2, 31, "dire `mercredi` ?", id="weekday"
        ),
        pytest.param(ZONE + "envois: {fuseau: Paris}\n", 2, 18, "Europe/Paris", id="timezone"),
        pytest.param(ZONE + "alertes: {par_jour: beaucoup}\n", 2, 21, "de 0 à 50", id="word-for-a-number"),
        pytest.param(
            ZONE + "alertes: {par_jour: 2,5}\n",
            2, 23, "ici on peut écrire", id="decimal-in-braces",
        ),
        pytest.param(
            ZONE + "alertes: {par_jour: 500}\n",
            2, 21, "de 0 à 50 (alertes)", id="number-too-great",
        ),
        pytest.param(
            ZONE + "conservation:\n  texte_integral_heures: 96\n", 3, 26, "de 0 à 72 (heures)", id="kept-too-long"
        ),
        pytest.param(ZONE + "sources: {paquet: peut-être}\n", 2, 19, "oui ou non", id="yes-or-no"),
        pytest.param(ZONE + "poles: {paquet: tout}\n", 2, 17, "dire `tous` ?", id="choice"),
        pytest.param(ZONE + "journal: inffo\n", 2, 10, "dire `info` ?", id="log-level"),
        pytest.param(
            ZONE + "courriel: {expediteur_adresse: Veille <v@a.fr>}\n", 2, 32, "veille@", id="mail-address"
        ),
        pytest.param(
            ZONE + "site: {adresse: www.exemple.fr}\n", 2, 17, "https://www.exemple.fr", id="web-address"
        ),
        pytest.param(ZONE + "site: {ecoute: partout}\n", 2, 16, "127.0.0.1:8080", id="listening"),
        pytest.param(ZONE + "site: {ecoute: oui}\n", 2, 16, "127.0.0.1:8080, ou non", id="listening-yes"),
        pytest.param(
            ZONE + "site:\n  ecoute: http://127.0.0.1:8080\n", 3, 11, "127.0.0.1:8080", id="listening-as-a-page"
        ),
        pytest.param(
            ZONE + "site:\n  ecoute: 127.0.0.1:80800\n", 3, 11, "127.0.0.1:8080", id="listening-port-too-great"
        ),
        pytest.param(ZONE + "site: {websub: peut-être}\n", 2, 16, "oui ou non", id="websub"),
        pytest.param(ZONE + "site: {ecoutes: non}\n", 2, 8, "dire `ecoute` ?", id="listening-misspelt"),
        pytest.param(ZONE + "courriel: {retours: retours}\n", 2, 21, "veille@", id="bounces-without-domain"),
        pytest.param(
            ZONE + "courriel:\n  retours: Retours <retours@agence.fr>\n", 3, 12, "sans nom ni chevrons",
            id="bounces-with-a-name",
        ),
        pytest.param(ZONE + "courriel: {retour: r@a.fr}\n", 2, 12, "dire `retours` ?", id="bounces-misspelt"),
        pytest.param(
            ZONE + "courriel: {dkim_selecteur: comtoise._domainkey.agence.fr}\n", 2, 28, "exemple comtoise",
            id="selector-with-its-domain",
        ),
        pytest.param(
            ZONE + "courriel: {dkim_selecteur: Clé 2026}\n", 2, 28, "exemple cle-2026", id="selector-in-words"
        ),
        pytest.param(
            ZONE + "courriel: {dkim_selecteur: [a]}\n", 2, 28, "sur la même ligne", id="selector-as-a-list"
        ),
        pytest.param(
            ZONE + "sources:\n  ajouter:\n    - {id: b, nom: B, genre: bodacc}\n",
            4, 7, "« departements: … »", id="register-without-departements",
        ),
        pytest.param(
            ZONE + "sources:\n  ajouter:\n    - {id: a, nom: A, adresse: 'https://a.fr', genre: fluxx}\n",
            4, 55, "dire `flux` ?", id="kind-misspelt",
        ),
        pytest.param(
            ZONE + "sources:\n  ajouter:\n    - {id: a, nom: A, adresse: 'https://a.fr', acces: abonné}\n",
            4, 55, "dire `abonnes` ?", id="access-misspelt",
        ),
        pytest.param(
            ZONE + "sources:\n  ajouter:\n    - {id: a, nom: A, adresse: 'ftp://a.fr/flux'}\n",
            4, 32, "https://www.exemple.fr/feed/", id="address-of-another-kind",
        ),
        pytest.param(ZONE + "administrateurs: jeanne\n", 2, 18, "1\u202f000\u202f000", id="admin-in-a-word"),
        pytest.param(ZONE + "reseaux_internes_autorises: [intranet]\n", 2, 30, "127.0.0.0/8", id="network"),
        pytest.param(ZONE + "ports_supplementaires: [99999]\n", 2, 25, "de 1 à 65535", id="port"),
        pytest.param(ZONE + "administrateurs: ['@jeanne']\n", 2, 19, "un nombre", id="admin-by-name"),
        pytest.param(ZONE + "politesse: {agent: Mozilla}\n", 2, 20, "ComtoiseBot/1.0 (+https://", id="agent"),
        pytest.param(
            ZONE + "politesse:\n  intervalle_min_minutes: 90\n  intervalle_max_heures: 1\n",
            3, 27, "au plus 60 minutes", id="bounds-crossed",
        ),
        # Names that lead nowhere
        pytest.param(
            "zone:\n  regions:\n    - Bourgogne-Franche-Conté\n",
            3, 7, "`Bourgogne-Franche-Comté`", id="region",
        ),
        pytest.param("zone: {departements: [Dou]}\n", 1, 23, "`Doubs`", id="departement-by-name"),
        pytest.param("zone: {departements: ['1']}\n", 1, 23, "`01`", id="departement-without-zero"),
        pytest.param(
            "zone:\n  departements: 25, 39, 7O\n",
            2, 25, "par exemple Doubs", id="departement-in-a-text",
        ),
        pytest.param(
            ZONE + "filieres:\n  plasturgi:\n    nom: P\n    mots_forts: [moule]\n",
            3, 3, "vouliez-vous dire `plasturgie` ?", id="sector-misspelt",
        ),
        pytest.param(
            ZONE + "entreprises:\n  ajouter:\n    - {nom: Exemple SA, filiere: plastugie}\n",
            4, 34, "vouliez-vous dire `plasturgie` ?", id="sector-of-a-company",
        ),
        pytest.param(
            ZONE + "poles:\n  ajouter:\n    - id: p\n      nom: P\n      filieres: [bois, plastugie]\n",
            6, 24, "`plasturgie`", id="sector-of-a-cluster",
        ),
        pytest.param(ZONE + "sources: {retirer: [macommun]}\n", 2, 21, "`macommune`", id="source-to-remove"),
        pytest.param(
            ZONE + "sources:\n  modifier:\n    macommun: {poids: 2}\n", 4, 5, "`macommune`", id="source-to-change"
        ),
        pytest.param(ZONE + "poles: {retirer: [pmtt]}\n", 2, 19, "`pmt`", id="cluster-to-remove"),
        pytest.param(
            ZONE + "entreprises: {retirer: [acroteck]}\n",
            2, 25, "`acrotec`", id="company-to-remove",
        ),
        pytest.param(
            ZONE + "sources:\n  ajouter:\n    - {id: macommune, nom: M, adresse: 'https://m.example/'}\n",
            4, 12, "sous « modifier »", id="id-already-taken",
        ),
        pytest.param(
            ZONE + "sources:\n  ajouter:\n    - {id: Mon journal, nom: M, adresse: 'https://m.example/'}\n",
            4, 12, "`mon-journal`", id="id-with-capitals",
        ),
        pytest.param(
            ZONE + "sources:\n  ajouter:\n    - id: m\n      nom: M\n      adresse: https://m.example/\n"
            "      reperes: {element: article}\n",
            7, 16, "genre: page", id="selectors-of-a-feed",
        ),
        # Words
        pytest.param(
            ZONE + "filieres:\n  bois:\n    nom: Bois\n    mots_forts: |\n      scierie, charpente,\n"
            "      parquet, (?:bois|forêt)\n",
            7, 16, "comme dans un article", id="regular-expression",
        ),
        pytest.param(
            ZONE + f"filieres:\n  bois:\n    nom: Bois\n    mots_forts:\n      - scierie\n      - {'bois ' * 30}\n",
            7, 9, "par des virgules", id="comma-forgotten",
        ),
        pytest.param(
            ZONE + "filieres:\n  bois:\n    nom: Bois\n    mots_forts: [scierie, '--']\n",
            5, 27, "ou effacez-le", id="not-a-word",
        ),
        pytest.param(
            ZONE + "filieres:\n  bois: {nom: Bois}\n",
            3, 3, "mots_forts: |", id="sector-without-words",
        ),
        # Secrets
        pytest.param(
            ZONE + "jeton: 123456789:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr\n", 2, 8, "TELEGRAM_BOT_TOKEN=…", id="token"
        ),
        pytest.param(
            ZONE + "# 123456789:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr\n", 2, 3, "@BotFather", id="token-in-a-comment"
        ),
        pytest.param(
            ZONE + "base_de_donnees: postgresql://u:secret@db/x\n", 2, 18, "DATABASE_URL=…", id="database-password"
        ),
        pytest.param(ZONE + "courriel: {mot_de_passe: azerty}\n", 2, 12, "fichier .env", id="password-key"),
    ],
)  # fmt: skip
def test_a_mistake_gives_its_place_and_its_remedy(
    text: str | bytes, line: int, column: int, remedy: str
) -> None:
    found = problems(text)
    assert any(p.line == line and p.column == column and remedy in p.remedy for p in found), list(
        map(str, found)
    )


def test_a_problem_reads_as_one_sentence() -> None:
    (problem,) = problems(ZONE + "envois:\n  quotidien:\n    heure: 7h75\n")
    assert str(problem) == (
        "config.yaml, ligne 4, colonne 12 : « 7h75 » n’est pas une heure "
        "→ écrivez une heure de 00:00 à 23:59, par exemple 07:30"
    )
    assert problem.text == "7h75"


def test_all_problems_are_told_at_once_in_the_order_of_the_lines() -> None:
    found = problems(
        "zone: {regions: [Grand Ouest]}\nzone: {}\nenvois: {quotidien: {heure: midi}}\nalerte: {}\njournal: &a info\n"
    )
    assert [p.line for p in found] == [1, 2, 3, 4, 5]


def test_a_refused_alias_is_told_once() -> None:
    assert len(problems(ZONE + "journal: *a\n")) == 1


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("courriel: {repondre_a: 'smtp://u:hunter2@host'}", id="password"),
        pytest.param("journal: 123456789:AAbbCChunter2EEffGGhhIIjjKKllMMnnOOppQQr", id="token"),
        pytest.param("courriel: {mot_de_passe: hunter2}", id="key"),
    ],
)
def test_a_secret_is_never_repeated(line: str) -> None:
    found = problems(f"{ZONE}{line}\n")
    assert found
    assert not any("hunter2" in str(p) or "hunter2" in p.text for p in found)


def test_english_is_not_needed() -> None:
    found = problems(ZONE + "sources:\n  ajouter: {a: b}\n  modifier: [x]\nadministrateurs:\n  - {a: b}\n")
    words = " ".join(map(str, found))
    assert "Input should" not in words
    assert len(found) == 3
