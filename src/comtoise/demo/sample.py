"""A week of invented news, and its digest.

Companies, outlets and events are fictional; the places are real kinds of places for these trades.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from comtoise.digests import Schedule, compose, slot_named, week_of
from comtoise.digests.composition import PARIS
from comtoise.model import (
    Amount,
    Digest,
    Jobs,
    Match,
    SignalSlots,
    Slot,
    Story,
    StoryArticle,
    Subscription,
    TopicKind,
    Week,
)

LABELS = {
    "microtechniques": "Microtechniques",
    "horlogerie-luxe": "Horlogerie et luxe",
    "plasturgie": "Plasturgie",
    "sante": "Santé",
    "bois": "Bois et ameublement",
    "energie": "Énergie",
}
_SIGNALS = {
    "investissement": "Investissement",
    "levee-de-fonds": "Levée de fonds",
    "extension": "Extension de site",
    "recrutement": "Recrutement",
    "procedure-collective": "Redressement, liquidation",
    "suppression-emplois": "Suppressions d’emplois",
    "innovation-brevet": "Innovation, brevet",
    "prix-distinction": "Prix, label",
}
_MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)
_OUTLETS = (
    "Le Courrier du Lison",
    "La Gazette des Combes",
    "Radio Val-de-Loue",
    "L’Écho des plateaux",
    "Haut-Doubs Éco",
)


def sample_digest(key: str = "2026-W49") -> Digest:
    """Return the digest of a week (« 2026-W49 ») or of a day of it (« 2026-11-25 »).

    Raises:
        ValueError: the key names neither, or a period without invented news.
    """
    slot = slot_named(key, schedule=Schedule(), tz=PARIS)
    everything = Subscription(reader_id=0)
    weeks = tuple(_former_week(slot, n) for n in range(11, 0, -1))
    digest = compose(
        sample_stories(),
        everything,
        slot,
        labels=LABELS,
        filtered=312 if "W" in key else 47,
        zone="Bourgogne-Franche-Comté",
        weeks=(*weeks, week_of(sample_stories(), everything, slot, PARIS)) if "W" in key else (),
    )
    if digest is None:
        raise ValueError(f"no invented news for {key}")
    return digest


def sample_stories() -> tuple[Story, ...]:
    """Return the invented stories of the week of 23 November 2026, one every five hours."""
    return tuple(_story(n, news) for n, news in enumerate(_NEWS))


def _former_week(slot: Slot, ago: int) -> Week:
    """An invented week before that of the stories: a little different each, the same every time."""
    sectors = {sector: 1 + (ago * 7 + place * 5) % 4 for place, sector in enumerate(LABELS)}
    return Week(
        start=slot.since.astimezone(PARIS).date() - timedelta(days=7 * ago),
        stories=sum(sectors.values()),
        sectors=sectors,
        departements={
            code: 1 + (ago * 3 + place * 2) % 4 for place, code in enumerate(("01", "25", "39", "70", "90"))
        },
        invested=4_000_000 + ago * 700_000,
        created=20 + ago * 4,
        cut=(ago * 11) % 30,
        sites=ago % 3,
        procedures=(ago + 1) % 3,
    )


@dataclass(frozen=True, slots=True)
class _News:
    title: str
    sector: str
    departement: str
    commune: str
    insee: str
    extract: str = ""
    company: str = ""
    signal: str = ""
    money: float = 0
    role: str = "investissement"
    jobs: int = 0
    job_role: str = "created"
    also: int = 0
    worth: int = 1
    date: str = ""


_NEWS = (
        _News(
            "Aubrisse Plasturgie investit 12,5 millions d’euros et crée 40 emplois à Oyonnax",
            "plasturgie", "01", "Oyonnax", "01283",
            extract="Le fabricant de flacons ajoute un atelier de 4 200 m² et onze presses électriques. "
            "La première ligne doit tourner à l’automne prochain.",
            company="Aubrisse Plasturgie", signal="investissement", money=12.5e6, jobs=40, also=4, worth=2,
        ),
        _News(
            "Microlys lève 3,2 M€ pour ses capteurs de la taille d’un grain de riz",
            "microtechniques", "25", "Besançon", "25056",
            extract="La jeune pousse, née dans un laboratoire de la ville, équipera des pompes à insuline.",
            company="Microlys", signal="levee-de-fonds", money=3.2e6, role="levee", also=2, worth=2,
        ),
        _News(
            "La lunetterie Grandvaux-Pernet placée en redressement judiciaire, 68 salariés concernés",
            "horlogerie-luxe", "39", "Morez", "39368",
            extract="Le tribunal de commerce a ouvert une période d’observation de six mois.",
            company="Grandvaux-Pernet", signal="procedure-collective", also=1, worth=2,
            date="le 9 décembre 2026",
        ),
        _News(
            "Scierie Combe-Noire : un séchoir et une chaudière biomasse pour 1,8 million d’euros",
            "bois", "39", "Champagnole", "39097",
            company="Combe-Noire", signal="investissement", money=1.8e6, worth=2,
        ),
        _News(
            "Ortholine ouvre un second site et annonce 25 recrutements",
            "sante", "70", "Vesoul", "70550",
            extract="Le fabricant de prothèses double sa surface de salle blanche.",
            company="Ortholine", signal="extension", jobs=25, also=1, worth=2,
            date="le 15 janvier",
        ),
        _News(
            "Décolletage : Valserine Précision supprime 18 postes",
            "microtechniques", "01", "Valserhône", "01033",
            company="Valserine Précision", signal="suppression-emplois", jobs=18, job_role="cut", worth=2,
        ),
        _News(
            "À Morteau, la manufacture Jeandot dépose un brevet d’échappement sans lubrifiant",
            "horlogerie-luxe", "25", "Morteau", "25411",
            company="Jeandot", signal="innovation-brevet", worth=1,
        ),
        _News("Le lycée de Saint-Claude ouvre une formation d’outilleur-mouliste",
               "plasturgie", "39", "Saint-Claude", "39478"),
        _News("Un démonstrateur d’hydrogène vert en service près de Belfort",
               "energie", "90", "Belfort", "90010", also=1),
        _News("Recyclage des plastiques : trois plasturgistes partagent leur ligne de broyage",
               "plasturgie", "01", "Bellignat", "01031"),
        _News("Salle blanche mutualisée : les inscriptions sont ouvertes",
               "microtechniques", "25", "Besançon", "25056"),
        _News("Le polisseur Tournier & Fils décroche un label d’excellence",
               "horlogerie-luxe", "25", "Charquemont", "25127",
               company="Tournier & Fils", signal="prix-distinction"),
        _News("Ambulances connectées : un essai clinique lancé au centre hospitalier",
               "sante", "25", "Pontarlier", "25462"),
        _News("Petit jouet, grand froid : la tournerie des Moussières rouvre",
               "bois", "39", "Les Moussières", "39373"),
    )  # fmt: skip


def _story(n: int, news: _News) -> Story:
    seen = _MONDAY + timedelta(hours=5 * n)
    articles = [
        StoryArticle(
            article_id=f"{n}-{i}",
            url=f"https://journal-{(n + i) % len(_OUTLETS)}.example/2026/11/article-{n}",
            title=news.title,
            source_id=f"journal-{(n + i) % len(_OUTLETS)}",
            source_name=_OUTLETS[(n + i) % len(_OUTLETS)],
            published=seen - timedelta(minutes=20),
            first_seen=seen + timedelta(hours=i),
            extract=news.extract,
            paywalled=n % 5 == 3,
            because="même événement" if i else None,
        )
        for i in range(1 + news.also)
    ]
    return Story(
        id=f"exemple-{n}",
        lead=articles[0],
        others=tuple(articles[1:]),
        matches=tuple(_matches(news)),
        worth=news.worth,
        first_seen=seen,
        last_seen=articles[-1].first_seen,
    )


def _matches(news: _News) -> Iterator[Match]:
    yield _match(TopicKind.SECTOR, news.sector, LABELS[news.sector])
    yield _match(TopicKind.DEPARTEMENT, news.departement, news.departement)
    yield _match(TopicKind.COMMUNE, news.insee, news.commune)
    if news.company:
        yield _match(TopicKind.COMPANY, news.company.lower().replace(" ", "-"), news.company)
    if news.signal:
        slots = SignalSlots(
            amount=Amount(value=news.money, currency="EUR", role=news.role) if news.money else None,
            jobs=Jobs(count=news.jobs, role=news.job_role) if news.jobs else None,
            company=news.company or None,
            place=news.insee,
            date=news.date or None,
        )
        yield _match(TopicKind.SIGNAL, news.signal, _SIGNALS[news.signal], slots)


def _match(kind: TopicKind, topic: str, label: str, slots: SignalSlots | None = None) -> Match:
    return Match(kind=kind, topic=topic, score=0.9, evidence=(), label=label, slots=slots)
