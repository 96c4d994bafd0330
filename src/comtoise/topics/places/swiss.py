"""The towns and countries of the Swiss side of the Jura, by canton.

The gazetteer of France does not hold them, readers follow them as « CH-NE » or « CH-JU », and several share
their name with French communes. Populations are rounded: they only weigh a name against its namesakes.
Source: general knowledge of the arc, docs/decisions/0006-places.md; Moutier is in the canton of Jura since 2026.
"""

from typing import Final

#: Canton code -> town -> rounded population.
TOWNS: Final = {
    "CH-JU": {
        "Delémont": 12500, "Porrentruy": 6700, "Moutier": 7200, "Haute-Sorne": 7200, "Bassecourt": 3500,
        "Courrendlin": 3700, "Courroux": 3300, "Courtételle": 2700, "Saignelégier": 2700, "Alle": 1900,
        "Les Breuleux": 1500, "Le Noirmont": 1900, "Les Bois": 1200, "Glovelier": 1200, "Develier": 1400,
        "Courgenay": 2300, "Cornol": 1000, "Boncourt": 1200, "Vendlincourt": 600, "Rebeuvelier": 300,
        "Fontenais": 1700, "Courfaivre": 1500, "Val Terbi": 3200, "Vicques": 1700, "Bonfol": 600,
        "Basse-Allaine": 1200, "Haute-Ajoie": 1100, "Chevenez": 700, "Montfaucon": 600, "Lajoux": 700,
    },
    "CH-NE": {
        "Neuchâtel": 44000, "La Chaux-de-Fonds": 37000, "Le Locle": 11000, "Val-de-Ruz": 17000,
        "Val-de-Travers": 10700, "Milvignes": 9000, "Boudry": 6300, "Peseux": 6000, "Colombier": 5500,
        "Cortaillod": 4800, "Couvet": 2800, "Fleurier": 3500, "Cressier": 1900, "Le Landeron": 4600,
        "Saint-Blaise": 3200, "Marin": 4000, "La Tène": 5000, "Bevaix": 3800, "Corcelles-Cormondrèche": 4700,
        "Cernier": 2200, "Fontainemelon": 1700, "Fontaines": 1200, "Les Geneveys-sur-Coffrane": 1600,
        "Les Brenets": 1100, "Les Verrières": 700, "La Brévine": 600, "Môtiers": 800, "Les Ponts-de-Martel": 1200,
        "La Sagne": 1000, "Bôle": 1900, "Gorgier": 2000, "Saint-Aubin-Sauges": 2400, "Cornaux": 1600,
    },
    "CH-BE": {
        "Bienne": 56000, "Biel": 56000, "Saint-Imier": 5200, "Tramelan": 4600, "Tavannes": 3600,
        "Reconvilier": 2400, "Valbirse": 4000, "Malleray": 2000, "Bévilard": 1700, "Court": 1400,
        "La Neuveville": 3800, "Péry": 1400, "Sonceboz": 2000, "Sonceboz-Sombeval": 2000, "Corgémont": 1800,
        "Courtelary": 1400, "Cortébert": 700, "Villeret": 950, "Sonvilier": 1200, "Renan": 900,
        "Orvin": 1200, "Crémines": 500, "Cormoret": 500, "Lyss": 15000, "Granges": 17000,
    },
    "CH-VD": {
        "Lausanne": 140000, "Yverdon": 30000, "Yverdon-les-Bains": 30000, "Sainte-Croix": 5000,
        "Vallorbe": 4100, "Orbe": 7500, "Le Sentier": 3000, "Le Brassus": 1500, "Le Chenit": 4600,
        "L'Abbaye": 1700, "Le Lieu": 900, "L'Orient": 800, "Le Pont": 400, "Nyon": 22000, "Gland": 13000,
        "Aubonne": 3400, "Crissier": 8500, "Renens": 21000, "Morges": 17000, "Vevey": 20000, "Payerne": 10000,
    },
    "CH-GE": {"Genève": 205000, "Plan-les-Ouates": 11000, "Meyrin": 26000, "Carouge": 22000, "Vernier": 35000},
    "CH-BS": {"Bâle": 175000, "Basel": 175000},
    "CH-FR": {"Fribourg": 38000, "Bulle": 25000, "Vuadens": 2500},
    "CH-SO": {"Soleure": 17000, "Grenchen": 17000},
    "CH-VS": {"Sion": 36000, "Sierre": 17000, "Monthey": 18000},
    "CH-BL": {"Liestal": 14500},
}  # fmt: skip

#: Cantons, districts and valleys under their own name.
COUNTRIES: Final = {
    "canton du Jura": "CH-JU", "Canton du Jura": "CH-JU", "République et Canton du Jura": "CH-JU",
    "Jura suisse": "CH-JU", "Franches-Montagnes": "CH-JU", "Ajoie": "CH-JU", "vallée de Delémont": "CH-JU",
    "canton de Neuchâtel": "CH-NE", "Canton de Neuchâtel": "CH-NE", "Montagnes neuchâteloises": "CH-NE",
    "Littoral neuchâtelois": "CH-NE", "Jura neuchâtelois": "CH-NE",
    "Jura bernois": "CH-BE", "vallon de Saint-Imier": "CH-BE", "Vallon de Saint-Imier": "CH-BE",
    "Jura vaudois": "CH-VD", "Jura-Nord vaudois": "CH-VD", "Nord vaudois": "CH-VD", "Vallée de Joux": "CH-VD",
    "canton de Vaud": "CH-VD", "Vaud": "CH-VD", "canton de Genève": "CH-GE", "canton de Berne": "CH-BE",
    "canton de Soleure": "CH-SO", "canton de Fribourg": "CH-FR", "canton du Valais": "CH-VS",
}  # fmt: skip

#: The cantons of the arc: the other half of the basin that a desk of the French side watches.
ARC: Final = frozenset({"CH-JU", "CH-NE", "CH-BE", "CH-VD"})
#: The départements across the border.
NEIGHBOURS: Final = frozenset({"25", "39", "90", "01"})

#: Names that are French words too: only after a preposition of place.
GUARDED: Final = frozenset(
    {"Court", "Alle", "Gland", "Granges", "Marin", "Bulle", "Sion", "Le Pont", "Les Bois", "Le Lieu",
     "Fontaines", "Colombier", "Renan", "L'Orient", "Bienne", "Vernier", "Cressier", "L'Abbaye", "Orbe",
     "Saint-Blaise", "Montfaucon", "La Tène"}
)  # fmt: skip
