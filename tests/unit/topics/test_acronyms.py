"""Acronyms: the capitals are the word, and an ambiguous one needs its companion words."""

from collections.abc import Callable

import pytest

from comtoise.model import TopicKind, Understanding

FIRM = "L'usine emploie 120 salariés et investit deux millions d'euros."

SECTORS: dict[str, tuple[str, str, bool]] = {
    "mems-capitals": ("Des MEMS pour l'industrie", "microtechniques", True),
    "mems-lower-case": ("Les mems qui font rire la toile", "microtechniques", False),
    "pvc-capitals": ("Un fabricant de tubes en PVC s'agrandit", "plasturgie", True),
    "pvc-lower-case": ("Le groupe pvc en concert", "plasturgie", False),
    "pet-capitals": ("Bouteilles en PET : une ligne neuve", "plasturgie", True),
    "pet-lower-case": ("Un pet de travers et tout s'arrête", "plasturgie", False),
    "pmma-capitals": ("Des plaques de PMMA coulées à façon", "plasturgie", True),
    "pmma-lower-case": ("Le sigle pmma ne dit rien", "plasturgie", False),
    "peek-capitals": ("Le PEEK remplace le métal", "plasturgie", True),
    "peek-lower-case": ("Un peek derrière le rideau", "plasturgie", False),
    "mro-capitals": ("Un centre MRO à l'aéroport", "aeronautique-defense", True),
    "mro-lower-case": ("Le mot mro du jour", "aeronautique-defense", False),
    "dga-capitals": ("La DGA commande des capteurs", "aeronautique-defense", True),
    "dga-lower-case": ("Un dga adjoint au maire", "aeronautique-defense", False),
    "bitd-capitals": ("La BITD se réarme", "aeronautique-defense", True),
    "bitd-lower-case": ("Un code bitd sur la facture", "aeronautique-defense", False),
    "rafale-the-plane": ("Des pièces pour le Rafale", "aeronautique-defense", True),
    "rafales-of-wind": ("Des rafales sur les crêtes", "aeronautique-defense", False),
    "gust-singular": ("Une rafale emporte le chapiteau", "aeronautique-defense", False),
    "leap-capitals": ("Une aube du moteur LEAP", "aeronautique-defense", True),
    "leap-lower-case": ("Un leap de géant pour la chorale", "aeronautique-defense", False),
    "epr2-capitals": ("Une cuve pour l'EPR2", "energie", True),
    "epr2-lower-case": ("La salle epr2 du collège", "energie", False),
    "mdf-capitals": ("Une ligne de panneaux MDF", "bois", True),
    "mdf-lower-case": ("La troupe mdf en tournée", "bois", False),
    "esn-capitals": ("Une ESN recrute à Dijon", "numerique", True),
    "esn-lower-case": ("Le code esn du dossier", "numerique", False),
    "saas-capitals": ("Un outil SaaS pour les ateliers", "numerique", True),
    "saas-place": ("Les remontées de saas ferment", "numerique", False),
    "iot-capitals": ("Une box IoT pour les usines", "numerique", True),
    "iot-lower-case": ("Un iot de plus au loto", "numerique", False),
}

CLUSTERS: dict[str, tuple[str, str, bool]] = {
    "pmt-with-microtechniques": ("Le PMT accompagne les microtechniques", "pmt", True),
    "pmt-hospital-floor": ("Le PMT de l'hôpital compte dix blocs", "pmt", False),
    "pmt-lower-case": ("Un pmt dans les microtechniques", "pmt", False),
    "tes-with-its-region": ("Le pôle TES, en Normandie, soutient le numérique", "tes", True),
    "tes-possessive": ("Range tes affaires avant la visite du pôle", "tes", False),
    "tes-alone": ("TES a gagné le tournoi", "tes", False),
    "pvf-with-the-cluster": ("Le pôle PVF labellise onze projets", "vehicule-du-futur", True),
    "pvf-alone": ("PVF signe une défaite", "vehicule-du-futur", False),
    "safe-with-security": ("SAFE, cluster de la sécurité, s'installe", "safe", True),
    "safe-english": ("Stay safe, dit l'affiche du cluster", "safe", False),
    "fh-with-watch-exports": ("Selon la FH, les exportations horlogères reculent", "fh", True),
    "fh-without-watches": ("La FH organise un bal", "fh", False),
    "fh-with-horlogere": ("La FH, faîtière horlogère, publie ses chiffres", "fh", True),
    "aer-with-region": ("L'AER, agence de la Bourgogne, prospecte", "aer-bfc", True),
    "aer-alone": ("AER, le nouveau parfum", "aer-bfc", False),
    "ipc-with-plastics": ("L'IPC, centre technique de Bellignat, forme", "ipc", True),
    "ipc-price-index": ("L'IPC progresse de 2 % en mars", "ipc", False),
    "cep-with-bernese-jura": ("La CEP du Jura bernois sonde les patrons", "cep-jura-bernois", True),
    "cep-vine": ("Un cep de vigne centenaire", "cep-jura-bernois", False),
    "asd-with-defence": ("Le programme ASD du PMT vise la défense", "aeromutech", True),
    "asd-alone": ("ASD perd à domicile", "aeromutech", False),
    "dream-with-water": ("Dream, pôle de l'eau, fusionne", "aquanova", True),
    "dream-band": ("Dream remplit la salle", "aquanova", False),
    "nsl-with-health": ("Le pôle NSL de Lille parle santé", "nsl", True),
    "nsl-alone": ("NSL en tête du classement", "nsl", False),
}


@pytest.mark.parametrize(("title", "sector", "wanted"), SECTORS.values(), ids=SECTORS)
def test_an_acronym_of_a_sector_is_its_capitals(
    title: str, sector: str, wanted: bool, sectors_of: Callable[..., set[str]]
) -> None:
    assert (sector in sectors_of(title, FIRM)) is wanted


@pytest.mark.parametrize(("title", "cluster", "wanted"), CLUSTERS.values(), ids=CLUSTERS)
def test_an_acronym_of_a_cluster_needs_its_companions(
    title: str, cluster: str, wanted: bool, read: Callable[..., Understanding]
) -> None:
    given = {match.topic for match in read(title).of(TopicKind.CLUSTER)}
    assert (cluster in given) is wanted


def test_an_acronym_may_be_written_with_dots(read: Callable[..., Understanding]) -> None:
    found = read("Le P.M.T. aide les entreprises des microtechniques de Besançon").of(TopicKind.CLUSTER)
    assert [match.topic for match in found] == ["pmt"]
