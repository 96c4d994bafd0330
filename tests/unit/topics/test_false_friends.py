"""Words that mean an industry elsewhere: other news of the same towns must get no sector at all."""

from collections.abc import Callable

import pytest

TRAPS: dict[str, tuple[str, str]] = {
    # --- montre, lunettes, luxe, bijoux
    "shows-that": (
        "Un sondage montre que les Comtois restent optimistes",
        "L'étude montre une confiance en hausse chez les jeunes.",
    ),
    "against-the-clock": (
        "Contre-la-montre : le peloton à Pontarlier",
        "Le coureur a signé le meilleur temps, course contre la montre oblige.",
    ),
    "stolen-watches": (
        "Besançon : un cambrioleur arrêté avec des montres",
        "Le butin, des bijoux volés et deux montres, a été rendu. Il sera jugé au tribunal correctionnel.",
    ),
    "jewel-heist": (
        "Braquage d'une bijouterie à Dole",
        "Deux hommes cagoulés ont fui avec des bagues. La police recherche les malfaiteurs.",
    ),
    "sunglasses-forgotten": (
        "Randonnée : pensez aux lunettes et à la crème",
        "Le soleil de mars trompe les promeneurs, rappellent les secouristes.",
    ),
    "museum-of-time": (
        "Le musée du Temps rouvre ses salles",
        "L'exposition présente des cadrans solaires et une horloge comtoise du dix-huitième siècle. "
        "Entrée libre dimanche.",
    ),
    "astronomical-clock": (
        "L'horloge astronomique retrouve ses automates",
        "Les visiteurs de la cathédrale pourront de nouveau admirer le mécanisme, lors de visites guidées.",
    ),
    "luxury-hotel": (
        "Un hôtel de luxe va ouvrir au bord du lac",
        "Trente chambres, un spa et une table étoilée attendent les touristes cet été.",
    ),
    "optician-shop": (
        "Une opticienne s'installe rue de la République",
        "La boutique propose des lunettes de créateurs aux habitants du quartier.",
    ),
    "pendulums-hour": (
        "Changement d'heure : on retarde les montres dimanche",
        "À trois heures il sera deux heures. Les Français gagnent une heure de sommeil.",
    ),
    # --- optique, précision, micro
    "in-this-view": (
        "Budget : la ville veut économiser",
        "Dans cette optique, le conseil municipal supprime deux fêtes. Le maire défend un choix de bon sens.",
    ),
    "micro-business": (
        "Micro-entrepreneurs : ce qui change en janvier",
        "Le plafond des cotisations est relevé, précise l'administration.",
    ),
    "street-interviews": (
        "Micro-trottoir : que pensez-vous du tram ?",
        "Nos lecteurs répondent au micro de la radio locale.",
    ),
    "micro-nursery": (
        "Une micro-crèche ouvre à Saône",
        "Dix berceaux seront proposés aux familles dès la rentrée.",
    ),
    "film-shoot": (
        "Tournage d'un film dans les rues d'Arbois",
        "La circulation sera coupée. Les figurants sont attendus lundi sur le lieu de tournage.",
    ),
    "laser-game": (
        "Un laser game dans l'ancienne gare",
        "Les adolescents pourront y jouer le mercredi.",
    ),
    "home-fibre": (
        "La fibre optique arrive à Maîche",
        "Mille foyers seront raccordés à la fibre avant l'été, promet le département.",
    ),
    # --- plastique, moules, injection
    "visual-artists": (
        "Arts plastiques : les élèves exposent à la médiathèque",
        "Une plasticienne a animé l'atelier pendant trois mois.",
    ),
    "plastic-surgery": (
        "Chirurgie plastique : une patiente porte plainte",
        "Le chirurgien plasticien exerçait sans assurance. L'Ordre des médecins est saisi.",
    ),
    "plastic-river": (
        "Le Doubs débarrassé de ses plastiques",
        "Cinquante bénévoles ont ramassé des bouteilles et des sacs plastiques sur les berges.",
    ),
    "mussels-and-chips": (
        "Moules frites géantes sur la place du village",
        "Le comité des fêtes attend 400 convives samedi. Buvette et bal.",
    ),
    "capital-injection": (
        "Le club de rugby sauvé par une injection de capitaux",
        "Les supporters respirent : le championnat reprendra en août.",
    ),
    "vaccine-injection": (
        "Grippe : la campagne d'injection commence",
        "Les pharmacies et les infirmières vaccinent les plus de 65 ans.",
    ),
    "broken-mould": (
        "Il a cassé le moule : hommage à un instituteur",
        "Sa classe ne ressemblait à aucune autre. Ses anciens élèves racontent.",
    ),
    "cannabis-resin": (
        "Six kilos de résine de cannabis saisis à Montbéliard",
        "Deux hommes sont en garde à vue, indique le procureur.",
    ),
    "rubber-bullets": (
        "Manifestation : un jeune blessé par une balle en caoutchouc",
        "L'inspection de la police est saisie.",
    ),
    # --- santé
    "financial-health": (
        "La santé financière de la commune s'améliore",
        "Les impôts n'augmenteront pas, assure le maire devant le conseil municipal.",
    ),
    "health-centre": (
        "Une maison de santé de plus à Gray",
        "Quatre médecins généralistes et deux infirmières y recevront leurs patients.",
    ),
    "medical-desert": (
        "Désert médical : le dernier généraliste s'en va",
        "Les habitants devront faire trente kilomètres pour une consultation.",
    ),
    "hospital-strike": (
        "Urgences : les soignants de l'hôpital en grève",
        "Ils demandent des lits et des infirmières.",
    ),
    "toast": (
        "À votre santé ! le banquet des anciens",
        "Cent vingt retraités ont trinqué avec le maire.",
    ),
    "blood-drive": (
        "Don du sang : appel aux donneurs",
        "La collecte a lieu vendredi à la salle des fêtes.",
    ),
    "cluster-covid": (
        "Un cluster covid dans une école de Vesoul",
        "Deux classes sont fermées, annonce l'Agence régionale de santé.",
    ),
    "duty-pharmacy": (
        "Pharmacie de garde : qui appeler ce dimanche ?",
        "Composez le numéro affiché en vitrine.",
    ),
    # --- défense, avions, rafales
    "gusts": (
        "Rafales à 110 km/h sur les crêtes",
        "Météo-France place le Doubs en vigilance orange. Des arbres sont tombés.",
    ),
    "football-defence": (
        "La défense de Sochaux prend l'eau",
        "Trois buts encaissés en une mi-temps : l'entraîneur est furieux après le match.",
    ),
    "defence-lawyer": (
        "L'avocat de la défense plaide l'acquittement",
        "Le verdict de la cour d'assises est attendu jeudi.",
    ),
    "consumer-defence": (
        "Défense des consommateurs : attention aux démarcheurs",
        "L'association a reçu trente plaintes.",
    ),
    "plane-crash": (
        "Un avion de tourisme s'écrase près de Thise",
        "Le pilote, seul à bord, est légèrement blessé. Les gendarmes enquêtent.",
    ),
    "shoplifting": (
        "Vol à l'étalage : trois mois avec sursis",
        "La prévenue avait dérobé des parfums dans un supermarché.",
    ),
    "satellite-town": (
        "Planoise, ville satellite en travaux",
        "Les habitants attendent la fin des démolitions.",
    ),
    "flare-boat": (
        "Fusée de détresse sur le lac : fausse alerte",
        "Les pompiers ont cherché une barque pendant deux heures.",
    ),
    # --- véhicules
    "fc-sochaux": (
        "Le FC Sochaux s'incline à Bonal",
        "Les Lionceaux restent huitièmes de Ligue 2.",
    ),
    "road-crash": (
        "Collision entre une voiture et un camion sur la RN57",
        "Un automobiliste est mort, un autre est grièvement blessé.",
    ),
    "burnt-cars": (
        "Trois voitures brûlées dans la nuit à Belfort",
        "La police a interpellé un adolescent.",
    ),
    "old-cars": (
        "Rassemblement de voitures anciennes dimanche",
        "Trois cents passionnés et leurs véhicules sont attendus. Buvette sur place.",
    ),
    "train-cancelled": (
        "Un train sur deux supprimé entre Dole et Besançon",
        "La SNCF invoque des travaux. Les usagers sont excédés.",
    ),
    "train-of-measures": (
        "Le préfet annonce un train de mesures contre le bruit",
        "Les riverains de l'aérodrome sont sceptiques.",
    ),
    "search-engine": (
        "Comment effacer son nom d'un moteur de recherche",
        "Un juriste répond aux questions des lecteurs.",
    ),
    # --- agroalimentaire
    "cheese-saying": (
        "Il en a fait tout un fromage",
        "La querelle de voisinage s'est terminée devant le juge.",
    ),
    "wine-fair-village": (
        "Vin d'honneur et galette pour les vœux du maire",
        "La cérémonie se tiendra à la salle polyvalente.",
    ),
    "chocolate-gift": (
        "Chocolats offerts aux aînés",
        "Les conseillers municipaux ont fait la tournée des Ehpad.",
    ),
    "bakery-closes": (
        "La boulangerie du village ferme",
        "Les habitants devront acheter leur pain au bourg voisin.",
    ),
    "beer-festival": (
        "La fête de la bière revient samedi",
        "Trois orchestres et une buvette animeront la place.",
    ),
    "franche-comte-name": (
        "Franche-Comté : un week-end de neige",
        "Les stations ouvrent leurs pistes.",
    ),
    # --- énergie
    "full-of-energy": (
        "Pleine d'énergie, la chorale fête ses vingt ans",
        "Le concert affiche complet.",
    ),
    "power-cut": (
        "Panne d'électricité : 800 foyers dans le noir",
        "Le courant a été rétabli à minuit.",
    ),
    "social-network": (
        "Le maire quitte les réseaux sociaux",
        "Il dénonce des insultes quotidiennes.",
    ),
    "nuclear-weapon": (
        "Nucléaire iranien : les négociations reprennent",
        "Les ministres se retrouvent à Genève.",
    ),
    "keep-informed": (
        "Tenir au courant ses voisins, une application",
        "Le village a voté pour un panneau lumineux.",
    ),
    # --- bois, papier
    "langue-de-bois": (
        "Sans langue de bois, le député répond",
        "Il a reçu deux cents habitants.",
    ),
    "wallpaper": (
        "Sur le papier, le favori devait gagner",
        "Mais la finale a tourné à l'avantage du club visiteur.",
    ),
    "red-card": (
        "Deux cartons rouges et une défaite",
        "L'arbitre a exclu le gardien à la 60e minute.",
    ),
    "public-prosecutor": (
        "Meurtre de Luxeuil : le parquet requiert vingt ans",
        "Les jurés délibèrent.",
    ),
    "mushroom-walk": (
        "Promenade en forêt : gare aux champignons",
        "Le pharmacien rappelle les espèces toxiques.",
    ),
    "seats-council": (
        "Municipales : douze sièges pour la liste sortante",
        "Le second tour aura lieu dimanche.",
    ),
    # --- numérique
    "school-tablets": (
        "Fracture numérique : des tablettes prêtées au collège",
        "Les parents d'élèves saluent l'initiative.",
    ),
    "online-scam": (
        "Arnaque en ligne : une retraitée perd 8 000 euros",
        "La gendarmerie appelle à la prudence.",
    ),
    "robot-vacuum": (
        "Un robot aspirateur met le feu à un appartement",
        "Les pompiers ont évacué l'immeuble.",
    ),
    # --- métal, mécanique
    "copper-theft": (
        "Vol de cuivre sur la ligne Belfort-Delle",
        "Les trains ont du retard ; une enquête est ouverte.",
    ),
    "snow-melt": (
        "La fonte des neiges gonfle la Loue",
        "Le département est en vigilance jaune pour les crues.",
    ),
    "iron-arm": (
        "Bras de fer entre le maire et les forains",
        "La fête foraine aura bien lieu.",
    ),
    "slot-machines": (
        "Machines à sous clandestines : un cafetier condamné",
        "Le tribunal lui inflige six mois avec sursis.",
    ),
    "steel-mind": (
        "Mental d'acier : la skieuse remporte le trophée",
        "Elle visait le podium, elle a la victoire.",
    ),
    "factory-of-gas": (
        "« Une usine à gaz » : la réforme des retraites divise",
        "Les députés poursuivent l'examen du texte.",
    ),
    # --- textile
    "fashion-show": (
        "Défilé de mode au lycée",
        "Les élèves ont présenté leurs créations devant les familles.",
    ),
    "way-of-life": (
        "Changer de mode de vie à cinquante ans",
        "Le couple a tout quitté pour un tour du monde à vélo.",
    ),
    "groundwater": (
        "Sécheresse : la nappe phréatique au plus bas",
        "L'arrosage est interdit dans vingt communes.",
    ),
    "social-fabric": (
        "Le tissu associatif se porte bien",
        "La ville compte un club pour cent habitants.",
    ),
    # --- chimie, verre
    "glass-ceiling": (
        "Plafond de verre : elles témoignent",
        "Trois élues racontent leur parcours.",
    ),
    "friendship-drink": (
        "Le verre de l'amitié après la messe",
        "Les paroissiens étaient nombreux.",
    ),
    "laughing-gas": (
        "Gaz hilarant : le préfet interdit la vente aux mineurs",
        "Des cartouches jonchent les parkings.",
    ),
    "gas-leak": (
        "Fuite de gaz : une rue évacuée à Dijon",
        "Les pompiers ont travaillé jusqu'à midi.",
    ),
    "singer-career": (
        "Une carrière de chanteur à 60 ans",
        "Son album sort vendredi, avec un concert au théâtre.",
    ),
    # --- pôles, clusters, emploi
    "job-centre": (
        "Pôle emploi : 1 200 inscrits de moins dans le Jura",
        "Le taux de chômage recule à 5,6 %, selon l'Insee.",
    ),
    "north-pole": (
        "Du pôle Nord à Pontarlier, le récit d'un explorateur",
        "Conférence à la médiathèque vendredi.",
    ),
    "pole-position": (
        "Pole position pour le pilote jurassien",
        "Il s'élancera premier au Grand Prix de dimanche.",
    ),
    "family-centre": (
        "Le pôle petite enfance inauguré",
        "Quarante places de crèche et un relais pour les assistantes maternelles.",
    ),
}


@pytest.mark.parametrize(("title", "text"), TRAPS.values(), ids=TRAPS)
def test_other_news_gets_no_sector(title: str, text: str, sectors_of: Callable[..., set[str]]) -> None:
    assert sectors_of(title, text) == set()


KEPT: dict[str, tuple[str, str, str]] = {
    "optics-masked-factory-kept": (
        "Dans cette optique, le décolleteur investit",
        "L'usine de décolletage achète huit tours pour ses clients du médical.",
        "microtechniques",
    ),
    "show-masked-watches-kept": (
        "L'étude montre que les exportations de montres reculent",
        "Les horlogers du Haut-Doubs réduisent leurs horaires.",
        "horlogerie-luxe",
    ),
    "surgery-masked-plastics-kept": (
        "De la chirurgie plastique à la plasturgie",
        "Le plasturgiste d'Oyonnax fournit désormais des implants mammaires.",
        "plasturgie",
    ),
    "hospital-gone-drugs-kept": (
        "Le laboratoire pharmaceutique Galmed recrute 40 opérateurs",
        "En bonne santé financière, il agrandit son usine de médicaments de Huningue.",
        "sante",
    ),
    "gusts-and-jets": (
        "Une tempête sans effet sur la chaîne du Rafale",
        "Les rafales de vent n'ont pas gêné l'avionneur, qui garde sa cadence de trois avions par mois.",
        "aeronautique-defense",
    ),
    "prosecutor-and-floors": (
        "Le fabricant de parquets Lamelle mis en liquidation",
        "La scierie voisine reprend vingt salariés. Le parquet ne s'y est pas opposé.",
        "bois",
    ),
    "social-network-and-heat": (
        "Un réseau de chaleur de 12 kilomètres",
        "La chaudière biomasse remplacera le gaz ; le chantier coûte 20 millions d'euros.",
        "energie",
    ),
}


@pytest.mark.parametrize(("title", "text", "sector"), KEPT.values(), ids=KEPT)
def test_a_mask_takes_only_its_own_words(
    title: str, text: str, sector: str, sectors_of: Callable[..., set[str]]
) -> None:
    assert sector in sectors_of(title, text)
