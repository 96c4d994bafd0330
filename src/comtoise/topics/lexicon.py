"""General words of industry: what is made, who makes it, what is news of firms and what is other news.

The cards of `comtoise.knowledge` hold the words of each filière as a desk would list them. Regional news often
speaks more plainly: « l'usine de stylos à insuline », « le fabricant de cloisons ». These tables hold the
ordinary words for it, by sector, and the words of other kinds of news. Written from general knowledge of each
trade; words are expanded to their forms when rules are compiled.

A *product* counts when somebody makes it (a maker's word just before) and is a weak hint otherwise. *Foreign*
words (English, German) are strong, for sources across the border.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Trade:
    """The ordinary words of one sector."""

    strong: tuple[str, ...] = ()  #: as the strong words of a sector's card
    weak: tuple[str, ...] = ()  #: as the weak words of a sector's card
    trades: tuple[str, ...] = ()  #: who makes, by trade: before a name, the firm's own
    products: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()
    firms: tuple[str, ...] = ()  #: firms known far beyond the region, which write the name in one way
    common: tuple[str, ...] = ()  #: strong words of the card that many articles say in passing: weak
    exact: tuple[str, ...] = ()  #: strong, in this very case: « le comté » is cheese, « la Comté » is not
    masks: tuple[str, ...] = ()  #: as the exclusions of a sector's card


def _list(text: str) -> tuple[str, ...]:
    return tuple(item for item in (" ".join(part.split()) for part in text.split(",")) if item)


TRADES: Mapping[str, Trade] = {
    "microtechniques": Trade(
        trades=_list("""
            décolleteur, micromécanicien, microtechnicien, galvaniseur, polisseur, opticien de
            précision, usineur de précision
        """),
        strong=_list("""
            décolleter, décolleuse, micro-composants, pièces microtechniques, micro-moteur,
            micro-moteurs, microfluidique, mécanismes de précision, pièces de précision, outillage
            de précision, usinage de précision, horlogerie industrielle, micro-capteurs, composants
            horlogers, composants d'horlogerie, pièces d'horlogerie, composants pour montres,
            composants de montres, pièces horlogères, mécanismes horlogers, mouvements horlogers,
            ébauches horlogères, filière microtechnique, micro-mécanismes, découpe de précision,
            microns, micron, tours à commande numérique, tour à commande numérique, pièces
            miniatures, pièces miniaturisées, micro-pompe, micro-pompes, micro-engrenages,
            piézoélectrique, piézoélectriques, laser femtoseconde, femtoseconde, contrôle
            dimensionnel, laboratoire de métrologie, métrologie industrielle, marquage laser,
            gravure laser, perçage laser, micro-perçage, centièmes de millimètre, dixièmes de
            millimètre, tours automatiques, salle grise, contacts électriques, actionneurs
            miniatures, visserie de précision, petite mécanique, micro-soudage, micro-injecté,
            découpe jet d'eau, jet d'eau de précision, dorure galvanique, anodisation, traitement
            thermique de précision, tours multibroches, multibroches, multibroche, machine de
            transfert, machines de transfert, barres de laiton, poupée mobile, poupées mobiles,
            cuivre-béryllium, bain galvanique, bains galvaniques, bains d'or, grenaillage,
            microbillage, électropolissage, passivation, polissage miroir, micro-fraisage,
            micro-tournage, presses rapides, presse rapide, pivotage, taillage de pignons, taillage
            d'engrenages, visserie horlogère, rubis synthétiques, centième de millimètre, dixième de
            millimètre, optique de précision, interféromètre, spectromètre, micromanipulation,
            microrobot, microrobots, micro-pince, découpage rapide, fil d'or, microsoudure,
            assemblage miniature, instrumentation scientifique, nanopositionnement, opto-mécanique,
            optoélectronique, guidage optique, microscopie, connectique miniature, décolletés,
            micro-contacts, contacts découpés, tourneur-fraiseur de précision, CAP micromécanique,
            lycée PROCHE(6) microtechniques, BTS conception PROCHE(6) microtechniques,
            polissage de pièces horlogères, gravure chimique, micro-gravure, oscillateur à quartz,
            oscillateurs à quartz, micro-optique, pièces de connectique
        """),
        weak=_list("""
            polissage, décolletées, étampes, étampage, outilleurs, moins d'un millimètre, commande
            numérique, minuscules, métrologie, miniature, miniatures, à l'œil nu, cheveu, salle
            blanche, laiton, saphir, rodage, actionneurs, tolérances, endoscopes, microscope, moins
            d'un gramme, millimètre, millimètres,
            pièces découpées, quelques millimètres, microns, boîtiers électroniques,
            instrument chirurgical,
            étincelle, binoculaire, vis presque invisibles, demi-millimètre, découpe au laser,
            contrôle optique, usinage de petites pièces, instrumentation
        """),
        products=_list("""
            vis de précision, pièces décolletées, connecteurs, capteurs, micromoteurs, horodateurs,
            instruments de mesure, composants de précision, ressorts, engrenages, pignons,
            roulements miniatures, outils coupants, forets, aimants, bobines, lasers, composants
            optiques, machines de précision, micro-ressorts, capteurs de couple, micro-outils,
            jauges, comparateurs, encodeurs, sondes, buses, micro-vannes, électrovannes, relais,
            micro-relais, bobinages, quartz, composants miniatures, pièces microscopiques,
            instruments de précision, aiguilles de précision, lentilles optiques, fibres optiques,
            têtes de lecture, balances de précision,
            micro-pièces, pièces de précision, goupilles, ressorts de précision, thermostats,
            thermomètres, manomètres, pièces de monnaie, hydrophones, prismes, oscillateurs,
            antennes miniatures, serrures de précision, micromètres, pieds à coulisse,
            instruments de laboratoire
        """),
        foreign=_list("""
            microtechnology, micromechanics, precision engineering, precision parts, micro-machining,
            toolmakers, Mikrotechnik, Feinmechanik, Präzisionsteile, Drehteile, parts shops
        """),
        firms=_list("""
            Parkeon, Flowbird, Dixi Polytool, Positronic, iXblue, Thurmelec, Bien-Air, Agie Charmilles, GF
            Machining, Mecaplex, Dentsply Maillefer, Precitrame, Lemo, Huber+Suhner, Etampa, Ateliers
            Cattin, Cendres+Métaux, Mps Micro Precision Systems, Faulhaber, Portescap, Radiall, Souriau,
            Axon' Cable
        """),
    ),
    "horlogerie-luxe": Trade(
        trades=_list("""
            lunetier, malletier, joaillier, cristallier, maroquinier, orfèvre, faïencier,
            cadranier, sellier, pipier
        """),
        common=_list("tournerie, tourneries"),
        weak=_list("""
            selliers, sellier, griffe, acétate, bagues, cadran, calibre, balancier, spiral,
            brucelles, tourbillon, garde-temps, collectionneurs, façonnier, nacre,
            veau, opticiens, opticien, monteuse, montures, réveils, pendulettes, pendule, établi,
            lunettes, griffes, bijou,
            diamants, grand feu, sertissage, gainier, gainiers, écrin, lunettes de sport,
            marques de Genève, joaillerie, sertisseur
        """),
        strong=_list("""
            bracelets de montre, bracelet de montre, bracelet horloger, bracelets horlogers,
            bracelettier, composants horlogers, pièces horlogères, pièces d'horlogerie, composants
            d'horlogerie, manufacture horlogère, marque horlogère, montres mécaniques, montres de
            luxe, montres suisses, exportations de montres, maison horlogère, mouvements horlogers,
            grande complication, grandes complications, tourbillons, école d'horlogerie, opticiens
            lunetiers, lunettier, lunetterie, haute joaillerie, haute maroquinerie, petite
            maroquinerie, industrie du luxe, secteur du luxe, filière luxe, maison de luxe, maisons
            de luxe, marques de luxe, articles de luxe, bijouterie industrielle, orfèvrerie,
            orfèvre, coutellerie d'art, métiers d'art, boîtes à musique, boîte à musique, stylos
            haut de gamme, instruments d'écriture, sertissage, sertisseur, émailleur, guillochage,
            arts de la table, verrerie d'art, cristal taillé, accessoires de luxe, sellerie de luxe,
            manufacture de sacs, fabricant de sacs, verres de lunettes, aiguilles de montre,
            sertisseurs, diamantaire, joaillier, joailliers, fermoirs, polissage de boîtes,
            lapidaire, lapidaires, cadranier, cadraniers, calibre maison, remontage automatique,
            remontage manuel, emboîtage, emboîtages, répétition minutes, chronométrie,
            sellier-maroquinier, selliers-maroquiniers, maisons de couture, maison de couture,
            plaques d'acétate, montures en acétate, montures en titane, branches de lunettes,
            lunettes de soleil françaises, cristallier, cristalliers, verre soufflé, soufflé à la
            bouche, souffleur de verre, souffleurs de verre, cristallerie d'art, pierres précieuses,
            pierres fines, place Vendôme, porcelainier, porcelainiers, émaillage d'art,
            balancier-spiral, roue d'échappement, mouvement mécanique, boîtiers de montre, carrures,
            cadrans de montre, bijoutier-joaillier, joaillerie, argenterie, gainerie, coffret de
            luxe, parfumerie de luxe, grandes marques du luxe, donneurs d'ordre du luxe,
            CAP horlogerie, lycée horloger, bac pro horlogerie, monteur en lunettes,
            monteurs en lunettes, monteuse en lunettes, monteuses en lunettes, boîtier de montre,
            boîtes de montre, montres-bracelets, bracelets en cuir, maroquinière, maroquinières,
            sacs de luxe, réserve de marche, alliances en or, bague de fiançailles,
            marques horlogères, marques helvétiques, horlogerie suisse, fabrique de montres,
            fabrique de pendules, pendulier, lunettes solaires, lunette solaire, clients horlogers,
            client horloger, sacs en veau, carrés de soie
        """),
        products=_list("""
            montres, montre, lunettes, bijoux, sacs à main, sacs en cuir, articles de maroquinerie,
            bracelets, cadrans, boîtiers, mouvements, horloges, pendules, stylos de luxe, verres en
            cristal, faïence, porcelaine, réveils, chronographes, ébauches, spiraux, aiguilles,
            montures, flacons de parfum, pipes, briquets, fermoirs, ceintures en cuir, pendulettes,
            coffrets, écrins, médailles, boutons de manchette, briquets de luxe, services de table,
            vases,
            verres solaires, verres optiques, alliances, bagues, boucles d'oreilles, portefeuilles,
            malles, valises de luxe, couverts en argent, carafes, remontoirs, couronnes de montre,
            coffrets de luxe, montres de plongée, horloges comtoises
        """),
        foreign=_list("""
            watchmaker, watchmakers, watchmaking, watch industry, watch orders, watch firms, watch brands,
            watch brand, watch exports, watch valleys, watch towns, watch parts, watch suppliers, swiss
            watch, swiss watches, luxury watches, luxury goods, luxury demand, eyewear, eyeglasses,
            jewellery makers, watch setter, watch, watches, timepieces, Uhrenindustrie, Uhrenhersteller,
            Uhrmacher, Uhren, Luxusgüter, Brillenhersteller, Schmuckhersteller,
            jeweller, jewellers, jeweler, jewelers, jewellery, goldsmith, goldsmiths,
            wedding rings, dials, watch hands, Schmuck*, Zifferblatt*, Zeiger, Juwelier*,
            Lederwaren*
        """),
        firms=_list("""
            Swatch Group, Rolex, Longines, Omega, Patek Philippe, Richemont, Panerai, Hublot, Vacheron Constantin,
            Piaget, Chopard, Girard-Perregaux, Sowind, Jaquet Droz, Blancpain, Breguet, IWC, Greubel Forsey,
            Audemars Piguet, Jaeger-LeCoultre, Breitling, Franck Muller, Tudor, Certina, Rado, LVMH, Kering,
            EssilorLuxottica, Luxottica, Safilo, Kelton, Yema, Lip, Zeppelin, Dodane, Herbelin, Hermès,
            Louis Vuitton, Longchamp, Christofle, Bernardaud, Baume et Mercier, Roger Dubuis, Bulgari,
            Péquignet, Maty, Isa France, Utinam, Beuchat, March LA.B, Baume & Mercier, Vuarnet, Krys, Atol,
            Afflelou, Silhouette, Marchon, Cébé, Julbo, Bollé, Opal, Demetz, J.F. Rey, Swarovski, Lancel,
            Goyard, Chanel, Dior, Gucci, Cartier Horlogerie, Vacheron, Frank Muller, Fossil, Movado,
            Festina, Sellita, Soprod, Citizen, Seiko
        """),
    ),
    "plasturgie": Trade(
        trades=_list("""
            plasturgiste, mouliste, injecteur, caoutchoutier, thermoformeur, extrudeur
        """),
        strong=_list("""
            industrie plastique, industrie du plastique, vallée du plastique, filière plastique,
            pièces plastiques, pièce plastique, pièces en plastique, matières plastiques, matière
            plastique, transformation du plastique, injection de plastique, emballages plastiques,
            emballage plastique, films plastiques, film plastique, recyclage du plastique, recyclage
            plastique, recyclage des plastiques, recycleur de plastique, recycleur de plastiques,
            plastique recyclé, plastiques usagés, moule d'injection, moules d'injection, fabricants
            de moules, fabricant de moules, industrie du moule, caoutchouc, composites
            thermoplastiques, pneumatiques agricoles, polystyrène, silicone industriel, Plastics
            Vallée, Plastic Vallée, mobilier de jardin en plastique, soufflage, extrudeuse,
            extrudeuses, profilés PVC, tubes plastiques, surmouler, surmoulage plastique, boîtiers
            plastiques, bioplastique, bioplastiques, élastomère, élastomères, matériaux composites,
            fibre de carbone, plasturgie médicale, injection bi-matière, presses à injection,
            recyclage du PET, PET recyclé, compoundage, compounder, plastiques recyclés, mobilier de
            jardin en résine, outilleur moule, injection de pièces, flaconnage plastique,
            polypropylène, polyéthylène, polyamide, polycarbonate, PMMA, EPDM, rotomoulé,
            rotomoulés, rotomoulées, thermoformé, thermoformés, préimprégnés, préimprégnées, drapage
            de carbone, lignes d'extrusion, ligne d'extrusion, extrudé, extrudés, extrudées,
            calandrage, granulés recyclés, matière recyclée, régénération des plastiques,
            flaconnage, articles de ménage en plastique, plast, souffleuse, souffleuses,
            extrusion-soufflage, injection-soufflage, mélangeur interne, caoutchoutier,
            caoutchoutiers, pièces en caoutchouc, joints d'étanchéité, pièces composites, pièce
            composite, fibres de carbone, tissu de carbone, moulé par injection, moulés par
            injection, moulées par injection, injectées, moule d'acier, préformes, plastique
            biosourcé, PEHD, PVC recyclé, matière thermoplastique, thermoplastique,
            presse à injecter, presses à injecter, outillages d'injection, outillage d'injection,
            emballages recyclables, emballage recyclable, bouteilles en plastique,
            bouteille en plastique, plastique végétal, biopolymère, biopolymères, CAP plasturgie,
            bac pro plasturgie, lycée PROCHE(4) plasturgie, moulé en plastique, ABS injecté,
            bouchon à vis, bouchons plastiques, polyester renforcé, résines biosourcées,
            micro-billes de plastique, gaines plastiques
        """),
        weak=_list("""
            granulés plastiques, plasturgie automobile, presses, polyuréthane, moulage, polymère,
            polymères, résine, résines, autoclave, fibre de verre, granulés, injecteur, injecteurs,
            silicone, PVC, flacons, articles de ménage, broyeur, extrusion,
            bouchon, bouchons, moules, mouler, moulés, moulées, bouteille, bouteilles, flacon,
            emballage, emballages, jouet, jouets, acétate, silo à granulés, charnière, barquettes,
            extrudeuse, seau, jardinage, moulé, barquette, éco-emballage, vaisselle réutilisable,
            gobelets
        """),
        products=_list("""
            jouets, jouet, plastique, bouchons, barquettes, bouteilles plastiques, gobelets, pots,
            tuyaux, profilés, menuiseries PVC, mobilier de jardin, fauteuils de jardin, sièges
            monobloc, peignes, brosses, films, bâches, sacs plastiques, bidons, joints, pare-chocs,
            moules, pièces injectées, emballages, roulettes, bacs, toboggans, poussettes, articles
            de puériculture, cuves, coques, raccords, couvercles, flacons plastiques, poches
            plastiques, blisters, cintres, seaux, arrosoirs, jardinières, volets roulants, gaines,
            mousses, toiles cirées, ballons, casques, kayaks, capsules, tétines, biberons, vaisselle
            jetable, pailles, brosses à dents, rasoirs, sièges bébé, caisses plastiques, palettes
            plastiques, films agricoles, mobilier en résine, piscines, luges, skis,
            boîtes alimentaires, tuyaux d'arrosage, brosses à cheveux, pièces moulées,
            cagettes plastiques, sachets, gaines électriques, bacs de tri, poubelles,
            interrupteurs, skis nautiques, casques de chantier, étuis à lunettes
        """),
        masks=_list("""
            stylos à insuline, stylo à insuline, stylo injecteur, bac pro, bac plus, plastique
            urbaine, explosion plastique, homme-caoutchouc, balles en caoutchouc, balle en
            caoutchouc, cuves de réacteur, cuve de réacteur, cuves de réacteurs, cuves nucléaires,
            jouets en bois, jouet en bois
        """),
        foreign=_list("""
            plastics industry, plastics processor, injection moulding, injection molding, plastic parts,
            plastics maker, rubber maker, Kunststoff, Kunststoffe, Kunststoffteile, Kunststofffertigung,
            Kunststoffverarbeiter, Spritzgieß*, Spritzguss*, Stoßfänger*, Kunststoffindustrie,
            Spielzeugfabrik, Flakonhersteller, Kosmetikflaschen, Kautschuk, Compoundeur,
            plastic, plastic packaging, moulder, injection moulder, Plastik*,
            Verpackungshersteller, Polypropylen, Folienhersteller, Gummi*
        """),
        firms=_list("""
            Smoby, Simba Dickie, Grosfillex, Plastic Omnium, OPmobility, Novares, Mecaplast, Berry Global,
            Plastal, Hutchinson, Trelleborg, Cooper Standard, Albéa, Schoeller Allibert, Allibert, Curver,
            Tupperware, Legrand Oyonnax, Ecoiffier, Billion, KraussMaffei, Krauss Maffei, Arburg, Clayens,
            Rovip, Bourbon AP, Faurecia Bloc Avant, Freudenberg, Cooper-Standard, Plastivaloire, Sealed Air,
            Amcor, Constantia, Alpla, Serioplast, Logoplaste, Nicoll, Wavin, Aliaxis, Rehau, Veka,
            Deceuninck, Jacob, Kartell, Lego, Playmobil, Meccano, Majorette, Clairbois, Ravel, Superfos, RPC
            Bramlage, Groupe Guillin, Guillin Emballages, Guillin, Sabert, Schütz, Werit, Elkem, Nexans
            Plastiques, Sumitomo Demag, Netstal, Ferromatik, Sise, Créastyl
        """),
    ),
    "sante": Trade(
        trades=_list("""
            pharmacien industriel, façonnier pharmaceutique, génériqueur
        """),
        strong=_list("""
            laboratoire pharmaceutique, laboratoires pharmaceutiques, industrie pharmaceutique,
            groupe pharmaceutique, industrie de santé, industries de santé, industrie de la santé,
            médicaments injectables, injectables, insuline, stylo injecteur, stylos injecteurs,
            auto-injecteur, auto-injecteurs, seringues préremplies, anticorps monoclonal, anticorps
            monoclonaux, matériel médical, équipements médicaux, technologies médicales, technologie
            médicale, biomédical, biomédicale, ingénierie biomédicale, implant, implants, prothèses
            orthopédiques, orthopédie, instruments chirurgicaux, robot chirurgical, bioartificiel,
            startup santé, start-up santé, filière santé, pôle santé innovation, biomatériaux,
            traitement du cancer, candidat-médicament, phase clinique, autorisation de mise sur le
            marché, healthtech, sous-traitance pharmaceutique, usine de médicaments, production de
            médicaments, production pharmaceutique, biothérapies, test salivaire, tests salivaires,
            vis pédiculaires, ancillaires, lits d'hôpital, lit d'hôpital, stimulateur cardiaque,
            stimulateurs cardiaques, dispositif implantable, test de dépistage, tests de dépistage,
            matériel chirurgical, matériel dentaire, imagerie médicale, thérapie cellulaire,
            chaussures orthopédiques, orthèses, semelles orthopédiques, laboratoire vétérinaire,
            laboratoires vétérinaires, patch transdermique, sous-traitant pharmaceutique,
            sous-traitance de la pharmacie, sous-traitant de la pharmacie, conditionnement
            pharmaceutique, prothésiste industriel, prothèses en titane, prothèses dentaires,
            implants dentaires, implant dentaire, stent, stents, valve cardiaque, valves cardiaques,
            génériqueur, génériqueurs, médicaments génériques, principes actifs, principe actif,
            lyophilisation, phase III, lymphocytes, cellules souches, cellules CAR-T, kit de
            dépistage, kit de diagnostic, kits de dépistage, tests de diagnostic, réactifs de
            diagnostic, lentilles de contact, audioprothèses, lits médicalisés, pancréas
            bioartificiel, cœur artificiel, robots chirurgicaux, essai de phase, vaccins
            vétérinaires, vaccin vétérinaire, médecine nucléaire, radiopharmaceutique,
            radiopharmaceutiques, molécule contre, médicament contre, traitement contre le cancer,
            ARN messager, thérapies cellulaires, thérapies géniques, vis orthopédiques,
            biocompatible, biocompatibles, dentaire numérique,
            essai clinique, essais cliniques, phase II, phase 2, antalgique, antalgiques,
            antibiotiques, paracétamol, médicaments à base de plantes, phytothérapie,
            labo pharmaceutique, filière du médicament, usine de vaccins, implants en titane,
            ophtalmologie industrielle, matériel hospitalier, instrument chirurgical,
            instruments de chirurgie, géants du médicament, industrie du médicament
        """),
        common=_list("salle blanche"),
        weak=_list("""
            diabète, diabétiques, antidiabétique, thérapie, oncologie, pharmacien, dispositif,
            chirurgical, chirurgien, gélules, comprimés, FDA, ANSM, marquage CE, molécule, sonde,
            prothèse, seringues, pansements, test sanguin,
            vaccin, vaccins, patients, cliniques, comprimé, labo, rétine, remboursement,
            orthopédiste, stérile, stériles, essais, laboratoires, pharmaciens, sérum,
            collyre, brûlures, pansement, bovins, orthopédique, génome, fauteuil roulant,
            cardiologues, greffe, gélule, guérir, plaies
        """),
        products=_list("""
            médicaments, vaccins, prothèses, seringues, stylos à insuline, cathéters, pansements,
            instruments chirurgicaux, lits médicalisés, fauteuils roulants, verres correcteurs,
            lentilles de contact, tests de diagnostic, gélules, comprimés, flacons injectables,
            aides auditives, appareils auditifs, implants dentaires, masques chirurgicaux, produits
            vétérinaires, stylos injecteurs, aiguilles médicales, patch, patchs, sérums, perfusions,
            compresses, attelles, béquilles, défibrillateurs, respirateurs, scanners, prothèses
            dentaires, stents, sutures, fils de suture, gants médicaux, aligneurs dentaires,
            exosquelettes médicaux,
            collyre, collyres, doses de collyre, vaccins pour bovins, orthèses, semelles,
            antibiotiques, pilules, sirops pour la toux, pommades, poches de sang,
            pompes à insuline, tensiomètres, endoscopes, seringues de verre, bistouris,
            prothèses de genou
        """),
        foreign=_list("""
            medical devices, medical device, medtech, pharmaceutical, pharmaceuticals, drugmaker, biotech,
            health industry, Medizintechnik, Pharmaunternehmen, Pharmakonzern, Arzneimittel, Impfstoff,
            vaccine maker, vaccines, clinical trial, dental implants, surgical instruments,
            Pharmahersteller, Pharmaindustrie, Medikament*, Medizinprodukt*, Zahntechnik*
        """),
        masks=_list("implants de contact"),
        firms=_list("""
            Lilly, Eli Lilly, Sanofi, Novartis, Pfizer, Servier, bioMérieux, Boehringer, Fresenius,
            Medtronic, Stryker, Roche, GSK, Ipsen, Pierre Fabre, Vétoquinol, Boiron, Zimmer Biomet, Novo
            Nordisk, AstraZeneca, Moderna, Takeda, CSL Behring, Defymed, Statice Santé, Essilor, Urgo, Dixi
            Medical, Crossject, Delpharm, Recipharm, Fareva, Unither, Aptar Pharma, Aguettant, Cenexi,
            Famar, Merial, Virbac, Ceva, Stentys, Biosynex, Transgene, Inventiva, Oncodesign, Sophysa,
            Proteor, Ottobock, Guerbet, Biomérieux, Haupt Pharma, Catalent, Bayer, Johnson & Johnson,
            Straumann, Nobel Biocare, DePuy, Galderma, Vitalaire, BioSerenity, Cellectis, Valneva, Carmat,
            Theraclion, Medincell, Macopharma, Hartmann, Thuasne, Sigvaris, Lohmann & Rauscher
        """),
    ),
    "aeronautique-defense": Trade(
        trades=_list("""
            avionneur, motoriste, armurier, munitionnaire
        """),
        strong=_list("""
            industrie de défense, industries de défense, industrie de la défense, industrie de
            l'armement, industriel de l'armement, avionneurs, équipementier aéronautique, moteurs
            d'avion, moteur d'avion, pièces aéronautiques, filière aéronautique, secteur
            aéronautique, construction aéronautique, avions de combat, canons Caesar, poudre
            propulsive, véhicules blindés, sous-marins nucléaires, lanceur spatial, lanceurs
            spatiaux, secteur spatial, filière spatiale, ballon stratosphérique, armement,
            nanosatellite, nanosatellites, microsatellite, microsatellites, sièges pour avions,
            poudrerie, usine de poudre, armurier, armuriers, armes de chasse, munitionnaire, A320,
            A350, moteurs LEAP, carters de moteur, pièces de fusée, structures d'avion, intérieur
            d'avion, drones militaires, base industrielle de défense, moteurs d'hélicoptère, moteurs
            d'hélicoptères, maintenance d'avions, maintenance d'hélicoptères, maintenance
            aéronautique, parachutes militaires, équipementier du Rafale, pièces de missiles, pièces
            pour l'aéronautique, industrie spatiale, blindage, gilets pare-balles, pales
            d'hélicoptère, pales d'hélicoptères, satellites d'observation, moteur Leap, Direction
            générale de l'armement, aubes de réacteur, aubes de turbine d'avion, cabine d'avion,
            détecteurs infrarouges, mis en orbite, mise en orbite, microlanceur, microlanceurs,
            propulseurs, constellation de satellites, drone militaire, robots démineurs, obus de
            155, corps d'obus, tourelles de blindés, aviation d'affaires, avion d'affaires, avions
            d'affaires, hélicoptère de combat, aérostructures, aérostructure, avionique, EN 9100,
            sous-traitant aéronautique, sous-traitants aéronautiques, aéronef, aéronefs, commande de
            drones, munitions téléopérées, simulateur de vol, simulateurs de vol, équipements
            militaires, matériel militaire, véhicule blindé, engins blindés, industriel de la
            défense, industriels de la défense, économie de guerre,
            train d'atterrissage, trains d'atterrissage, compagnies aériennes PROCHE(8) révision,
            troupes aéroportées, aubes en carbone, fabricant de drones, constructeur de drones,
            motoriste aéronautique, agrément aéronautique, pièces d'avion, moteurs d'avions,
            sellerie aéronautique
        """),
        weak=_list("""
            hélicoptères, avion de chasse, avions de chasse, blindés, obus, tourelle, tourelles,
            orbite, missile, missiles, satellites, satellite, hélicoptère, ministère des Armées,
            motoriste, motoristes, réacteur d'avion, infrarouge, munitions, Armée de terre,
            démineurs,
            parachutes, parachute, aubes, avion, avions, drones, drone, régiment, armée, fuselage,
            armement,
            fantassins, viseurs, jumelles de nuit, hélice, hélices, compagnies aériennes, cockpit,
            blindé, états-majors
        """),
        products=_list("""
            avions, drones, hélicoptères, missiles, satellites, trains d'atterrissage, aubes,
            canons, fusées, sièges d'avion, moteurs d'avion, armes, munitions, blindés, planeurs,
            obus, véhicules blindés, avions de chasse, parachutes, parachutes militaires, gilets
            pare-balles, radars, cockpits, fuselages, hélices, réacteurs d'avion, ailes d'avion,
            dirigeables, ballons stratosphériques, lance-roquettes, fusils d'assaut,
            viseurs, jumelles, cellules d'avion, sièges éjectables, optiques de visée,
            casques militaires, camouflages, ponts flottants, détecteurs de mines, roquettes,
            antennes radar, drones d'observation
        """),
        foreign=_list("""
            aerospace, defence industry, defense industry, aircraft maker, aircraft parts, Luftfahrt*,
            Rüstungs*,
            drone maker, defence contractor, defense contractor, fighter jet, fighter jets,
            jet engine, jet engines, Drohnen*, Flugzeug*, Waffenhersteller
        """),
        firms=_list("""
            Airbus, Boeing, Dassault Aviation, Safran, Thales, KNDS, Nexter, MBDA, Naval Group, Arquus,
            ArianeGroup, Daher, Latécoère, Figeac Aéro, Exail, Sabena Technics, Aubert & Duval, Liebherr
            Aerospace, Eurenco, Pilatus, Rolls-Royce, Issoire Aviation, Messier-Dowty, Messier-Bugatti,
            Snecma, Turbomeca, Astrium, Crouzet, Zodiac Aerospace, Stelia, Spirit AeroSystems, Embraer, ATR,
            OneWeb, Eutelsat, SpaceX, Nammo, Ruag, Rheinmetall, Hensoldt, Delair, Parrot, Novadem, Cnim,
            Nexter Systems, Lauak, Mecachrome, Ratier-Figeac, Duqueine
        """),
    ),
    "vehicules-mobilite": Trade(
        trades=_list("""
            équipementier, carrossier, constructeur automobile, assembleur de vélos, équipementier
            automobile, câbleur automobile
        """),
        strong=_list("""
            industrie automobile, filière automobile, secteur automobile, construction automobile,
            usine automobile, usines automobiles, constructeurs automobiles, marché automobile,
            sous-traitant automobile, sous-traitants automobiles, sous-traitance automobile, pièces
            automobiles, équipements automobiles, crise automobile, crise de l'automobile, voiture
            électrique, voitures électriques, hybride rechargeable, hybrides rechargeables,
            véhicules utilitaires, véhicules hybrides, boîtes de vitesses, motrices de TGV,
            locomotive, locomotives, industrie ferroviaire, filière ferroviaire, construction
            ferroviaire, matériel ferroviaire, rames de TGV, moteurs électriques automobiles, engins
            logistiques, véhicules logistiques, chariots élévateurs, véhicules autonomes, véhicule
            autonome, voitures par jour, véhicules par jour, Pôle véhicule du futur, carrosserie
            industrielle, semi-remorques, poids lourds électriques, piles à combustible, batteries
            automobiles, châssis, bus électriques, autocars, roulement automobile, plaques
            bipolaires, ateliers ferroviaires, rames ferroviaires, sièges automobiles, usine de
            voitures, usine de camions, rames de métro, rame de métro, rames de tramway, airbag,
            airbags, sièges auto, siège auto, chaînes de Sochaux, faisceaux automobiles, garnitures
            de frein, ligne d'échappement, lignes d'échappement, engins de chantier, deux-roues
            électriques, motoculteurs, motoculture, matériel roulant, bogies, aiguillages
            ferroviaires, moissonneuse, moissonneuses, machines agricoles, pièces de freinage,
            systèmes de freinage, batteries pour camions, batteries de véhicules, carrossier
            industriel, carrossier constructeur, véhicules sanitaires, ambulances neuves, remontées
            mécaniques, télécabines, constructeur ferroviaire, constructeurs ferroviaires, vélo
            cargo, vélos cargos, vélos à assistance, vélo à assistance, bicyclettes, camions
            électriques, camion électrique, batteries pour véhicules, pot catalytique, pots
            catalytiques, constructeur de bus, constructeur d'autocars, autobus, tracteurs
            portuaires, engins portuaires, trains régionaux, automotrices, disque de frein, disques
            de frein, plaquettes de frein, pare-chocs, planches de bord, tableaux de bord
            automobiles, moteurs thermiques, moteur thermique, essieu, ponts et essieux, lignes de
            montage automobile, camping-car, camping-cars, fourgons aménagés, semi-remorque neuve,
            équipementiers automobiles, carrosserie de véhicules, pièces de carrosserie, câblage
            automobile, électromobilité, chaîne de traction, moteurs de traction, motorisation
            électrique, pièces de rechange automobiles, matériel agricole, tracteurs agricoles,
            engins agricoles, cycles électriques, deux-roues motorisés,
            tableau de bord PROCHE(6) pièces, planche de bord, sièges de voiture,
            sièges de voitures, ferrage, fabricant de trains, constructeur de trains,
            cellules de batterie, cellules de batteries, colonne de direction,
            colonnes de direction, carrossier-constructeur, chaîne de montage, chaînes de montage,
            équipementiers, équipementier, camion-benne, wagons de fret, siège de voiture
        """),
        common=_list("gigafactory, voiture électrique, voitures électriques"),
        weak=_list("""
            ferroviaires, TGV, autorail, constructeur, utilitaires, SUV, hybride, hybrides,
            roulements, essieux, motos, deux-roues, carrossier, ambulances, wagons, rames, freinage,
            échappement, crossover, berline, automobile, batteries, suspensions, ferroviaire,
            moteurs, motorisations,
            camions, rame, remorques, bennes, carrosserie, pare-brise,
            berlines, fourgons, wagon, embrayages, calandre, garagistes, SUV électrique,
            train d'atterrissage, montage de véhicules
        """),
        products=_list("""
            voitures, véhicules, camions, trains, tramways, locomotives, motrices, vélos, remorques,
            camping-cars, autocars, bus, scooters, motos, tracteurs, engins, essieux, freins, pneus,
            pneumatiques, roues, phares, sièges automobiles, échappements, boîtes de vitesses,
            moteurs diesel, bennes, caravanes, trottinettes, vélos électriques, moissonneuses,
            ambulances, plaquettes de frein, wagons, volants, rétroviseurs, pare-brise,
            amortisseurs, suspensions, embrayages, turbos, jantes, attelages, cabines, dameuses,
            nacelles, tondeuses, bulldozers, pelleteuses, voiturettes, quads, karts, side-cars,
            calandres, pédaliers, pédales, embrayages automobiles, fourgons, wagons de fret,
            caisses de wagon, trains de nuit, tramways autonomes, tableaux de bord,
            colonnes de direction, capteurs de pneus, vélos cargos, dépanneuses,
            tracteurs routiers, funiculaires, télésièges, trains touristiques
        """),
        foreign=_list("""
            automotive, car maker, carmaker, carmakers, car plant, vehicle maker, car parts, automotive
            supplier, vehicles of tomorrow, Automobilindustrie, Automobilzulieferer, Automobilhersteller,
            Automobilbranche, Automobilbau, Autozulieferer, Zulieferer, Autobauer, Stoßfänger*,
            Frontmodule*, Fahrzeug*, Elektroauto*,
            electric trucks, electric cars, electric vehicles, truck maker, battery cells,
            train maker, car seats, bike maker, Lenksäule*, Autoteile*, Autoverk*, Autoindustrie,
            Lkw*, Nutzfahrzeug*, Bahntechnik, Fahrrad*, Sitzhersteller, Batteriezell*
        """),
        masks=_list("""
            train d'atterrissage, trains d'atterrissage, équipementier du Rafale, équipementier
            aéronautique, équipementiers aéronautiques, équipementier de défense, équipementier
            spatial, équipementier médical
        """),
        firms=_list("""
            Stellantis, Peugeot, PSA, Renault, Citroën, Toyota, Volkswagen, Tesla, BYD, Alstom, Bombardier
            Transport, Forvia, Faurecia, Valeo, Michelin, Symbio, Bosch, Schaeffler, Gaussin, Metalliance,
            Iveco, Volvo Trucks, Volvo CE, Volvo Construction, Renault Trucks, Scania, Lohr,
            Knorr-Bremse, Faiveley, Akiem, Vossloh, ZF,
            Aptiv, Inergy, Mahle, Verkor, Manitou, Kuhn, Claas, John Deere, Vallourec Montbard, Innoplate,
            Peugeot Japy, Heuliez, Ineos Automotive, Adient, PSA Peugeot Citroën, Peugeot Motocycles,
            Peugeot Scooters, SBFM, Johnson Controls, Treves, Trèves, Magneti Marelli, Visteon, Punch
            Powerglide, General Motors, Smart Hambach, Ineos Grenadier, Evobus, Gefco, CAF, De Dietrich
            Ferroviaire, Novares, Delfingen, JTEKT, Benteler, Mecaplast, Hyundai, Mercedes, BMW, Opel, Fiat,
            Nissan, Daimler, Skoda, Stadler, Škoda, Siemens Mobility, Talgo, Arcade Cycles, Moustache Bikes,
            Moustache, Cycleurope, Lapierre, Cycles Lapierre, Sunn, Irisbus, Safra, Forsee, NTN-SNR, SKF,
            Trigano, Rapido, Pilote, Fruehauf, Lamberet, Magyar
        """),
    ),
    "agroalimentaire": Trade(
        trades=_list("""
            fromager, brasseur, biscuitier, salaisonnier, meunier, distillateur,
            confiturier, affineur, boulanger industriel, moutardier, sucrier,
            torréfacteur, volailler, liquoriste, confiseur
        """),
        strong=_list("""
            industrie agroalimentaire, industries agroalimentaires, filière comté, filière laitière,
            filière lait, filière viticole, filière viande, comté AOP, AOP comté, lait à comté,
            fromage AOP, fromages AOP, AOP fromagère, fruitières, affineurs, fromagerie,
            fromageries, producteurs de lait, prix du lait, lait payé, éleveurs laitiers, production
            laitière, transformation laitière, litres de lait, abattoir, abattoirs, charcuterie,
            salaison, brasserie artisanale, brasseries artisanales, microbrasserie, embouteilleur,
            maison de champagne, maisons de champagne, viticulteurs, vignerons, coopérative
            laitière, coopérative viticole, coopératives agricoles, biscuits, confiserie, plats
            cuisinés, produits laitiers, produits alimentaires, compléments alimentaires, meunerie,
            interprofession du comté, cancoillotte, mont d'or, saucisse de Morteau, absinthe,
            gruyère, emmental, munster fermier, moutarde de Dijon, foodtech, ingrédients
            alimentaires, arômes alimentaires, alimentation animale, agro-industrie, salaisonnier,
            salaisonniers, torréfacteur, torréfacteurs, torréfaction, minoterie, meunier, meuniers,
            conserverie, biscuitier, plats préparés, charcutier industriel, eaux minérales, eau
            minérale, distillerie, malterie, chocolatier industriel, séchoirs à jambon, filière
            escargot, escargots de Bourgogne, nutrition infantile, légumerie, œufs liquides,
            volailler, glacier industriel, transformation de volailles, transformateur de volailles,
            négociant en vins, découpe de volaille, atelier de découpe de viande, boulangerie
            industrielle, pâtisserie industrielle, fromages à pâte pressée, caves d'affinage, cave
            d'affinage, brasseur, brasseurs, houblon, hectolitres, hectolitre, bière sans alcool,
            betteraves, betteraviers, sucrerie, sucrier, ovoproduits, casserie d'œufs, poudre d'œuf,
            meules de comté, kirsch, eau-de-vie, eaux-de-vie, alambics, alambic, liquoriste,
            liquoristes, vinification, vinifier, négoce en vins, tuyé, fumoirs, salaisons, collecte
            de lait, collecte laitière, poudre de lait, lactosérum, protéines végétales, élevage
            d'insectes, insectes comestibles, pâte persillée, pâte pressée, affineur, moutarderie,
            moutardier, moutardiers, chocolatiers, confiturier, confituriers, biscuitiers,
            fromagers, fruitière, sirops, semoulerie, amidonnerie, laiteries, laiterie, fromages
            affinés, plats surgelés, charcuteries, jambon cru, saucisses fumées, viande de porc,
            abatteur, volaillers, négociant en champagne, maisons de négoce, maison de vins,
            embouteillage,
            graines de moutarde, graine de moutarde, producteurs de comté, producteur de comté,
            producteurs de fromage, élève des insectes, élevage de porcs industriel,
            orge de brasserie, atelier de découpe de volailles, CAP fromager, école laitière, ENIL,
            ENILBIO, interprofession laitière, lait de montagne, pain industriel,
            coopérative fromagère
        """),
        exact=_list("""
            le comté, du comté, au comté, un comté, le morbier, du morbier, le munster, du munster,
            l'époisses, le gruyère
        """),
        weak=_list("""
            fermes, affinage, tonnes de fromage, caves, lait cru, éleveurs, fermier, comté, malt,
            cuves, œufs, beurre, lait, meules, brasserie, munster, morbier, fumage, cuverie,
            saucisse, désosseurs, céréales, farine, moutarde, chips, yaourt, vendange,
            insectes, aquaculture, semencier, blé, orge, viande, jambon, jambons, fromage,
            fromages, sucre, fruits, légumes, cacao, chocolat, éleveur, laitier, laitière, bière,
            vin,
            volaille, volailles, poussins, abatteurs, yaourts, embouteilleur, affinages, crémiers,
            porcs, pot en verre
        """),
        products=_list("""
            fromages, fromage, biscuits, chocolats, bières, vins, yaourts, pâtes, moutarde,
            confitures, jus, sirops, viande, jambons, saucisses, pain, plats préparés, pizzas,
            glaces, bonbons, farine, sucre, liqueurs, eaux-de-vie, conserves, surgelés, lait
            infantile, aliments, croquettes, levures, épices, huiles, volailles, crèmes glacées,
            champagnes, malt, amidon, gélatine, miel, escargots, truites, saumon fumé, tofu,
            céréales, pâtisseries, viennoiseries, brioches, crêpes, sandwichs, salades, quiches,
            sauces, mayonnaise, vinaigre, cornichons, cafés, café, tisanes, limonade, sodas,
            spiritueux, whisky, gin, nouilles, ravioles, foie gras, pâtés, terrines, pains d'épices,
            dragées, nougat, caramels,
            poulets, poussins, galettes, yaourts en pot, moutardes, boissons, eau en bouteille,
            cidre, vodka, absinthe, kirsch, salaisons, lardons, foies gras, beurre, petits pots,
            frites, pizzas surgelées, bretzels, choucroute, nuggets, pâtes alimentaires, spätzle,
            quenelles
        """),
        foreign=_list("""
            food industry, dairy industry, cheesemaker, cheesemakers, brewery, Lebensmittel*, Molkerei*,
            Brauerei*, Käserei*,
            dairy, food maker, chocolate maker, winery, sausage maker, Käse*, Wurst*,
            Fleischverarbeit*, Bierbrauer*, Schokolade*, Süßwaren*
        """),
        firms=_list("""
            Danone, Lactalis, Nestlé, Sodiaal, Savencia, Bigard, Fleury Michon, Andros, Mondelez, Ferrero,
            Cémoi, Lesaffre, Tereos, Pernod Ricard, Kronenbourg, Heineken, Carlsberg, Coca-Cola, Unilever,
            Tippagral, CIGC, Agrial, Entremont, Monts et Terroirs, Amora, Fromageries Bel, Fromagerie Bel,
            groupe Bel, Senoble, Yoplait, Materne, William Saurin, Euralis, Jean Caby, Nestlé Waters,
            Contrex, Evian, Cristaline, Ricola, Suchard, Carambar, Thiriet, Charal, Socopa, Laïta, Isigny
            Sainte-Mère, Rians, Juraflore, Sodebo, Bonduelle, Daucy, Saint Michel, Bonne Maman, Haribo,
            Lindt, Roquette, Soufflet, Malteurop, Vivescia, Cristal Union, InVivo, Limagrain, Bongrain,
            Fromageries Arnaud, Vrai, Jean Martin, Badoz, Comtesse du Barry, Bel'fruits, Eurogerm, Dijon
            Céréales, Alliance BFC, Interval, Terre Comtoise, Cookies Michel et Augustin, Michel et
            Augustin, Labeyrie, Delpeyrat, Herta, Aoste, Cochonou, Justin Bridou
        """),
    ),
    "energie": Trade(
        trades=_list("""
            énergéticien, turbinier, électricien industriel, hydroélectricien, chauffagiste
            industriel
        """),
        strong=_list("""
            centrale thermique, centrales thermiques, tranche au charbon,
            centrale nucléaire, centrales nucléaires, réacteur nucléaire, réacteurs nucléaires, parc
            nucléaire, filière nucléaire, industrie nucléaire, petits réacteurs, petit réacteur
            modulaire, SMR, cuves de réacteur, internes de cuve, EPR, EPR 2, électrolyse, hydrogène
            vert, hydrogène bas carbone, filière hydrogène, turbines à gaz, turbines à vapeur,
            turbine Arabelle, usine de turbines, parc solaire, centrale solaire, centrale
            photovoltaïque, panneaux photovoltaïques, panneaux solaires, gigafactory de panneaux,
            pompes à chaleur, chaufferie biomasse, chaudières biomasse, barrage hydroélectrique,
            hydroélectricité, centrale électrique, centrale à charbon, réseau électrique
            transformateurs électriques, lignes à haute tension, stockage de l'énergie, énergies
            renouvelables, transition énergétique, uranium, combustible nucléaire, sûreté nucléaire,
            Autorité de sûreté nucléaire, générateurs de vapeur, lithium géothermal, biométhane,
            méthaniseur, méthaniseurs, nouveau nucléaire, carburants de synthèse, Fessenheim
            PROCHE(15) réacteur, Fessenheim PROCHE(15) centrale, Cattenom PROCHE(15) réacteur,
            Cattenom PROCHE(15) centrale, Bugey PROCHE(15) réacteur, Bugey PROCHE(15) centrale,
            Chooz PROCHE(15) réacteur, Chooz PROCHE(15) centrale, Belleville PROCHE(15) réacteur,
            Belleville PROCHE(15) centrale, Flamanville PROCHE(15) réacteur, Flamanville PROCHE(15)
            centrale, Golfech PROCHE(15) réacteur, Golfech PROCHE(15) centrale, Nogent-sur-Seine
            PROCHE(15) réacteur, Nogent-sur-Seine PROCHE(15) centrale, Dampierre PROCHE(15)
            réacteur, Dampierre PROCHE(15) centrale, Cruas PROCHE(15) réacteur, Cruas PROCHE(15)
            centrale, Tricastin PROCHE(15) réacteur, Tricastin PROCHE(15) centrale, Gravelines
            PROCHE(15) réacteur, Gravelines PROCHE(15) centrale, Penly PROCHE(15) réacteur, Penly
            PROCHE(15) centrale, Paluel PROCHE(15) réacteur, Paluel PROCHE(15) centrale, Beznau
            PROCHE(15) réacteur, Beznau PROCHE(15) centrale, Leibstadt PROCHE(15) réacteur,
            Leibstadt PROCHE(15) centrale, Gösgen PROCHE(15) réacteur, Gösgen PROCHE(15) centrale,
            Mühleberg PROCHE(15) réacteur, Mühleberg PROCHE(15) centrale, GE Belfort, GE Energy, GE
            Power, GE Hydro, General Electric Belfort, câbles sous-marins, pales d'éoliennes, bornes
            de recharge, stockage d'énergie, batteries stationnaires, réseau de chaleur industriel,
            turbines hydrauliques, câbles haute tension, lignes haute tension, fabricant
            d'éoliennes, méthanol vert, e-méthanol, carburant de synthèse, démantèlement de
            réacteurs, mâts d'éoliennes, alternateurs, turboalternateurs, ombrières photovoltaïques,
            géothermie industrielle, géothermie, géothermique, géothermiques, puits géothermique,
            turbines Kaplan, turbine Kaplan, haute tension, cogénération, biogaz, virole, viroles,
            Autorité de sûreté, station d'hydrogène, stations d'hydrogène, cellules solaires,
            modules solaires, gigawatts, groupes électrogènes industriels, poste électrique,
            sous-station électrique, réseaux d'électricité, démantèlement des réacteurs, cuve d'EPR,
            appareillage électrique, appareillages électriques, turbinier, microcentrale,
            microcentrales, centrale hydroélectrique, chaufferie industrielle, vapeur industrielle,
            énergéticien, énergéticiens, capture de carbone, captage de carbone, déchets nucléaires,
            tuyauterie nucléaire, soudeur nucléaire, soudage nucléaire, chaudronnerie nucléaire,
            moteur à hydrogène, réservoirs d'hydrogène, hydrogène liquide, alternateur, stators,
            pompes nucléaires, turbine à vapeur, turbine à gaz,
            parc éolien, parcs éoliens, éoliennes, ferme solaire, fermes solaires,
            chaudières à bois, chaudière biomasse, centrale à gaz, réseau de chaleur,
            réseaux de chaleur, sodium-ion, ingénierie nucléaire, pièces pour le nucléaire,
            soudage de générateurs, chaudronnerie pour le nucléaire,
            barrage de Vouglans, usine hydroélectrique, groupes de production, méthanisation,
            gaz vert, usine-barrage, pile à hydrogène, piles à hydrogène,
            fournisseur d'électricité verte
        """),
        exact=_list("chez GE, de GE, que GE"),
        weak=_list("""
            centrale, réacteurs, atome, turbines, pile, EDF, électrolyseurs, sous-marins,
            décarbonation, bas carbone, lithium, rotor, biomasse, vapeur, forage, nucléaire,
            turbine, réacteur, batteries, solaire, photovoltaïque, mégawatts,
            pales, éolien, éolienne, kilowatts, mâts, chaudière, chaudières, pompes à chaleur,
            renouvelable, photovoltaïques, batterie,
            barrage, retenue, turbinage, hydrogène, méthaniseur, combustible, pellets,
            kilowattheures
        """),
        products=_list("""
            turbines, électrolyseurs, chaudières, pompes à chaleur, éoliennes, panneaux solaires,
            radiateurs, transformateurs, câbles, batteries, alternateurs, réacteurs, piles,
            onduleurs, compteurs, disjoncteurs, pylônes, poêles, générateurs, réservoirs à
            hydrogène, radiateurs électriques, compteurs électriques, chauffe-eau, groupes
            électrogènes, condensateurs, climatiseurs, batteries industrielles, cellules
            photovoltaïques, barrages, câbles électriques,
            piles à hydrogène, générateurs de vapeur, ombrières, transformateurs électriques,
            turbines de barrage, pompes primaires, conduites forcées, pales d'éoliennes,
            pylônes électriques, chaudières bois, inserts, poêles à bois
        """),
        foreign=_list("""
            hydrogen, electrolyser, electrolysers, electrolyzer, electrolyzers, electrolysis, nuclear plant,
            nuclear power, power plant, gas turbines, wind turbines, Wasserstoff*, Elektrolyse*,
            Kernkraftwerk*, Atomkraftwerk*, Windkraft*,
            heat pump, heat pumps, solar panels, nuclear, battery storage, Wärmepumpe*,
            Heizkessel*, Turbine*, Photovoltaik*, Windrad*, Windräder, Solarmodul*,
            Solarhersteller, Brennstoffzelle*
        """),
        firms=_list("""
            EDF, Framatome, Orano, Engie, Areva, General Electric, GE Vernova, Arabelle Solutions, McPhy,
            John Cockerill, Hynamics, Atawey, Lhyfe, Air Liquide, Symbio, TotalEnergies, Enedis, RTE, GRDF,
            Siemens Energy, Newcleo, Naarea, Nuward, Assystem, Vestas, Nordex, Enercon, Forsee Power,
            Viessmann, Nexans, Von Roll, Inocel, groupe Atlantic, Leroy-Somer, Converteam, Alstom Power,
            Alstom Hydro, Andritz Hydro, Cegelec, Clemessy, Photowatt, Voltec, Areva NP, Creusot Forge, De
            Dietrich Thermique, Saint-Gobain Solar, Jimmy Energy, Voltalia, Akuo, Opale Énergies,
            Greenyellow, ITER, Westinghouse, Rolls-Royce SMR, Hyvia, Hopium, Faurecia Hydrogène
        """),
    ),
    "bois": Trade(
        trades=_list("""
            scieur, tonnelier, papetier, ébéniste, charpentier, cartonnier, tourneur sur
            bois, panneautier
        """),
        strong=_list("""
            filière bois, industrie du bois, première transformation du bois, transformation du
            bois, construction bois, construction en bois, maison en bois, maisons en bois, maisons
            ossature bois, panneaux de bois, panneau de bois, CLT, bois massif, bois croisé, grume,
            scier, exploitants forestiers, exploitation forestière, coopérative forestière, bois de
            construction, charpentes, charpentier industriel, granulés de bois, pellets, fabricant
            de cuisines, cuisiniste industriel, papeterie industrielle, papeteries, papetier, pâte à
            papier, usine de papier, carton ondulé, emballages en bois, palettes en bois,
            tonnellerie, tonneaux, lamellé-croisé, ébénisterie, jouets en bois, résineux, feuillus,
            parqueterie, aménageur de bureaux, aménageur PROCHE(2) bureaux, placage, fabricant de
            mobilier, tournerie sur bois, tourneur sur bois, tourneurs sur bois, tabletterie,
            lamellé, charpentes industrielles, charpentes lamellées, agencement de magasins,
            agenceur, caisses en bois, tonneliers, fûts de chêne, merrains, cagettes, jouet en bois,
            placages, fenêtres en bois, menuiseries bois, exploitant forestier, scieur, scieurs,
            séchoir à bois, merrain, douelles, douelle, machine à papier, machines à papier, bobine
            de papier, bobines de papier, panneaux de particules, panneau de particules, aggloméré,
            cartonnier, cartonniers, cartonnage, meubles en kit, ossature bois, charpente bois,
            charpentier bois, bois scolytés, bois scolyté, scolytes, tonnelier, tonnelière,
            ébénistes, ébéniste, sciage, sciages, rabotage, bois énergie, chêne massif, hêtre
            massif, bois raboté, mobilier massif, parquets massifs, fabricant de sièges, fabricant
            de palettes, fabricant de meubles, papiers spéciaux, ouate de cellulose, papier recyclé,
            papiers d'emballage, scieries, vente de bois, cours du bois, cours du chêne, cours du
            hêtre, menuiserie industrielle, bois lamellé, grumes, bois de chauffage industriel,
            panneautier, panneautiers,
            tournerie, tourneries, CAP ébéniste, lycée du bois, meubles massifs,
            plaquettes forestières, forestiers privés, fauteuils de style, tapissiers, scierie,
            escaliers sur mesure, escalier sur mesure, charpentiers
        """),
        weak=_list("""
            épicéas, sapins, scierie, forestiers, forestier, sciures, plinthes, menuiseries,
            agencement, aménagement de bureaux, mobilier, tournerie, tourneries, hêtre, chêne,
            épicéa, sapin, charpente, ossature, séchoir, ouate, menuisiers, menuisier, tourneur,
            tourneurs, lattes, buis, douglas,
            palettes, palette, meubles, fauteuils, plaquettes, panneaux, bûcherons, escalier,
            escaliers, carton,
            frêne, bruyère, noyer, canapé, canapés, menuisier-ébéniste, cagette, marqueterie,
            papetier, grume, bardage
        """),
        products=_list("""
            meubles, cuisines, parquets, palettes, charpentes, escaliers, fenêtres, cercueils,
            chaises, papier, carton, tonneaux, granulés, chalets, maisons en bois, literie, canapés,
            mobilier, boîtes en bois, cagettes, jouets en bois, panneaux de bois, armoires,
            portes en bois, ruches, manches d'outils, étagères, bureaux en bois, cartons,
            enveloppes, mouchoirs, papier toilette, couches, cahiers,
            planches à découper, saladiers, bardeaux, lambris, lames de terrasse, volets en bois,
            abris de jardin, mobil-homes, orgues, guitares, luths, cuillères en bois, sabots,
            skis en bois, pipes en bruyère, chaises longues, dressings, cartons ondulés,
            cahiers d'écolier
        """),
        masks=_list("""
            au tonneau, le parquet, au parquet, du parquet, parquet national, parquet général, parquet
            financier, film plastique, granulés pour la plasturgie, granulés plastiques, granulés de
            plastique, mobilier urbain, mobilier de jardin, panneaux solaires, panneaux
            photovoltaïques, panneaux publicitaires, panneaux de signalisation, panneaux électoraux,
            panneaux lumineux, plats cuisinés, plat cuisiné
        """),
        foreign=_list("""
            sawmill, sawmills, timber industry, wood industry, furniture maker, paper mill, Sägewerk*,
            Holzindustrie, Möbel*, Papierfabrik*,
            Holzwerk*, Holzverarbeit*, wood pellets, pallets, carpentry, Palettenhersteller,
            Karton*
        """),
        firms=_list("""
            Siat, Schilliger, Egger, Kronospan, Norske Skog, Parisot, Lapeyre, Schmidt Groupe, Ikea
            Industry, Swedspan, Monnet-Sève, Ducerf, Clairefontaine, Stora Enso, UPM, DS Smith, Smurfit
            Kappa, Mobidecor, Fédération nationale du bois, Office national des forêts, Isoroy, UPM Kymmene,
            Stracel, Papeteries de Mandeure, Burgo Ardennes, Swiss Krono, Unilin, Tarkett, Dumeste, Gautier,
            Vilac, Janod, Ikea, Maisons Hanse, Piveteaubois, Arbonis, Mobalpa, Fournier, Cauval, Capitole,
            Emin Leydier, Ahlstrom, Arjowiggins, Arjo Wiggins, Lecta, Condat, Zuber Rieder, Seguin Moreau,
            Tonnellerie Radoux, Alsapan, Félix Ikea
        """),
    ),
    "numerique": Trade(
        trades=_list("""
            intégrateur, automaticien, électronicien, roboticien
        """),
        strong=_list("""
            éditeur de logiciels, start-up numérique, startup numérique, entreprise numérique,
            filière numérique, entreprises du numérique, secteur du numérique, calcul quantique,
            ordinateur quantique, informatique quantique, supercalculateur, cyberattaques
            industrielles, hébergeur, logiciels industriels, logiciel industriel, cartes
            électroniques, composants électroniques, circuits imprimés, circuit imprimé, industrie
            électronique, filière électronique, robotique, robots industriels, robot industriel,
            objets connectés, réseau French Tech, métropole French Tech, photolithographie, cloud
            souverain, développement web, services informatiques, société informatique, intelligence
            artificielle générative, jumeau numérique, jumeaux numériques, centre de calcul,
            développeurs informatiques, sous-traitance électronique, assemblage de cartes, vision
            industrielle, logiciels pour l'industrie, automates programmables, automate
            programmable, vision par ordinateur, studio de jeux vidéo, studios de jeux vidéo,
            infogérance, infogérant, infogérants, plateforme logicielle, solution logicielle,
            logiciel de gestion, informatique industrielle, développeurs de logiciels, progiciel,
            progiciels, cobotique, cobot, cobots, intégrateur de robots, intégrateurs de robots,
            palettisation robotisée, pâte à braser, four de refusion, salles de serveurs, salle de
            serveurs, centre de données, centres de données, rançongiciels, logiciel hébergé,
            éditeur informatique, éditeurs de logiciels, logiciels de gestion, développeurs web,
            ingénieurs logiciels, cloud, SaaS, capteur connecté, caméra intelligente, apprentissage
            automatique, apprentissage profond, algorithmes d'apprentissage, réalité augmentée,
            réalité virtuelle industrielle, électronique embarquée, systèmes embarqués, composants
            électroniques montés, bureau d'études électronique, câblage électronique, monnaie
            électronique industrielle, transformation numérique des entreprises, maintenance
            prédictive, data scientists, supercalculateurs, cyberdéfense, cyber-sécurité,
            infonuagique,
            facturation électronique, facturation en ligne, facture électronique,
            éditeur de PROCHE(3) logiciel, école d'informatique,
            école PROCHE(3) intelligence artificielle, développeurs PROCHE(6) logiciel,
            hébergement de données, objet connecté,
            cartes mères, carte mère, lignes de CMS, circuits électroniques,
            maintenance prévisionnelle, câbleuses en électronique, éditeur de jeux vidéo
        """),
        common=_list("semi-conducteur, semi-conducteurs, intelligence artificielle, industrie du futur"),
        weak=_list("""
            start-up, startup, innovation numérique, digital, automatisation, logiciel, logiciels,
            éditeur, serveurs, algorithme, algorithmes, cyberattaque, automate, automates,
            développeurs, intégrateur, électronique, application mobile, plateforme en ligne,
            supervision, puces, rançongiciel, baie de serveurs,
            piratage, assistant virtuel, programme informatique, données, numérique, informatique,
            hébergé, détection,
            appli, composants asiatiques, câbleuses, machines connectées, semi-conducteurs,
            vidéosurveillance
        """),
        products=_list("""
            logiciels, robots, cartes électroniques, automates, applications, puces, puces
            électroniques, serveurs, écrans, capteurs connectés, objets connectés, applications
            industrielles, badges électroniques, cartes à puce, terminaux de paiement,
            cartes mères, capteurs intelligents, logiciels de paie, jeux vidéo, chatbots,
            jumeaux numériques, calculateurs
        """),
        masks=_list("""
            commande numérique, commandes numériques, appareil photo numérique, presse numérique, édition
            numérique, version numérique, abonnement numérique
        """),
        foreign=_list("""
            software company, software maker, robotics, semiconductor, semiconductors, electronics maker,
            Softwarehersteller, Halbleiter*,
            data centre, data center, cybersecurity, software, chipmaker, Rechenzentrum*,
            Softwareentwickl*
        """),
        firms=_list("""
            Atos, Capgemini, STMicro, OVHcloud, STMicroelectronics, Soitec, Dassault Systèmes, Sopra Steria,
            Doctolib, Percipio Robotics, Siemens Haguenau, Asteelflash, Eolane, Lacroix Electronics, Actia,
            Foxconn, Inetum, Worldline, Sword Group, Selco, IBM, Microsoft, SAP, Cegid, Sage, Divalto,
            Orange Business, Thomson Genlis, Alcatel, Nokia, Ericsson, Huawei, Staubli, Fanuc, Kuka,
            Universal Robots, Exotec, Schneider Electric, Rockwell, Legrand, Somfy, Netatmo, Sigfox, Kalray,
            Aledia, Pasqal, Quandela, Mistral AI, Dataiku, Linkurious
        """),
    ),
    "metallurgie-mecanique": Trade(
        trades=_list("""
            chaudronnier, tôlier, coutelier, tréfileur, aciériste, métallier, ferronnier,
            robinetier, emboutisseur, estampeur, usineur, mécanicien de précision,
            sidérurgiste, laminier
        """),
        strong=_list("""
            métallurgique, métallurgiste, métallurgistes, sidérurgique, sidérurgiste, aciériste,
            haut fourneau, hauts-fourneaux, haut-fourneau, pièces forgées, pièces de fonderie,
            pièces métalliques, pièces mécaniques, forges industrielles, forge industrielle,
            forgeage, industrie mécanique, construction mécanique, constructions métalliques,
            construction métallique, charpente métallique, tubes d'acier, tubes en acier, tubes sans
            soudure, fils d'acier, tréfilerie, tréfileries, acier inoxydable, aciers spéciaux,
            alliages, superalliages, machines industrielles, machines de production, constructeur de
            machines, fabricant de machines, machines-outils, machines d'emballage, chaudronnier,
            chaudronniers, mécanique industrielle, atelier inox, cloisons de bureaux, cloisons
            amovibles, cloisons de bureau, boulonnerie, visserie, quincaillerie, serrures, forges,
            estampage, traitement des métaux, métaux, laminage, fabricant de tubes, bronze
            industriel, cuivre industriel, tréfileur, tréfileurs, tréfilage, emboutisseur,
            emboutisseurs, traitement thermique, charpentes métalliques, serrurerie industrielle,
            mécano-soudure, mécanosoudure, découpe laser, oxycoupage, pièces en fonte,
            coffres-forts, ascensoriste, taillanderie industrielle, coutellerie, outillage à main,
            machines spéciales, marteau-pilon, marteaux-pilons, lopins, cubilot, noyautage, coulée
            continue, métallerie, métallier, serrurerie-métallerie, ferronnerie, ferronnier,
            ferronniers, forgerons, tôlier, tôliers, émouture, émouleur, émouleurs, laminoirs,
            galvanisation, galvaniseur, robinetterie, pièces usinées, mécanique générale,
            chaudronnerie, chaudronnée, chaudronnées, soudage robotisé, soudé au TIG, profilés
            d'acier, feuillard, feuillards, fil d'acier, outils coupants, fraises carbure, plieuse,
            presse plieuse, poinçonneuse, pièces de fonte, moulage d'acier, moules de fonderie,
            fonderie d'aluminium, fonte d'aluminium, matriçage, forge à chaud, frappe à froid, tubes
            inox, cuverie inox, cuves inox, inox roulé, ressorts industriels, structures
            métalliques, machine spéciale, équipements industriels, biens d'équipement, pompes
            industrielles, vannes industrielles, coutelier, couteliers, aciers, lames d'acier, four
            à arc, ponts roulants, levage industriel,
            mécano-soudé, mécano-soudés, mécano-soudée, mécano-soudées, corps de pompe,
            centre d'usinage, centres d'usinage, tourneur-fraiseur, tourneurs-fraiseurs,
            CAP chaudronnerie, bac pro chaudronnerie, école de soudage, école de soudure,
            bobines d'acier, bobines d'inox, pièces brutes, four à induction,
            moulage sous pression,
            ascensoristes, forgées à chaud, forgés à chaud, forgé à chaud, plaques d'égout,
            sablage de pièces, chromage, lingots, moules en sable, parachèvement, mouton-pilon
        """),
        weak=_list("""
            forge, cloisons, cloison, tubes, tôle, tôles, usinage, alliage, soudeurs, nickel,
            titane, sous-traitants, usineur, holding industrielle, groupe industriel, sous-traitance
            industrielle, acier, fonte, inox, bielles, soudure, soudé, tôlerie, lame, lames, pliage,
            mécanique, bronze, outillages, aluminium, machine-outil, coulée, enclume, pilon,
            fondeurs, trempe,
            métal, brides, ressort, ressorts, forger, tremper, soudeur, fondeur, laminoir, cuivre,
            zinc, couteaux, coutelier, tourneurs, fraiseurs,
            pinces, chromé, chromées, aciériste, échangeurs, silos, moulerie,
            chaudière industrielle, sableur
        """),
        products=_list("""
            tubes, vis, boulons, machines, outils, serrures, coffres-forts, casseroles, couteaux,
            cloisons, charpentes métalliques, fils, ressorts, pièces en fonte, fonte, acier,
            aluminium, ponts roulants, grues, nacelles, presses, presses à injecter, robinets,
            vannes, pompes, cuves inox, portails, radiateurs en fonte, rails, engrenages,
            roulements, engins de chantier, ascenseurs, lave-linge, électroménager, cloches, câbles
            d'acier, cocottes, coffres, convoyeurs, échangeurs, citernes, échafaudages, boîtes de
            conserve, canettes, sécateurs, scies, haches, marteaux, ciseaux, rasoirs métalliques,
            palans, treuils, presses industrielles, compresseurs, réducteurs, poutrelles,
            pinces, tournevis, plaques d'égout, silos, échangeurs thermiques, chaudrons,
            fers à béton, cabines d'ascenseur, rails de chemin de fer, pièces de tracteurs,
            bouteilles de gaz, extincteurs, clous, agrafes, barbelés, grillages, ancres, poulies,
            vilebrequins, machines à bois, machines agricoles, mobilier métallique, cuisinières,
            portes blindées, escaliers métalliques
        """),
        masks=_list("""
            aux Forges, Les Forges, bras de fer, chemin de fer, fer de lance, vis pédiculaires,
            pompe à chaleur, pompes à chaleur, micro-pompes, micro-pompe, micro-engrenages
        """),
        foreign=_list("""
            foundry, foundries, steelmaker, steel mill, steel plant, metalworking, machine tools, machine
            builder, tool manufacturer, Stahl*, Gießerei*, Maschinenbau*, Metallverarbeitung,
            Metallindustrie, Werkzeugmaschinen,
            steel, forge shop, machine shop, metal parts, Metallbau, Metallteile, Schmiede*,
            Gussteile*, Werkzeugbau, Blech*
        """),
        firms=_list("""
            ArcelorMittal, Vallourec, Ascometal, Novasco, Aperam, Industeel, Constellium, Saint-Gobain PAM,
            Haulotte, Lisi, Eramet, Mutares, Clestra, Installux, Mecanalu, Groupe ACI, ACI, Tréfileries,
            Thyssenkrupp, Alvance, Liberty Steel, Bekaert, Rio Tinto, Trimet, Imphy Alloys, Fonderies de
            Saint-Dizier, Yto, Caterpillar, SEB, Moulinex, Brandt, Whirlpool, Electrolux, Vissal, SV
            Industries, MBF Aluminium, MBF, Manitowoc, Poclain, NLMK, Ugitech, Erasteel, Creusot Forge, VMC,
            Sappel, Itron, Facom, Bost, Manzoni-Bouchot, Thirode, Japy, TrefilUnion, Ascoval, Manoir
            Industries, Métal Déployé, Valinox, Konecranes, Fives, NFM Technologies, Strafor, Steelcase, NSC
            Groupe, Bobst, Dormakaba, Fermob, Vachette, Tréfimétaux, KME, Le Creuset, Staub, De Buyer,
            Cristel, Peugeot Saveurs, Somfy, Bubendorff, Sew Usocome, Hager, Jungheinrich, Fenwick,
            Alpen'Tech, Ascométal, Akers, Safe Metal, Eurodec, Ferropem, Ferroglobe, GMD, Sifco, Mecachrome,
            Setforge, Farinia
        """),
    ),
    "textile": Trade(
        trades=_list("""
            tisseur, filateur, bonnetier, tanneur, ennoblisseur, teinturier, confectionneur,
            tricoteur, brodeur, mégissier
        """),
        weak=_list("""
            lin, coton, laine, maille, soie, cuir, cuirs, peaux, couturières, confection, teinture,
            étoles, broderie, chanvre, tricotés,
            toile, toiles, tissu, tissus, étoffes, étoffe, couture, écharpes, couturiers, linge,
            tunique, blanchir,
            remmailleuses, chaussette, filature, chemise, chemises, feutre, torchons
        """),
        strong=_list("""
            industrie textile, filière textile, usine textile, groupe textile, textiles, entreprise
            textile, ennoblissement textile, confectionneur, habillement, prêt-à-porter français,
            tisserand industriel, tissages, linge de lit, linge de table, chaussettes, chaussette,
            collants, sous-vêtements, lingerie, teinturerie, métiers à tisser, fil à broder,
            velours, laine française, chanvre textile, jean français, tannerie, tanneries, tanneur,
            tanneurs, mégisserie, brodeur industriel, broderie industrielle, non-tissé, non-tissés,
            tricoteur, blanchisserie industrielle, équipements de protection, gants de protection,
            tenues de travail, vêtements de travail, matelassier, passementerie, dentelle
            industrielle, fil à coudre, teinturier, teinturiers, teinture industrielle, confection
            française, atelier de confection, ateliers de confection, bonnetier, bonnetiers,
            bonneterie, métiers circulaires, banc à broches, remmaillage, toile de bâche, aramide,
            ennoblisseur, ennoblisseurs, ennoblissement, impression textile, impression sur étoffes,
            tricotage, fil de lin, fil de coton, fil de laine, laine peignée, tweeds, tweed,
            tissage, tisseur, tisseurs, filature, filatures, fileurs, fileur, brodeuses, linge de
            maison, tenues professionnelles, textile technique, tissus techniques, gants de travail,
            cuir tanné, tanin végétal, couture industrielle, mécaniciennes en confection,
            confectionneurs, tissu d'ameublement, fabricant de draps, jersey, coton biologique,
            fibres textiles, fibre textile, recyclage textile, machines à coudre industrielles,
            imprimeur sur étoffes,
            soierie, soieries, impression sur soie, imprimeur sur tissu, imprimeurs sur tissus,
            kelsch, blanchiment de toile, CAP couture, lycée PROCHE(4) textile, marinières,
            atelier de couture, ateliers de couture, couture française, toiles enduites
        """),
        products=_list("""
            chaussettes, collants, vêtements, draps, nappes, tissus, linge, pulls, chaussures,
            gants, jeans, matelas, couettes, rideaux, toiles, cordes, fils, serviettes, sacs,
            uniformes, literie, moquettes, rubans, fil à coudre, gants de travail, maillots,
            maillots de bain, bonnets, écharpes, couvertures, oreillers, doudous, tapis, tentures,
            sangles, parapluies, tentes, voiles, blouses, bas de contention, tissus techniques,
            fil à gants, paires de chaussettes, étamines, chemises, pantalons, culottes, cravates,
            feutre, feutres, toile de store, sacs à dos, chapeaux, bérets, mouchoirs en tissu,
            draps de lit, peignoirs, torchons
        """),
        foreign=_list("""
            textile industry, textile maker, weaving mill, spinning mill, Textilindustrie, Textilhersteller,
            Weberei*, Spinnerei*,
            fabric maker, garment maker, clothing maker, textiles, Stoffhersteller, Bekleidung*
        """),
        firms=_list("""
            Velcorex, Emanuel Lang, Bleuforêt, Le Coq Sportif, Lacoste, Petit Bateau, Dim, Le Slip français,
            1083, Kindy, Linvosges, Chantelle, Triumph, Kiplay, Jacquard Français, Garnier-Thiebaut,
            Schlumpf, Boussac, Bidermann, Manufacture de Layette, Le Minor, Saint James, Armor-Lux, Damart,
            Aigle, Porcher Industries, Chargeurs, Sioen, Balsan, Tarare, Texdecor, Decathlon, Eminence,
            Well, Dodo, Toison d'Or
        """),
    ),
    "chimie-materiaux": Trade(
        trades=_list("""
            chimiste, verrier, cimentier, tuilier, briquetier, céramiste, cosméticien, chaufournier
        """),
        weak=_list("""
            chlore, soude, pigments, argile, brique, azote, oxygène, argon, Seveso, réacteurs
            chimiques, solvant, isolant, liant, carreaux, chimie, chimiste, céramique, chimistes,
            graphite, biosourcé,
            colle, colles, tuile, tuiles, ciment, plâtre, formol, chimique, chimiques, engrais,
            pigment, mercure, enduit, mortier, gypse, amiante
        """),
        strong=_list("""
            poutrelles en béton, poutrelle en béton,
            industrie chimique, usine chimique, groupe chimique, chimiste industriel, plateforme
            chimique, site chimique, produits chimiques, peintures industrielles, vernis, adhésifs,
            cosmétiques industriels, fabricant de cosmétiques, engrais azotés, ammoniac, soude
            caustique, verrier, verriers, verre d'emballage, fabricant de verre, bouteilles en
            verre, ciment, cimentier, béton bas carbone, plâtre, plaques de plâtre, tuilerie,
            briqueterie, tuiles, isolation thermique, isolants biosourcés, céramiques techniques,
            PFAS, solvants, matériaux de construction, granulats, terres rares, chlorure, polymères
            fluorés, matériaux biosourcés, silicium, carrières de granulats, exploitant de
            carrières, usine de soude, silicones, classée Seveso, classé Seveso, classées Seveso,
            opérateur chimiste, opérateurs chimistes, produits d'entretien, gaz industriels,
            colorants, laboratoire cosmétique, produits de beauté, verre plat, vitrages, laine de
            verre, laine de roche, laine de bois, isolants en fibre, porcelaine technique, abrasifs,
            plaquiste industriel, groupe cosmétique, usine de cosmétiques, usine de chlore,
            chlorochimie, bougies parfumées, produits cosmétiques, feux d'artifice industriels,
            béton préfabriqué, pierre reconstituée, faïenceries industrielles, clinker, calcin,
            cimenterie, cimenteries, verrerie, verreries, verre creux, four verrier, verre fondu,
            carrelages, réfractaires, agent chimique, canalisation d'hydrogène, gaz rares, azote
            liquide, sels d'aluminium, carbonate de soude, résines époxy, liants hydrauliques,
            ciment bas carbone, matériau isolant, matériaux isolants, laine minérale, terre cuite,
            terres cuites, tuilier, tuiliers, briquetier, briquetiers, carrière industrielle,
            chaufournier, chaux industrielle, colorants alimentaires synthétiques, produits
            phytosanitaires, parachimie, pétrochimie, raffinage, chimie fine, chimie verte,
            savonnerie, savonneries, parfumeur industriel, verre électrochrome, verre usagé,
            céramiste industriel, membrane céramique, noir de carbone, fluorés,
            unité chimique, site chimique classé, usine de peinture, colles végétales,
            colle végétale, liant végétal, résine sans formol, lycée PROCHE(4) chimie,
            centrales à béton, centrale à béton, four électrique à verre, pigments industriels,
            chimie du fluor, coloriste industriel, granulats de carrière, exploitant de carrière,
            flacons pour la parfumerie, flaconnage de luxe en verre
        """),
        products=_list("""
            verre, ciment, béton, tuiles, briques, engrais, peintures, colles, détergents, lessives,
            savons, parfums, explosifs, isolants, céramiques, carrelages, plâtre, pigments,
            bouteilles en verre, chaux, produits cosmétiques, chlore, soude, crèmes, cosmétiques,
            shampoings, encres, adhésifs, solvants, ammoniac, allumettes,
            vitrages, miroirs, laine de verre, parpaings, pavés, dalles, bitume, ardoises, bocaux,
            ampoules pharmaceutiques en verre, abrasifs, meules,
            pigments bleus, colorants, granulats, plâtres, enduits, mortiers, isolants en chanvre,
            vernis, silicones, poteries, sanitaires, dalles de béton, tuyaux en béton,
            sels de bain, rouges à lèvres, mascaras, vitraux
        """),
        foreign=_list("""
            chemical industry, chemicals maker, chemical plant, glassmaker, cement maker, Chemie*,
            Glasindustrie, Zement*,
            glassworks, paint maker, chemicals, Glashütte*, Glashersteller, Keramikhersteller,
            Klebstoff*, Farbenhersteller, Ziegelei*
        """),
        masks=_list("""
            fabricant de verres de lunettes, verres de lunettes, verre de lunettes, verres correcteurs, verres optiques,
            verre de vin, verres de vin, verre à la main
        """),
        firms=_list("""
            Solvay, Syensqo, Arkema, BASF, Ineos, Inovyn, Saint-Gobain, Verallia, Vicat, Lafarge, Holcim,
            Novacarb, Vencorex, Kem One, Rhodia, Wienerberger, Terreal, O-I Glass, Arc International, Air
            Products, Seqens, Butachimie, Alsachimie, Weylchem, Knauf, Placoplatre, Isover, Tessenderlo,
            Tronox, Cray Valley, Bostik, Soudal, Davey Bickford, Titanobel, Nobel Explosifs, Cemex, Calcia,
            Eqiom, Corning, AGC, Sisecam, Pochet, Saverglass, Owens-Illinois, Borealis, Yara, Evonik,
            Wacker, Clariant, DuPont, Dow Chemical, Huntsman, Total Petrochemicals, Jacob Delafon, Villeroy
            & Boch, Ideal Standard, Allia, Imerys, Soprema, Rockwool, Ursa, Siniat, Bubendorf, Barpimo, PPG,
            AkzoNobel, Zolpan, Carbone Savoie, Mersen, Fibre Excellence, Afyren, Carbios, Plastipak,
            L'Oréal, Yves Rocher, Clarins, Sisley, Weleda, Roquette
        """),
    ),
}

#: Firms of the tables above that are also ordinary words, or sponsor, sell or are talked of as much as they make:
#: they count next to a word of their industry, or after a word that announces a firm.
ORDINARY = _list("""
    Lip, Roche, Omega, Tudor, Rado, Piaget, Dim, Kuhn, Lohr, Billion, Mahle, Opal, Atol, Citizen, Gautier,
    Fournier, Capitole, Triumph, Well, Dodo, Aigle, Tarare, Vrai, Pilote, Rapido, Jacob, Ravel, Engie,
    Orange, Sage, Opel, Smart, CAF, Moustache, VMC, Bost, Japy, Fives, Facom, Staub, Hager, Aoste, Evian,
    Vuarnet, Silhouette, Krys, Gilles, Ceva, Parrot, ATR, PPG, SAP, Yara, Total, Bosch, Exail, Maty, Bayer,
    Hartmann, Rians, Fossil, Dior, Chanel, Gucci, Cartier, Décathlon, Ikea, Decathlon, Lego, Microsoft,
    Tesla, Toyota, IBM, Nestlé, Danone, Renault, Peugeot, Kelton, Mercedes, Huawei, BMW, Nokia, SpaceX,
    Apple
""")

#: Who makes: one of these just before a product makes it the trade of the article.
MAKERS = _list("""
    travailler, travaillait, transformer, transforme, transformateur, transformation, vendre, fabricant,
    fabrication, fabrique, fabriquer, fabriqué, producteur, production, produire, produit, produira,
    constructeur, construire, usine, atelier, manufacture, industriel, industrie, spécialiste, spécialisé
    dans, spécialisée dans, concepteur, équipementier, fournisseur, sous-traitant, assemblage, assembler,
    assemble, assemblera, ligne de production, lignes, ligne, site de production, unité de production,
    leader, numéro un, champion, filière, société de, entreprise de, métier, presse, recycleur, recyclage,
    façonnier, façonnage, marque de, gigafactory, chaîne, moule, moulage, mouler, imprimer, commande,
    livraison, maker, manufacturer, plant, factory, Hersteller, Fabrik, Werk, conçoit,
    conçoivent, imprime, impriment, tisse, tissent, livrera, livreront,
    découper, découpe, tailler, tresser, tresse, polir, polit, injecter, injecte, assemblent, façonner,
    façonne, élaborer, élabore, conditionner, conditionne, embouteiller, embouteille, met au point,
    mis au point, mise au point, développer, développe, créateur de, inventeur de, usiner, extruder,
    extrude, tricoter, tricote, broder, brode, souder, soude, affiner, affine, réviser, révise, makes,
    make, stellt
""")

#: Words of the life of firms. They say that an article is news of an industry, whichever.
BUSINESS = _list("""
    usine, usines, site industriel, industriel, industrielle, industriels, industrie, entreprise, société,
    PME, ETI, start-up, groupe, filiale, holding, fabricant, fabrique, fabrication, production, atelier,
    ateliers, salariés, effectif, effectifs, emplois, embauche, embauches, embaucher, recrute, recruter,
    recrutement, recrutements, licenciement, licenciements, plan social, suppression de postes, postes,
    chômage partiel, activité partielle, redressement judiciaire, liquidation judiciaire, tribunal de
    commerce, tribunal des affaires économiques, tribunal des activités économiques, repreneur, reprise,
    rachat, racheter, acquisition, cession, acquéreur, actionnaire, investissement, investissements,
    investit, investir, millions d'euros, M€, chiffre d'affaires, ventes, commandes, carnet de commandes,
    clients, export, exportations, filière, fournisseurs, sous-traitants, sous-traitant, sous-traitance,
    capacité, ligne de production, chaîne, machines, presses, brevet, brevets, levée de fonds, PDG,
    directeur général, directeur industriel, dirigeant, patron, syndicat, syndicats, CGT, CFDT, FO, CFE-CGC,
    délégué syndical, grève, grévistes, comité social, relocalisation, réindustrialisation, implantation,
    extension, inaugure, inauguré, première pierre, adhérents, pôle de compétitivité, cluster, France 2030,
    Bpifrance, interprofession, coopérative, tonnes, savoir-faire, manufacture, made in France, laboratoire,
    centre technique, labellisés, factory, factories, plant, company, companies, firm, firms, workers,
    employees, jobs, staff, orders, suppliers, exports, layoffs, furlough, acquires, brands, makers,
    industry, business, manufacturing, insolvent, Werk, Mitarbeiter, Beschäftigten, Umsatz, Insolvenz,
    Übernahme, Standorte, Millionen Euro, Fabrik, Tochter, redressement, liquidation, repreneurs, faillite,
    dépôt de bilan, commercialise, commercialiser, commercialisation, production annuelle, chantier naval,
    contrat, contrats, commande, cadence, cadences, recherche et développement, R&D, innovation,
    modernisation, modernise, fermeture, ferme, marque, entreprise familiale, équipe de nuit, réacteur,
    centrale, équipe, constructeur, maison, unités, lignes, débouchés, rentable, croissance,
    site, prototype, reprendre, fonderie, papeterie, verrerie, scierie, laiterie, filature, tannerie, aciérie,
    plan de départs, départs volontaires, intérimaires, intérimaire, donneurs d'ordres,
    donneur d'ordres, donneurs d'ordre, tour de table, acquiert, rachète, licencie, licenciements secs,
    reclassements, organigramme, payroll, workshop, apprentices, investor, Beschäftigte, Stellen,
    Hersteller, Mutterkonzern, Insolvenzverfahren, Gewerkschaften, Kurzarbeit
""")

#: What a reader must know even when no event of the fourteen is said: work that stops, orders that dry up.
HARD_NEWS = _list("""
    activité partielle, chômage partiel, chômage technique, arrêt de production, production suspendue,
    production à l'arrêt, à l'arrêt, arrêter la production, séances de travail, jours chômés, semaine
    blanche, plan de charge, baisse des commandes, chute des commandes, commandes en baisse, recul des
    exportations, grève, débrayage, débrayages, grévistes, pénurie, rupture d'approvisionnement, contrat
    gelé, se diversifier, diversification, reconversion, dossier commun, furlough, short-time work, reduced
    hours, shorter hours, Kurzarbeit, lay off, must go, production halted, orders have dried up
""")

#: Phrases that mislead whatever the sector.
MASKS = _list("""
    guide Michelin, étoile Michelin, étoilé Michelin, étoiles Michelin, Première Ligue, Arkema Première
    Ligue, The Atlantic, Le Parisien, film de, musée Peugeot, Musée de l'Aventure Peugeot, Coupe Davis,
    stade Bonal, Peugeot 205, quartier de la Forge, rue de la Fonderie, place de la Fonderie, théâtre de
    la Fonderie, salle de la Fonderie, scène nationale La Filature, La Filature scène nationale,
    foire aux vins, route des vins, concours des vins, sous haute tension, spectacle à la Filature,
    concert à la Filature, théâtre de la Filature, salle Le Tissage
""")

#: The common names of industries: a sentence that lists many of them says who buys, not who makes.
INDUSTRIES = _list("""
    automobile, aéronautique, aérospatial, spatial, défense, médical, santé, pharmacie, pharmaceutique,
    luxe, horlogerie, lunetterie, jouet, téléphonie, énergie, nucléaire, agroalimentaire, agro-alimentaire,
    chimie, cosmétique, électronique, bâtiment, BTP, construction, ferroviaire, textile, bois, ameublement,
    plasturgie, métallurgie, mécanique, numérique, logistique, hydrogène, emballage, agriculture, tourisme,
    viticulture, électroménager, bijouterie, maroquinerie, sport, loisirs, connectique, télécoms, naval,
    microtechniques, micromécanique, mécanique de précision, composites, caoutchouc, verre, papier, oil
    & gas
""")

#: Kinds of news that are no industrial news, and the words that show them.
OTHER_NEWS: Mapping[str, tuple[str, ...]] = {
    "faits-divers": _list("""
        escroc, escroquerie, arnaque, faux vendeur, faux artisan, procureur, procureure, prison,
        prison ferme, interpellé, interpellés, interpellation, gendarmerie,
        gendarmes, policiers, police, cambriolage, cambriolages, cambrioleurs, cambrioleur, volés, volées,
        volé, voleur, voleurs, butin, braquage, malfaiteurs, garde à vue, tribunal correctionnel, cour
        d'assises, assises, prévenu, accusé, meurtre, agression, violences, stupéfiants, drogue, cannabis,
        condamné, condamnée, peine, pompiers, sapeurs-pompiers, incendie, a brûlé, ont brûlé, accident
        mortel, accident, collision, automobiliste, automobilistes, conducteur, choc frontal, percuté,
        blessé, blessés, mort, morts, tués, décès, disparu, disparition, radar, contresens, fait divers,
        faits divers, banditisme, mortiers, victime, victimes, excès de vitesse, noyade, avalanche,
        randonneur, secouru
    """),
    "justice": _list("avocat, avocate, avocats, verdict, procès, jurés, délibéré, plaidoirie, relaxe, appel"),
    "sport": _list("""
        match, Ligue 1, Ligue 2, penalty, gardien de but, buts, football, rugby, handball, basket,
        championnat, entraîneur, coach, FCSM, stade, mi-temps, victoire, défaite, cyclisme, tour de France,
        coureur, ski, biathlon, médaille, marathon, trail, tournoi, équipe de France, invaincu, qualifié,
        coupe de France, Ligue, spectateurs, affluence, quinté, tiercé, pronostics, tennis, sets, tennisman,
        demi-finale, finale, quart de finale, Jeux olympiques, JO, podium, vainqueur, Grand Prix, Formule 1,
        pilote, MotoGP, transfert, mercato, supporters
    """),
    "culture": _list("""
        exposition, expose, exposent, musée, musées, galerie, vernissage, festival, concert, théâtre,
        spectacle, cinéma, film, roman, livre, auteur, artiste, artistes, plasticien, plasticiens, peintre,
        sculpteur, résidence, orchestre, chorale, patrimoine, visite guidée, horloge astronomique, château,
        collection, siècle, billet, défilé, opéra
    """),
    "fete": _list("""
        vide-greniers, vide-grenier, brocante, buvette, buvettes, bénévoles, fête, fête du village, foire,
        kermesse, tombola, majorettes, marché de Noël, repas dansant, loto, entrée libre, exposants, journée
        à l'ancienne, défilé costumé, stands, carnaval, bal, feu d'artifice, passionnés, balade, balades,
        randonnée
    """),
    "meteo": _list("""
        vigilance, vigilance orange, vigilance jaune, Météo-France, orages, orage, averses, grêle, neige,
        verglas, canicule, rafales, inondations, crue, crues, tempête, températures, précipitations,
        sécheresse
    """),
    "sante-soins": _list("""
        centre de santé, maison de santé, généralistes, généraliste, médecins, médecin, consultation,
        consultations, désert médical, urgences, hôpital, Ehpad, vaccination, dose, gestes barrières, ARS,
        épidémie, covid-19, curistes, cure, thermes, spa, patientes, chirurgie esthétique, chirurgien
        plastique, chirurgiens, instituts de beauté, lèvres, Ordre des médecins, soignants, infirmières,
        aide à domicile
    """),
    "politique": _list("""
        maire, élections, municipales, candidat, candidats, conseil municipal, conseil général, conseil
        départemental, conseil communautaire, adjointe, opposition, élus, impôts, commune, budget municipal,
        préfet, sénateur, député, subvention municipale
    """),
    "statistiques": _list("""
        taux de chômage, chômage, demandeurs d'emploi, Pôle emploi, France Travail, Insee, Dreets, inscrits,
        catégorie A, trimestre, indicateur, population, recensement, emploi salarié, prix de l'immobilier
    """),
    "nature": _list("""
        rivière, rivières, berges, détritus, déchets, mégots, nettoyage, nettoyé, ramasser, ramassage,
        bénévoles, volontaires, association, écoliers, pêcheurs, bord de l'eau, kayak, promeneurs,
        biodiversité, espèces
    """),
    "transport": _list("""
        vols quotidiens, desserte, usagers, horaires, ligne aérienne, navette, billets, voyageurs, gare,
        passagers, autoroute, circulation, bouchons, travaux de voirie, péage
    """),
    "guerre": _list("""
        guerre, guerre en Ukraine, Ukraine, ukrainien, ukrainiens, Kiev, russe, russes, Russie, Israël,
        Iran, Gaza, frappes, frappe, bombardement, bombardements, front, cessez-le-feu, troupes, offensive,
        otages, soldats, militaires, missiles, Otan, invasion, armée, raid, coup d'État
    """),
    "encheres": _list("""
        enchères, vente aux enchères, Sotheby's, Christie's, hôtel des ventes, commissaire-priseur,
        dispersés, adjugé, brocanteur, antiquaire,
        lots, collectionne, grenier
    """),
    "commerce": _list("""
        enseigne, boutique, magasin, commerçant, commerçante, soldes, centre-ville, vitrine, fonds de commerce,
        local à louer, tout doit disparaître, supermarché, hypermarché, galerie marchande, zone commerciale,
        ouverture dominicale, caissière, prend sa retraite
    """),
    "table": _list("""
        restaurant, restaurateur, restauratrice, bistrot, menu, cuisine, recettes de cuisine, traiteur, pizzeria,
        convives, terrasse, deux serveurs, boulangerie du village, étoilé, table d'hôtes, food-truck
    """),
    "logement": _list("""
        mètre carré, notaires, studios, locataires, appartements, immobilier, agences immobilières, bailleur social,
        taux de crédit, primo-accédants, piscine municipale, maîtres-nageurs
    """),
    "ecole": _list("""
        collège, écoliers, kermesse, cantine, parents d'élèves, brevet des collèges, maternelle, périscolaire,
        rentrée des classes, sortie scolaire, baccalauréat
    """),
    "armes": _list("""
        colonel, lieutenant-colonel, régiment, étendard, place d'armes, anciens combattants, prise d'armes,
        gerbe, légionnaires, battues, sanglier
    """),
    "people": _list("""
        animateur, chanteur, chanteuse, acteur, actrice, série, émission, télévision, podcast, influenceur,
        people, Fashion week, best of, carrière
    """),
    "nation": _list("""
        ministre de l'Intérieur, Assemblée nationale, Sénat, motion de censure, président de la République,
        Premier ministre, retraites, présidentielle, législatives, député, Donald Trump, Trump, gouvernement
    """),
}
