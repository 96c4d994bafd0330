"""What the gazetteer does not say: countries and business parks, appellations, first names, foreign places.

Words are written as people write them; the compiler folds them. Source: docs/decisions/0006-places.md.
"""

from typing import Final

#: Sub-regional countries, valleys and basins wholly or mainly in one département.
COUNTRIES: Final = {
    "Haut-Doubs": "25", "Pays horloger": "25", "Val de Morteau": "25", "Pays de Montbéliard": "25",
    "Val du Saugeais": "25", "Saugeais": "25", "vallée de la Loue": "25", "Vallée de la Loue": "25",
    "Haut-Jura": "39", "Val d'Amour": "39", "Petite Montagne": "39", "Grandvaux": "39",
    "Vallée de la Bienne": "39", "vallée de la Bienne": "39", "Pays lédonien": "39", "Pays dolois": "39",
    "Jura Nord": "39", "Région des lacs": "39", "Région des Lacs": "39", "Vosges saônoises": "70", "Plateau des Mille Étangs": "70", "Pays graylois": "70",
    "Val de Gray": "70", "Sud Territoire": "90", "Aéroparc de Fontaine": "90",
    "Haut-Bugey": "01", "Bugey": "01", "Plastics Vallée": "01", "Plastic Vallée": "01",
    "Plastics Valley": "01", "Plastic Valley": "01", "Pays de Gex": "01", "Dombes": "01",
    "Plaine de l'Ain": "01", "Côtière": "01", "Val de Saône bourguignon": "71",
    "Charolais": "71", "Brionnais": "71", "Charolais-Brionnais": "71", "Clunisois": "71",
    "Creusot-Montceau": "71", "Bresse bourguignonne": "71", "Auxois": "21", "Châtillonnais": "21",
    "Puisaye": "89", "Sénonais": "89", "Jovinien": "89", "Avallonnais": "89", "Bazois": "58",
    "Sundgau": "68", "Florival": "68", "Hardt": "68", "Kochersberg": "67", "Outre-Forêt": "67",
    "Alsace Bossue": "67", "Alsace bossue": "67", "Vallée de la Bruche": "67", "vallée de la Bruche": "67",
    "Vallée de la Fensch": "57", "vallée de la Fensch": "57", "Saulnois": "57", "Pays de Bitche": "57",
    "Warndt": "57", "Pays-Haut": "54", "Lunévillois": "54", "Toulois": "54", "Barrois": "55",
    "Bassigny": "52", "Bragard": "52", "Pays de Langres": "52", "Rethélois": "08", "Porcien": "08",
    "Nogentais": "10", "Côte des Bar": "10", "Perthois": "51", "Vallée de la Plaine": "88",
    "Vallée de l'Arve": "74", "vallée de l'Arve": "74",
}  # fmt: skip

#: Areas over several départements: they place an event in the region, not in one of these.
WIDE_AREAS: Final = (
    "Nord Franche-Comté", "nord Franche-Comté", "Nord-Franche-Comté", "Arc jurassien", "Morvan", "Argonne",
    "Grand Est", "Grand-Est", "Bourgogne-Franche-Comté", "Bourgogne Franche-Comté", "Franche-Comté",
    "Bourgogne", "Alsace", "Lorraine", "Champagne-Ardenne", "Champagne", "Auvergne-Rhône-Alpes",
    "Rhône-Alpes", "Auvergne", "Hauts-de-France", "Normandie", "Bretagne", "Île-de-France", "Occitanie",
    "Nouvelle-Aquitaine", "Pays de la Loire", "Centre-Val de Loire", "Provence-Alpes-Côte d'Azur",
    "Massif du Jura", "Massif des Vosges", "Jura souabe", "Chaîne du Jura",
    "Est Républicain", "L'Est Républicain", "Dernières Nouvelles d'Alsace", "Journal de Saône-et-Loire",
    "Le Progrès", "Voix du Jura", "Républicain lorrain", "Vosges Matin", "Presse bisontine",
    "Presse Bisontine", "Presse Pontissalienne", "Presse pontissalienne", "Journal du Palais",
    "Tour de France", "Banque de France", "France Travail", "France Bleu", "Made in Jura",
)  # fmt: skip

#: Regions: in a title they say that the event is the whole region's.
REGIONS: Final = frozenset(
    {
        "bourgogne franche comte", "franche comte", "bourgogne", "grand est", "alsace", "lorraine",
        "champagne ardenne", "nord franche comte", "auvergne rhone alpes",
    }
)  # fmt: skip

#: Business parks and districts known by their own name, and the INSEE code of their commune.
PARKS: Final = {
    "Temis": "25056", "Témis": "25056", "Temis Sciences": "25056", "Planoise": "25056", "Palente": "25056",
    "Technoland": "25237", "Numerica": "25388", "Techn'hom": "90010", "Techn'Hom": "90010",
    "Fort-Melgven": "25056", "Eurométropole": "67482",
}  # fmt: skip

#: Other names in daily use, and the official name they stand for.
PRESS_NAMES: Final = {
    "Hauts-de-Bienne": "Hauts de Bienne", "Bellegarde-sur-Valserine": "Valserhône",
    "Saint-Dié": "Saint-Dié-des-Vosges", "Châlons": "Châlons-en-Champagne",
    "Châlons-sur-Marne": "Châlons-en-Champagne", "Chalon": "Chalon-sur-Saône",
    "Chalons-sur-Saône": "Chalon-sur-Saône", "Lons": "Lons-le-Saunier", "Luxeuil": "Luxeuil-les-Bains",
    "Montceau": "Montceau-les-Mines", "Charleville": "Charleville-Mézières",
    "Bourg": "Bourg-en-Bresse", "Baume": "Baume-les-Dames", "Salins": "Salins-les-Bains",
    "L'Isle": "L'Isle-sur-le-Doubs", "Saint-Loup": "Saint-Loup-sur-Semouse",
    "Clairvaux": "Clairvaux-les-Lacs", "Pont-de-Roide": "Pont-de-Roide-Vermondans",
    "Moirans": "Moirans-en-Montagne", "Nuits": "Nuits-Saint-Georges", "Romilly": "Romilly-sur-Seine",
    "Vitry": "Vitry-le-François", "Bogny": "Bogny-sur-Meuse", "Sainte-Marie-aux-Mines": "Sainte-Marie-aux-Mines",
    "Ferney": "Ferney-Voltaire", "Ambérieu": "Ambérieu-en-Bugey", "Pont-d'Ain": "Pont-d'Ain",
    "Strassburg": "Strasbourg", "Mülhausen": "Mulhouse", "Besancon": "Besançon",
}  # fmt: skip

#: First words of compound names that say nothing alone.
COMMON_HEADS: Final = frozenset(
    "saint sainte grand grande petit petite haute hauts haut basse beau belle villers villiers ville pont mont mont "
    "roche fontaine chaux champ champs port fort bourg bois vaux neuve neuf vieux vieille notre dame chateau "
    "chapelle eglise moulin abbaye marche plaine vallee rives monts portes coteaux terres entre trois quatre deux "
    "saints pays cour cours croix pierre maison maisons molay".split()
)

#: Things named after a place, which say nothing of where: cheeses, wines, sausages, animals, clocks.
APPELLATIONS: Final = (
    "saucisse de", "saucisses de", "bleu de", "bleu du haut", "anis de", "cancoillotte de", "jambon de",
    "poulet de", "volaille de", "volailles de", "moutarde de", "vin de", "vins de", "vin du", "vins du",
    "cremant de", "cremant du", "cotes du", "lentilles de", "kirsch de", "foire de", "cristal de",
    "cristaux de", "lion de", "bataille de", "traite de", "traites de", "siege de 1870", "biere de",
    "escargot de", "escargots de", "parc du", "massif du", "massif des", "parlement de",
    "accord de", "accords de", "sommet de", "paix de", "plaque d'immatriculation",
)  # fmt: skip

#: First words of names of clubs and teams.
CLUBS: Final = frozenset(
    "fc as us usc rc rcs ca cs asnl fcsm esbf esbm jda so sco sc losc asse tfc aj dfco club racing stade union "
    "entente elan football rugby handball basket volley gbdh bvbm jl sluc eurovolley hockey".split()
)

#: Given names before a surname that is also a commune (« Thierry Giroux », « Damien Delle »).
FIRST_NAMES: Final = frozenset(
    "adele adrien agathe agnes aicha alain albert alex alexandra alexandre alexis alice aline alix amandine amelie "
    "amelie anais andre andrea andree angela angelique anissa anna anne annick annie anthony antoine antoinette "
    "arlette armand arnaud arthur astrid aude audrey auguste aurelie aurelien aurore axel axelle baptiste barbara "
    "bastien beatrice benedicte benjamin benoit bernadette bernard bertrand blandine brigitte bruno camille carine "
    "carole caroline catherine cecile cedric celia celine chantal charles charlotte chloe christelle christian "
    "christiane christine christophe claire clara claude claudette claudie claudine clemence clement colette "
    "constance corentin corinne cyril cyrille damien daniel daniele danielle david deborah delphine denis denise "
    "didier dominique dorothee edith edouard eleonore eliane elisabeth elise elodie emeline emile emilie emma "
    "emmanuel emmanuelle enzo eric erwan estelle esther etienne eugene eva evelyne fabien fabienne fabrice fanny "
    "fatima faustine felix fernand flavie florence florent florian franck francis francois francoise frank fred "
    "frederic frederique gabriel gabrielle gael gaelle gaetan gaston genevieve georges gerald geraldine gerard "
    "germain ghislain ghislaine gilbert gilles gisele gregoire gregory guillaume gustave guy gwenaelle hamid hans "
    "helene henri herve hubert hugo hugues ian ibrahim ines irene isabelle ivan jackie jacky jacob jacqueline "
    "jacques james jamel jason jean jeanne jeremie jeremy jerome jessica joel joelle john johann jonathan jordan "
    "jose joseph josette josiane josephine joshua judith jules julia julie julien juliette justine karim karine "
    "karl kevin khalid korbinian laetitia laura laure laurence laurent laurie lea leila leo leon leonard leonie "
    "lilian lionel lisa loic lola louis louise luc lucas lucie lucien lucienne ludivine ludovic lydie maeva "
    "magali magalie malik manon manuel marc marcel marcelle margaux marguerite maria marianne marie marine marion "
    "marius marlene martial martin martine maryline maryse mathias mathieu mathilde matteo matthieu maud maurice "
    "max maxence maxime megane mehdi melanie melissa michael michel michele micheline mickael mireille mohamed "
    "monique morgan morgane muriel myriam nadege nadia nadine natacha nathalie nathan nicolas nicole noel noemie "
    "nora norbert odette odile olga olivia olivier ophelie oscar pablo pascal pascale patrice patricia patrick "
    "paul paulette pauline philippe pierre pierrette quentin rachel rachid raoul raphael raymond raymonde regine "
    "regis remi remy renaud rene renee richard robert robin rodolphe roger roland rolland romain romane rose "
    "roselyne roxane sabine sabrina said salim sally samia samir samuel sandra sandrine sara sarah sebastien "
    "serge severine simon simone sofia sonia sophie stefan stephane stephanie steve steven suzanne sylvain "
    "sylvette sylvia sylvie tanguy thibaud thibault thibaut thierry thomas tiffany timothee tom tristan valentin "
    "valentine valerie vanessa veronique victor victoria vincent violaine virginie viviane walter wilfried "
    "william xavier yann yannick yasmine yolande youssef yves yvette yvon yvonne zoe".split()
)

#: Départements whose name is an ordinary word, a point of the compass, a river or a mountain range: counted
#: in full only with a preposition of place, in brackets or at the head of a line.
VAGUE_DEPARTEMENTS: Final = frozenset(
    {
        "2",
        "18",
        "19",
        "30",
        "36",
        "42",
        "50",
        "59",
        "60",
        "61",
        "80",
        "83",
        "11",
        "23",
        "40",
        "43",
        "46",
        "72",
    }
)
