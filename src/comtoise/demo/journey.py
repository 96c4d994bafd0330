"""``comtoise demo``: the whole way of an article, offline, on the invented newsroom, with a check at the end.

Everything is the service's own: its collector polls over HTTP, its bot talks to a Bot API server on loopback
through python-telegram-bot, its mail goes to a real SMTP server. Only the two moments between which the
newsroom publishes, and the slots that are struck, are the demo's choice.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pydantic import SecretStr
from rich.console import Console
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from comtoise import logs
from comtoise.config import Config, Secrets, load_config
from comtoise.delivery.text import digest_text
from comtoise.demo.botapi import BotApiServer
from comtoise.demo.kinds import lost_facts, register_table, unread_sitemaps
from comtoise.demo.mailbox import Mailbox, parsed
from comtoise.demo.newsroom import Newsroom
from comtoise.demo.sites import newsroom_dir
from comtoise.digests import sample_slot
from comtoise.i18n import _
from comtoise.model import Channel, Rhythm, SourceKind, Story, Subscription, TopicKind
from comtoise.service.understanding import drain
from comtoise.service.wiring import Desk, build_desk
from comtoise.store import Database, articles, outbox, readers, stories
from comtoise.stories import canonical_url
from comtoise.text.fold import fold
from comtoise_bot.application import polling
from comtoise_crawler.collector import collector_for
from comtoise_crawler.report import Report

CHAT = 1001  #: the demo's reader on Telegram
MAIL = "lectrice@exemple.fr"
MONTH = timedelta(days=31)
OLDEST = timedelta(days=365 * 20)  #: some pages of the newsroom are old on purpose
ALL_DAY = """
base_de_donnees: demo.sqlite
courriel:
  expediteur_nom: Comtoise (démonstration)
  expediteur_adresse: veille@comtoise-demo.fr
  identite_postale: Comtoise, démonstration hors ligne
"""


@dataclass
class Checks:
    """What was expected, and whether it came."""

    failed: list[str] = field(default_factory=list)
    passed: int = 0

    def expect(self, holds: bool, what: str) -> None:
        """Note an expectation."""
        if holds:
            self.passed += 1
        else:
            self.failed.append(what)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What the demo plays with."""

    output: Path
    newsroom: Newsroom
    telegram: BotApiServer
    mailbox: Mailbox
    config: Config
    database: Database
    desk: Desk
    console: Console
    checks: Checks


async def play(output: Path, console: Console) -> Checks:
    """Play the demo; files go to *output*, words to *console*. The checks say whether all arrived."""
    logs.set_up("warning")
    logging.getLogger("mail.log").setLevel(logging.ERROR)
    output.mkdir(parents=True, exist_ok=True)
    for old in ("demo.sqlite", "demo.sqlite-wal", "demo.sqlite-shm", "demo.sqlite.witness"):
        (output / old).unlink(missing_ok=True)
    newsroom = Newsroom(newsroom_dir(), datetime.now(UTC))
    with Mailbox() as mailbox:
        async with newsroom, BotApiServer() as telegram:
            config_path = output / "config.yaml"
            config_path.write_text(newsroom.config_yaml(extra=ALL_DAY), encoding="utf-8")
            config = load_config(config_path)
            database = Database.open(f"sqlite:///{output / 'demo.sqlite'}")
            database.upgrade()
            secrets = Secrets(
                telegram_bot_token=SecretStr(telegram.token),
                telegram_api_url=telegram.url,
                smtp_url=SecretStr(mailbox.url),
            )
            scene = Scene(
                output=output,
                newsroom=newsroom,
                telegram=telegram,
                mailbox=mailbox,
                config=config,
                database=database,
                desk=build_desk(config, secrets, database),
                console=console,
                checks=Checks(),
            )
            try:
                await _scenes(scene)
            finally:
                database.close()
            return scene.checks


async def _scenes(scene: Scene) -> None:
    say = scene.console.print
    say(
        Panel(
            _(
                "Une rédaction imaginaire de {n} sites est ouverte sur cette machine. Comtoise va la relever deux "
                "fois, comprendre chaque article, et servir deux lecteurs : Telegram et courriel."
            ).format(n=len(scene.newsroom.sites)),
            title="Comtoise",
        )
    )
    await _first_poll(scene)
    if scene.desk.bot is None:
        raise RuntimeError("the demo gives the bot a token")
    async with polling(scene.desk.bot.application):
        await _onboarding(scene)
        await _second_poll(scene)
        await _digests(scene)
    _told(scene)
    _register(scene)
    _filtered(scene)
    _files(scene)


async def _first_poll(scene: Scene) -> None:
    """All that the newsroom published in four weeks: kept, understood, and nobody is disturbed."""
    reports = await collector_for(scene.config, scene.database).once()
    drain(scene.desk.understander)
    scene.console.print(_sources_table(scene, reports, _("Premier relevé : tout est lu, rien n’alerte")))
    published = len(scene.newsroom.on_line())
    found = sum(report.new for report in reports)
    scene.checks.expect(all(report.ok for report in reports), _("toutes les sources sont lues"))
    kinds = {card.kind for card in scene.config.sources()}
    scene.checks.expect(kinds == set(SourceKind), _("chaque genre de source est relevé"))
    unread = unread_sitemaps(scene.newsroom)
    scene.checks.expect(
        not unread, _("l’index mène à chaque plan du site ; jamais lu : {names}").format(names=unread)
    )
    scene.checks.expect(
        found == published, _("{found} articles gardés sur {n} publiés").format(found=found, n=published)
    )
    with scene.database.read() as tx:
        waiting = sum(outbox.counts(tx).values())
    scene.checks.expect(waiting == 0, _("le premier relevé n’alerte personne"))


async def _onboarding(scene: Scene) -> None:
    """A newcomer meets the bot, and a mail reader is registered."""
    telegram = scene.telegram
    await telegram.user_says(CHAT, "/start")
    await telegram.until(lambda: telegram.chat(CHAT).from_bot)
    shown = telegram.chat(CHAT).last
    scene.checks.expect(bool(shown.buttons), _("/start propose des boutons"))
    now = datetime.now(UTC)
    with scene.database.write() as tx:
        reader, _new = readers.register(tx, Channel.TELEGRAM, str(CHAT), now=now)
        readers.save(
            tx,
            Subscription(
                reader_id=reader.id,
                rhythms=frozenset(Rhythm),
                quiet_from=None,
                quiet_to=None,
                alerts_per_day=10,
            ),
        )
        mail_reader, _new = readers.register(tx, Channel.MAIL, MAIL, now=now)
        readers.save(tx, Subscription(reader_id=mail_reader.id, rhythms=frozenset({Rhythm.WEEKLY})))


async def _second_poll(scene: Scene) -> None:
    """Three new items and one edited title: alerts for the first, silence for the second."""
    scene.newsroom.advance(2)
    seen = len(scene.newsroom.requests)
    reports = await collector_for(scene.config, scene.database).once()
    drain(scene.desk.understander)
    await scene.desk.sender.drain()
    scene.console.print(
        _sources_table(scene, reports, _("Second relevé : trois nouveautés, un titre corrigé"))
    )
    statuses = [request.status for request in scene.newsroom.requests[seen:]]
    fresh = [item for item in scene.newsroom.on_line() if item.stage == 2]
    scene.checks.expect(
        sum(report.new for report in reports) == len(fresh),
        _("{n} nouveaux articles au second relevé").format(n=len(fresh)),
    )
    scene.checks.expect(sum(report.edited for report in reports) == 1, _("un titre corrigé est suivi"))
    scene.checks.expect(statuses.count(304) >= 4, _("les sites inchangés répondent « inchangé » (304)"))
    alerts = [
        message for message in scene.telegram.chat(CHAT).from_bot if any(b.url for b in message.buttons)
    ]
    expected = {item.url for item in fresh if item.expected.worth > 0}
    sent = {button.url for message in alerts for button in message.buttons if button.url}
    scene.checks.expect(
        len(alerts) == len(expected) and _same_pages(sent, expected),
        _("{n} alertes, une par nouveauté").format(n=len(expected)),
    )
    for message in alerts:
        body = Text(message.text)
        for row in message.rows:
            body.append("\n" + "  ".join(f"[ {button.text} ]" for button in row), style="cyan")
        scene.console.print(Panel(body, title=_("L’alerte, dans Telegram"), width=76))


async def _digests(scene: Scene) -> None:
    """The clock strikes: a morning and a Monday."""
    now = datetime.now(UTC)
    before = len(scene.telegram.chat(CHAT).from_bot)
    for rhythm in (Rhythm.DAILY, Rhythm.WEEKLY):
        scene.desk.striker.strike(sample_slot(rhythm, now=now, tz=scene.config.timezone))
    await scene.desk.sender.drain()
    told = scene.telegram.chat(CHAT).from_bot[before:]
    scene.checks.expect(len(told) == 2, _("un résumé du jour et un résumé de la semaine dans Telegram"))
    scene.checks.expect(scene.mailbox.recipients == [MAIL], _("un courriel de la semaine, un seul"))
    with scene.database.read() as tx:
        counts = outbox.counts(tx)
    scene.checks.expect(
        {state.value for state in counts} == {"sent"}, _("rien ne reste dans la boîte d’envoi")
    )


def _told(scene: Scene) -> None:
    """The stories of four weeks: one line each, why, and who else tells them."""
    now = datetime.now(UTC)
    with scene.database.read() as tx:
        found = stories.between(tx, now - MONTH, now + timedelta(days=1), worth_min=1)
    table = Table(title=_("Les histoires, une fois chacune ({n})").format(n=len(found)), show_lines=True)
    for column in (_("Histoire"), _("Sujet et lieu"), _("Pourquoi"), _("Aussi chez")):
        table.add_column(column, ratio=1)
    for story in sorted(found, key=lambda s: (-s.worth, -len(s.others)))[:24]:
        table.add_row(
            story.lead.title, _topics(story), _reasons(story), ", ".join(a.source_name for a in story.others)
        )
    scene.console.print(table)
    _check_events(scene, found)


def _check_events(scene: Scene, found: Iterable[Story]) -> None:
    """One event is one story, two affairs of one company stay two."""
    story_of = {_page(article.url): story.id for story in found for article in (story.lead, *story.others)}
    events: dict[str, set[str]] = {}
    for item in scene.newsroom.on_line():
        if item.expected.event and _page(item.url) in story_of:
            events.setdefault(item.expected.event, set()).add(story_of[_page(item.url)])
    split = sorted(event for event, ids in events.items() if len(ids) > 1)
    scene.checks.expect(not split, _("un événement, une histoire ; séparés : {names}").format(names=split))
    owners: dict[str, set[str]] = {}
    for event, ids in events.items():
        for story_id in ids:
            owners.setdefault(story_id, set()).add(event)
    merged = sorted(" + ".join(sorted(names)) for names in owners.values() if len(names) > 1)
    scene.checks.expect(
        not merged, _("deux affaires restent deux histoires ; confondues : {names}").format(names=merged)
    )


def _register(scene: Scene) -> None:
    """The notices of the official register, and whether their articles say all of it."""
    items = scene.newsroom.on_line()
    scene.console.print(register_table(items))
    with scene.database.read() as tx:
        kept = {_page(article.url or ""): article for article, _worth in articles.understood_all(tx)}
    lost = lost_facts(items, {item.url: kept[_page(item.url)] for item in items if _page(item.url) in kept})
    scene.checks.expect(
        not lost,
        _("le registre donne société, SIREN, tribunal et jugement ; perdu : {names}").format(names=lost),
    )


def _filtered(scene: Scene) -> None:
    """What was read and not told, with the reason; and the check of every label."""
    with scene.database.read() as tx:
        kept = {_page(article.url or ""): (article, worth) for article, worth in articles.understood_all(tx)}
        now = datetime.now(UTC)
        stories_told = stories.between(tx, now - OLDEST, now + timedelta(days=1), worth_min=1)
    told = {_page(article.url) for story in stories_told for article in (story.lead, *story.others)}
    table = Table(title=_("Écarté, et pourquoi"), show_lines=False)
    table.add_column(_("Article"), ratio=3)
    table.add_column(_("Raison"), ratio=2)
    let_through: list[str] = []
    lost: list[str] = []
    rows = 0
    for item in scene.newsroom.on_line():
        article, worth = kept.get(_page(item.url), (None, 0))
        if article is None:
            lost.append(item.slug)
            continue
        if item.expected.worth == 0 and worth > 0:
            let_through.append(item.slug)
        if item.expected.worth == 2 and _page(item.url) not in told:
            lost.append(item.slug)
        if worth == 0 and rows < 14:
            rows += 1
            table.add_row(item.title, item.trap or _("aucune filière, ou pas de fait d’entreprise"))
    scene.console.print(table)
    scene.checks.expect(not let_through, _("le bruit est écarté ; passé : {names}").format(names=let_through))
    scene.checks.expect(not lost, _("rien d’important n’est perdu ; perdu : {names}").format(names=lost))


def _files(scene: Scene) -> None:
    """The mail and the digests, to be looked at."""
    for raw in scene.mailbox.messages:
        message = parsed(raw)
        (scene.output / "hebdomadaire.eml").write_bytes(raw)
        html = message.get_body(preferencelist=("html",))
        text = message.get_body(preferencelist=("plain",))
        scene.checks.expect(html is not None and text is not None, _("le courriel a ses deux formes"))
        if html is not None and text is not None:
            (scene.output / "hebdomadaire.html").write_text(html.get_content(), encoding="utf-8")
            (scene.output / "hebdomadaire.txt").write_text(text.get_content(), encoding="utf-8")
        scene.console.print(_("Courriel envoyé : « {subject} »").format(subject=message["Subject"]))
    transcript = "\n".join(scene.telegram.chat(CHAT).transcript())
    (scene.output / "telegram.txt").write_text(transcript, encoding="utf-8")
    with scene.database.read() as tx:
        slot = sample_slot(Rhythm.DAILY, now=datetime.now(UTC), tz=scene.config.timezone)
        digest = scene.desk.striker.preview(tx, Subscription(reader_id=0), slot, scene.config.timezone)
    if digest is not None:
        (scene.output / "quotidien.txt").write_text(digest_text(digest), encoding="utf-8")
    names = ("hebdomadaire.html", "hebdomadaire.eml", "hebdomadaire.txt", "quotidien.txt", "telegram.txt")
    for name in names:
        scene.checks.expect((scene.output / name).exists(), name)
    files = Table(title=_("À regarder"), show_header=False)
    for name in (*names, "config.yaml", "demo.sqlite", "demo.sqlite.witness"):
        files.add_row(str(scene.output / name))
    scene.console.print(files)


def _sources_table(scene: Scene, reports: Iterable[Report], title: str) -> Table:
    kinds = {
        SourceKind.FEED: _("flux"),
        SourceKind.LISTING: _("page"),
        SourceKind.SITEMAP: _("plan du site"),
        SourceKind.WORDPRESS: "WordPress",
        SourceKind.BODACC: "BODACC",
    }
    names = {card.id: (card.name, kinds[card.kind]) for card in scene.config.sources()}
    table = Table(title=title)
    for column in (_("Source"), _("Genre"), _("Réponse"), _("Entrées"), _("Nouvelles"), _("Corrigées")):
        table.add_column(column)
    for report in reports:
        name, kind = names[report.source]
        state = _("inchangée") if report.unchanged else report.error or _("lue")
        table.add_row(
            name, kind, f"{report.status or ''} {state}", str(report.entries or ""), str(report.new or ""),
            str(report.edited or ""),
        )  # fmt: skip
    return table


def _topics(story: Story) -> str:
    wanted = (TopicKind.SECTOR, TopicKind.CLUSTER, TopicKind.SIGNAL, TopicKind.COMMUNE, TopicKind.DEPARTEMENT)
    return " · ".join(m.label or m.topic for kind in wanted for m in story.matches if m.kind is kind)


def _reasons(story: Story) -> str:
    """The words that spoke for its sectors and clusters, each once."""
    words: dict[str, str] = {}
    for match in story.matches:
        if match.kind in (TopicKind.SECTOR, TopicKind.CLUSTER):
            for evidence in match.evidence:
                words.setdefault(fold(evidence.words), evidence.words)
    return ", ".join(list(words.values())[:5])


def _page(url: str) -> str:
    """One form of an address, for comparisons inside the demo."""
    return canonical_url(url) or url


def _same_pages(one: Iterable[str | None], other: Iterable[str]) -> bool:
    return {_page(url) for url in one if url} == {_page(url) for url in other}
