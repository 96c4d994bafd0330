"""News of each filière, written for these tests: firms and people are invented, towns and trades are real.

Each row is a title, a text, and the sectors a reader of that filière would expect. None of the firms is known: the
ordinary words of the trade must be enough.
"""

import unicodedata
from collections.abc import Callable

import pytest

NEWS: dict[str, tuple[str, str, set[str]]] = {
    # --- microtechniques
    "turning-shop-invests": (
        "Bonnétage : Vernerey s'offre six tours à commande numérique",
        "Le sous-traitant du Haut-Doubs, trente-deux salariés, consacre 2,4 millions d'euros à son "
        "parc machines. Il usine "
        "des axes et des vis de moins d'un millimètre, à quelques microns près, pour des implants et "
        "des connecteurs.",
        {"microtechniques", "metallurgie-mecanique"},
    ),
    "surface-treatment-plant": (
        "Thise : un nouveau bain d'or chez Doraligne",
        "Spécialiste du traitement de surface, l'entreprise bisontine double sa capacité de "
        "galvanoplastie et embauche huit opérateurs.",
        {"microtechniques"},
    ),
    "mems-startup": (
        "Besançon : Nanopulse lève trois millions pour ses microsystèmes",
        "Née à Femto-ST, la jeune pousse conçoit des capteurs MEMS pour l'industrie. Elle installera "
        "sa salle de production à Temis.",
        {"microtechniques"},
    ),
    "trade-fair-precision": (
        "Micronora fait le plein d'exposants",
        "Huit cents entreprises sont attendues à Besançon en septembre. Le salon veut montrer aux "
        "donneurs d'ordre ce que savent "
        "faire les ateliers de la région en découpage fin et en micro-injection.",
        {"microtechniques"},
    ),
    "optics-photonics": (
        "La photonique bisontine cherche des bras",
        "Lumitech, quarante personnes, peine à recruter des opticiens et des techniciens. La PME "
        "fabrique des lasers de mesure.",
        {"microtechniques"},
    ),
    # --- horlogerie, luxe
    "watch-case-maker": (
        "Villers-le-Lac : Feuvrier réduit l'horaire de ses polisseurs",
        "Le fabricant de boîtes de montre subit le recul des exportations suisses. Soixante des cent "
        "dix salariés passent en activité partielle.",
        {"horlogerie-luxe"},
    ),
    "leather-goods-hiring": (
        "Valdahon : une école de maroquinerie pour former 80 personnes",
        "Le groupe Lanvaux, qui coud des sacs pour de grandes maisons, ouvre un centre de formation "
        "au cœur de son atelier.",
        {"horlogerie-luxe"},
    ),
    "eyewear-maker-takeover": (
        "Morez : Opticlair reprise par deux cadres",
        "Spécialisée dans les montures en titane, la lunetterie du Haut-Jura emploie 54 personnes. "
        "Les repreneurs misent sur l'export.",
        {"horlogerie-luxe"},
    ),
    "crystal-maker-strike": (
        "Grève à la cristallerie de Valgrand",
        "Les verriers ont cessé le travail lundi. Ils réclament des embauches, faute de quoi un four "
        "sur trois restera éteint.",
        {"horlogerie-luxe"},
    ),
    "pipe-maker": (
        "Saint-Claude : le dernier maître pipier transmet son atelier",
        "Roger Lacroix fabriquait 12 000 pipes par an. Un couple de trentenaires rachète l'affaire et "
        "compte vendre en ligne jusqu'au Japon.",
        {"horlogerie-luxe"},
    ),
    "watchmakers-english": (
        "Neuchâtel watchmaker cuts a fifth of its workforce",
        "Facing weak orders from Asia, the firm will lay off 45 people at its Le Locle factory, "
        "unions said on Tuesday.",
        {"horlogerie-luxe"},
    ),
    # --- plasturgie
    "injection-press": (
        "Arbent : Plastival investit dans quatre presses à injecter",
        "Le plasturgiste, fournisseur de bouchons pour la cosmétique, dépense cinq millions d'euros "
        "et recrute douze régleurs.",
        {"plasturgie"},
    ),
    "toy-factory-closing": (
        "Moirans : l'usine de jouets Petitbois-Plast fermera en juin",
        "Trente-huit postes disparaissent. La direction invoque la concurrence asiatique et le prix "
        "de la matière.",
        {"plasturgie"},
    ),
    "recycler-granules": (
        "Dole : une usine de recyclage du plastique sort de terre",
        "Le groupe Revalp y traitera 20 000 tonnes d'emballages par an pour en faire des granulés. "
        "Trente emplois sont prévus.",
        {"plasturgie"},
    ),
    "rubber-company": (
        "Un fonds allemand rachète Caoutchoucs du Jura",
        "L'entreprise moule des joints et des tuyaux pour l'industrie. Elle réalise 18 millions "
        "d'euros de chiffre d'affaires.",
        {"plasturgie"},
    ),
    "german-plastics": (
        "Kunststoffverarbeiter Rheinplast baut Werk im Elsass",
        "Das Unternehmen investiert 15 Millionen Euro in Spritzgießmaschinen und schafft 60 "
        "Arbeitsplätze in Haguenau.",
        {"plasturgie"},
    ),
    # --- santé
    "medical-device-maker": (
        "Orthéo vise le marché américain",
        "La PME dijonnaise vient d'obtenir l'autorisation de vendre ses prothèses de genou "
        "outre-Atlantique. Elle emploie 90 personnes.",
        {"sante"},
    ),
    "vaccine-plant": (
        "Illkirch : 45 millions pour une ligne de flacons de vaccin",
        "Le laboratoire Viranova agrandit son usine et annonce soixante recrutements d'ici deux ans.",
        {"sante"},
    ),
    "biotech-funding": (
        "Dijon : la biotech Carcilys lève 12 millions d'euros",
        "L'argent financera un essai clinique de phase 2 contre le cancer du pancréas.",
        {"sante"},
    ),
    "generic-drug-plant-sale": (
        "Quetigny : un façonnier pharmaceutique placé en redressement",
        "Le tribunal a donné six mois à Galénia pour trouver un acheteur. Cent vingt salariés "
        "produisent des gélules pour des tiers.",
        {"sante"},
    ),
    "hearing-aids": (
        "Audital ouvre un site de production d'aides auditives à Besançon",
        "Vingt techniciens y assembleront des appareils jusque-là montés au Danemark.",
        {"sante"},
    ),
    # --- aéronautique, défense
    "aero-supplier": (
        "Vesoul : un contrat de dix ans avec un avionneur",
        "Aérofix livrera des fixations en titane. La PME agrandit son usine et recrute trente ajusteurs.",
        {"aeronautique-defense"},
    ),
    "drone-maker": (
        "Strasbourg : Skybear fabriquera ses drones de surveillance en Alsace",
        "La start-up lève huit millions et prévoit une ligne d'assemblage de 2 000 m2. L'armée est "
        "son premier client.",
        {"aeronautique-defense"},
    ),
    "ammunition": (
        "Munitions : l'usine de Valbrun double ses équipes",
        "Le carnet de commandes est plein pour trois ans. L'industriel de l'armement embauche 70 opérateurs.",
        {"aeronautique-defense"},
    ),
    "satellite-parts": (
        "Des miroirs comtois dans les satellites",
        "Précispace, dix-huit salariés, fournit l'industrie spatiale depuis un atelier de Chalezeule.",
        {"aeronautique-defense"},
    ),
    # --- véhicules
    "car-parts-layoffs": (
        "Étupes : l'équipementier Carmeca supprime 112 postes",
        "La baisse des cadences chez son client pèse sur le fabricant de sièges automobiles. Les "
        "syndicats dénoncent un abandon.",
        {"vehicules-mobilite"},
    ),
    "train-workshop": (
        "Reichshoffen : les ateliers ferroviaires décrochent 40 rames",
        "La commande, 320 millions d'euros, assure deux ans de charge aux 700 salariés de l'usine.",
        {"vehicules-mobilite"},
    ),
    "bike-factory": (
        "Une usine de vélos électriques à Lure",
        "Cyclovia assemblera 30 000 cycles par an et promet 50 emplois. La région apporte 600 000 euros.",
        {"vehicules-mobilite"},
    ),
    "trailers": (
        "Remorques : Fautrin ferme son site de Langres",
        "Le carrossier-constructeur regroupe sa production en Pologne ; 64 salariés sont concernés.",
        {"vehicules-mobilite"},
    ),
    "gearbox-plant": (
        "Metz : l'usine de boîtes de vitesses en chômage partiel",
        "Faute de commandes, la production sera arrêtée dix jours en mars, annonce la direction aux 1 "
        "100 salariés.",
        {"vehicules-mobilite"},
    ),
    "tractors": (
        "Haute-Saône : le constructeur de tracteurs Agrimont change de mains",
        "Un groupe italien prend 70 % du capital. L'usine emploie 130 personnes.",
        {"vehicules-mobilite"},
    ),
    # --- agroalimentaire
    "dairy-investment": (
        "Poligny : la coopérative laitière modernise sa fromagerie",
        "Neuf millions d'euros pour de nouvelles caves d'affinage. Les 60 fermes associées livrent 25 "
        "millions de litres de lait.",
        {"agroalimentaire"},
    ),
    "biscuit-factory": (
        "Vesoul : les biscuits Maison Perrault recrutent",
        "La biscuiterie crée une troisième équipe et cherche vingt conducteurs de ligne.",
        {"agroalimentaire"},
    ),
    "slaughterhouse": (
        "L'abattoir de Lons menacé de fermeture",
        "Les éleveurs cherchent 1,5 million d'euros pour mettre aux normes l'outil, qui emploie 22 "
        "personnes.",
        {"agroalimentaire"},
    ),
    "beer": (
        "Une brasserie industrielle quitte Schiltigheim",
        "Le groupe brassicole transférera la production en 2027 et supprimera 220 emplois.",
        {"agroalimentaire"},
    ),
    "mustard": (
        "Beaune : la moutarderie mise sur les graines locales",
        "Trois cents producteurs sous contrat alimentent désormais l'usine, qui exporte la moitié de "
        "ses pots.",
        {"agroalimentaire"},
    ),
    "comte-prices": (
        "Le comté freine sa production pour tenir ses prix",
        "L'interprofession réduit de 4 % les volumes de la campagne. Les fruitières redoutent un "
        "hiver difficile.",
        {"agroalimentaire"},
    ),
    # --- énergie
    "nuclear-forge": (
        "Chalon : le nucléaire recrute 250 soudeurs",
        "Les fabricants de générateurs de vapeur s'associent pour ouvrir une école. La filière vise "
        "les futurs réacteurs EPR2.",
        {"energie"},
    ),
    "hydrogen-station": (
        "Belfort : H2Nord arrête la production d'électrolyseurs",
        "La société, placée en liquidation, n'a pas trouvé de client. Soixante emplois disparaissent.",
        {"energie"},
    ),
    "solar-factory": (
        "Sarreguemines : feu vert pour l'usine de panneaux solaires",
        "L'enquête publique est close. Le projet de 700 millions d'euros prévoit 1 900 emplois.",
        {"energie"},
    ),
    "heat-pumps": (
        "Pompes à chaleur : l'usine alsacienne en sureffectif",
        "Le marché a reculé de 40 %. Le fabricant propose 150 départs volontaires à Mertzwiller.",
        {"energie"},
    ),
    "wind-masts": (
        "Le Creusot : des mâts d'éoliennes à la chaîne",
        "L'entreprise Ventacier double sa surface et recrute quarante chaudronniers.",
        {"energie"},
    ),
    # --- bois
    "sawmill-fire": (
        "Vosges : la scierie Mangeot redémarre après l'incendie",
        "Un an après le sinistre, la famille a investi 14 millions d'euros dans une ligne de sciage "
        "neuve. Les 60 salariés reprennent.",
        {"bois"},
    ),
    "furniture-liquidation": (
        "Saint-Loup : le fabricant de meubles Combeau en liquidation",
        "Le tribunal de commerce de Vesoul a prononcé l'arrêt de l'activité. Deux cents personnes "
        "perdent leur emploi.",
        {"bois"},
    ),
    "paper-mill": (
        "Golbey : la papeterie passe au carton",
        "Une machine de 250 millions d'euros produira 550 000 tonnes par an à partir de papier recyclé.",
        {"bois"},
    ),
    "cooperage": (
        "Beaune : les tonneliers inquiets des droits de douane",
        "La tonnellerie bourguignonne vend quatre fûts sur dix aux États-Unis. Les carnets de "
        "commandes se vident.",
        {"bois"},
    ),
    "timber-houses": (
        "Maisons à ossature bois : Charpentes du Lac ouvre un atelier",
        "Trente emplois à Champagnole, et une capacité de cent logements par an.",
        {"bois"},
    ),
    # --- numérique
    "software-editor": (
        "L'éditeur de logiciels Octalis recrute cinquante développeurs à Nancy",
        "Ses outils de gestion équipent 4 000 PME. La société double de taille et change de locaux.",
        {"numerique"},
    ),
    "cyber": (
        "Cybersécurité : Forteris lève 6 millions",
        "La start-up strasbourgeoise protège les machines des industriels contre les intrusions.",
        {"numerique"},
    ),
    "electronics-subcontractor": (
        "Héricourt : Élecsud rachetée par un groupe breton",
        "Le sous-traitant en électronique assemble des cartes électroniques pour le ferroviaire et le "
        "médical. Il emploie 85 personnes.",
        {"numerique"},
    ),
    "robots": (
        "Moirans : des robots pour les petits ateliers",
        "Robolys, intégrateur de cobots, ouvre un centre d'essai où les PME pourront tester la "
        "robotisation de leurs lignes.",
        {"numerique"},
    ),
    # --- métallurgie
    "foundry-recovery": (
        "Saint-Claude : deux offres pour la fonderie Bouchardy",
        "Les 190 salariés attendent la décision du tribunal. La fonderie d'aluminium a perdu son "
        "principal client.",
        {"metallurgie-mecanique"},
    ),
    "boilermakers": (
        "La chaudronnerie manque de bras en Saône-et-Loire",
        "L'UIMM compte 400 postes non pourvus de soudeurs et de tuyauteurs.",
        {"metallurgie-mecanique"},
    ),
    "special-machines": (
        "Colmar : Mecaprod livrera des machines spéciales au Brésil",
        "Le contrat de 11 millions d'euros occupera les 70 salariés pendant deux ans.",
        {"metallurgie-mecanique"},
    ),
    "steel-plant": (
        "Hagondange : l'aciérie Valfer cherche un repreneur",
        "Le groupe sidérurgique est en redressement judiciaire. Quatre cents emplois sont en jeu en Moselle.",
        {"metallurgie-mecanique"},
    ),
    "cutlery-tools": (
        "Nogent : la coutellerie Guyot fête ses 150 ans en embauchant",
        "Dix personnes rejoindront l'atelier de forge cette année.",
        {"metallurgie-mecanique"},
    ),
    # --- textile
    "weaving-mill": (
        "Gérardmer : le tissage Collin relance ses métiers",
        "Un hôtelier a commandé 40 000 draps fabriqués sur place. L'entreprise réembauche quinze personnes.",
        {"textile"},
    ),
    "socks": (
        "Troyes : les chaussettes Bonnal en redressement judiciaire",
        "La bonneterie, 78 salariés, souffre de la baisse des commandes de la grande distribution.",
        {"textile"},
    ),
    "technical-textile": (
        "Des textiles techniques pour les pompiers",
        "Filtex, à Thann, investit trois millions d'euros dans une ligne d'ennoblissement.",
        {"textile"},
    ),
    # --- chimie, matériaux
    "chemical-platform": (
        "Tavaux : la plateforme chimique réduit la voilure",
        "Le prix de l'électricité conduit le groupe à arrêter une unité de chlore et à supprimer 90 postes.",
        {"chimie-materiaux"},
    ),
    "glassworks": (
        "Chalon : la verrerie rallume son four",
        "Après trois mois de maintenance et 30 millions d'euros de travaux, la production de "
        "bouteilles en verre a repris.",
        {"chimie-materiaux"},
    ),
    "tiles": (
        "Jura : la tuilerie Bressane mise sur le solaire",
        "L'industriel couvrira ses hangars de panneaux pour chauffer ses fours. L'usine produit 90 "
        "000 tonnes de tuiles.",
        {"chimie-materiaux"},
    ),
    "cement": (
        "La cimenterie de Xeuilley veut capter son carbone",
        "Un investissement de 200 millions d'euros est à l'étude, soumis à une aide européenne.",
        {"chimie-materiaux"},
    ),
}


@pytest.mark.parametrize(("title", "text", "wanted"), NEWS.values(), ids=NEWS)
def test_news_of_an_unknown_firm_gets_its_sector(
    title: str, text: str, wanted: set[str], sectors_of: Callable[..., set[str]]
) -> None:
    assert sectors_of(title, text) == wanted


@pytest.mark.parametrize(("title", "text", "wanted"), NEWS.values(), ids=NEWS)
@pytest.mark.parametrize(
    "change",
    [
        pytest.param(
            lambda text: text.replace("é", "e").replace("è", "e").replace("ê", "e"), id="no-accents"
        ),
        pytest.param(lambda text: text.replace("'", "’"), id="curly-apostrophes"),
        pytest.param(lambda text: text.replace(" ", "  "), id="double-spaces"),
        pytest.param(lambda text: text.replace(" ", "\u00a0"), id="no-break-spaces"),
        pytest.param(lambda text: text.replace("-", "\u2011"), id="no-break-hyphens"),
        pytest.param(lambda text: text.replace("œ", "oe").replace("Œ", "Oe"), id="split-ligatures"),
        pytest.param(lambda text: unicodedata.normalize("NFD", text), id="combining-accents"),
    ],
)
def test_spelling_details_never_change_the_sectors(
    title: str,
    text: str,
    wanted: set[str],
    change: Callable[[str], str],
    sectors_of: Callable[..., set[str]],
) -> None:
    assert sectors_of(change(title), change(text)) == wanted
