"""The one place where real things are built and put together."""

import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from comtoise.config import Config, Secrets
from comtoise.delivery.channel import ChannelSender
from comtoise.delivery.console import ConsoleChannel
from comtoise.delivery.mail.compose import MailSettings
from comtoise.delivery.mail.links import Links
from comtoise.delivery.mail.server import SmtpServer
from comtoise.delivery.mail.signing import Signer
from comtoise.delivery.mail.smtp import SmtpChannel
from comtoise.delivery.sender import Sender
from comtoise.digests import Schedule
from comtoise.errors import ConfigError, InputError
from comtoise.i18n import _
from comtoise.model import Channel, Delivery, Outcome, Rhythm, Source, Subscription
from comtoise.service.bot import BotProcess, Teller, Webhook
from comtoise.service.newsroom import FileNewsroom
from comtoise.service.striking import DigestDesk, Striker
from comtoise.service.understanding import Understander
from comtoise.store import Database, keys, outbox, readers
from comtoise.store.witness import Witness, mark
from comtoise.topics import Rules, compile_rules
from comtoise.web import hubs
from comtoise.web.application import application
from comtoise.web.readers import Desk as ReadersDesk
from comtoise.web.readers import ReaderPages
from comtoise.web.server import WebServer
from comtoise_bot.bureau import Bureau
from comtoise_bot.catalogue import Catalogue
from comtoise_bot.desk import BotDesk


def now() -> datetime:
    """The service's clock."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The parts of a running service."""

    database: Database
    cards: Mapping[str, Source]
    understander: Understander
    striker: Striker
    sender: Sender
    bot: BotProcess | None
    web: WebServer | None
    channels: Sequence[Channel]
    alert_max_age: timedelta


class StoredOutbox:
    """The outbox's tables as the sender wants them: each call one transaction."""

    def __init__(self, database: Database, channels: Sequence[Channel]) -> None:
        self._database = database
        self._channels = [channel.value for channel in channels]
        self._witness = Witness(database)

    def claim(self, now: datetime, limit: int, closed: Collection[Channel] = ()) -> Sequence[Delivery]:
        """Take due rows of the channels we have, but those."""
        channels = [name for name in self._channels if name not in closed]
        with self._database.write() as tx:
            return outbox.claim(tx, now, limit=limit, channels=channels)

    def closed(self, channel: Channel, reason: str, now: datetime) -> None:
        """Have the desk told that a channel lets nothing through."""
        with self._database.write() as tx:
            outbox.tell_closed(tx, channel, reason, now=now)

    def leaves(self, delivery_id: int, now: datetime) -> bool:
        """Note that a row is about to leave; False when it must not any more."""
        with self._database.write() as tx:
            return outbox.leaves(tx, delivery_id, now=now)

    def settle(self, delivery_id: int, outcome: Outcome, now: datetime) -> None:
        """Write how a row ended."""
        with self._database.write() as tx:
            outbox.settle(tx, delivery_id, outcome, now=now)
            mark(tx, now)
        self._witness.saw(now)


def take_over(desk: Desk, config: Config) -> None:
    """Let a running service work with another configuration, from the next article, digest and message on.

    Where pages are served, how mails are sent and which database it is are settled at the start.
    """
    rules = rules_of(config)  # what takes long, and may fail, before anything changes
    desk.understander.use(rules, cards_of(config), alert_max_age=timedelta(hours=config.alerts.max_age_hours))
    desk.striker.use(digest_desk(config))
    if desk.bot is not None:
        desk.bot.desk.use(
            catalogue_of(config),
            schedule_of(config),
            newcomer_of(config),
            operator_of(config),
            cards=cards_of(config),
            administrators=frozenset(config.admins),
        )


def build_desk(
    config: Config,
    secrets: Secrets,
    database: Database,
    *,
    config_path: Path | None = None,
    may_send: Callable[[], bool] = lambda: True,
) -> Desk:
    """Build everything but the collector, which is a process of its own.

    Without a bot token, a reader on the console follows everything, so that a first run shows something.

    Args:
        config_path: The file of *config*, for the administrators who change it from the bot.
    """
    bot = build_bot(config, secrets, database, config_path)
    channels: list[ChannelSender] = []
    if bot is not None:
        channels.append(bot.channel)
    else:
        channels.append(ConsoleChannel(sys.stdout))
        with database.write() as tx:
            reader, new = readers.register(tx, Channel.CONSOLE, "console", now=now())
            if new:
                readers.save(tx, Subscription(reader_id=reader.id, rhythms=frozenset(Rhythm)))
    if secrets.smtp_url is not None:
        links = links_of(config, database)
        signer = signer_of(config, secrets)
        channels.append(build_mail(config, secrets.smtp_url.get_secret_value(), links, signer))
    names = [channel.channel for channel in channels]
    understander = build_understander(config, database)
    return Desk(
        database=database,
        cards=understander.cards,
        understander=understander,
        striker=build_striker(config, database),
        sender=Sender(StoredOutbox(database, names), channels, clock=now, may_send=may_send),
        bot=bot,
        web=build_web(config, secrets, database, bot.webhook if bot is not None else None),
        channels=names,
        alert_max_age=timedelta(hours=config.alerts.max_age_hours),
    )


def build_understander(config: Config, database: Database) -> Understander:
    """What reads articles with the desk's words."""
    return Understander(
        database,
        rules_of(config),
        cards_of(config),
        alert_max_age=timedelta(hours=config.alerts.max_age_hours),
    )


def rules_of(config: Config) -> Rules:
    """The desk's words, compiled."""
    return compile_rules(config.knowledge(), departements=config.departements())


def cards_of(config: Config) -> dict[str, Source]:
    """The sources followed, by id."""
    return {card.id: card for card in config.sources()}


def build_striker(config: Config, database: Database) -> Striker:
    """What composes digests."""
    return Striker(database, digest_desk(config))


def digest_desk(config: Config) -> DigestDesk:
    """What composing needs of the configuration."""
    return DigestDesk(
        schedule=schedule_of(config),
        labels={sector.id: sector.label for sector in config.knowledge().sectors},
        zone=catalogue_of(config).territory(Subscription(reader_id=0)),
    )


def build_bot(
    config: Config, secrets: Secrets, database: Database, config_path: Path | None = None
) -> BotProcess | None:
    """The bot, when there is a token.

    Raises:
        ConfigError: Telegram is to call, and no page is served where it could.
    """
    if secrets.telegram_bot_token is None:
        return None
    with database.write() as tx:
        key = keys.desk_key(tx)
    webhook = None
    if secrets.telegram_webhook_url is not None:
        if config.site.listen is None:
            raise ConfigError(
                _(
                    "TELEGRAM_WEBHOOK_URL est donné, mais aucune page n’est servie : dans config.yaml, donnez "
                    "« ecoute » de la partie « site », ou retirez TELEGRAM_WEBHOOK_URL."
                )
            )
        webhook = Webhook(secrets.telegram_webhook_url, key=key)
    cards = cards_of(config)
    desk = BotDesk(
        database,
        catalogue_of(config),
        erasure_key=key,
        schedule=schedule_of(config),
        newcomer=newcomer_of(config),
        operator=operator_of(config),
        privacy_url=f"{config.site.address.rstrip('/')}/confidentialite" if config.site.public else "",
        cards=cards,
        bureau=Bureau(
            database,
            administrators=frozenset(config.admins),
            cards=cards,
            newsroom=FileNewsroom(database, config_path, now=now) if config_path else None,
            now=now,
        ),
    )
    return BotProcess(
        secrets.telegram_bot_token.get_secret_value(),
        desk,
        base_url=secrets.telegram_api_url,
        webhook=webhook,
        teller=Teller(database, desk),
    )


def build_web(
    config: Config, secrets: Secrets, database: Database, webhook: Webhook | None = None
) -> WebServer | None:
    """The pages and hooks, when they are to be served."""
    site = config.site
    if site.listen is None:
        return None
    host, port = site.listen
    with database.write() as tx:
        secret = keys.desk_key(tx)
    places = config.knowledge().places
    watched = config.departements()
    pages = ReaderPages(
        database,
        ReadersDesk(
            sectors=[(sector.id, sector.label) for sector in config.knowledge().sectors],
            departements=[
                (each.code, each.name)
                for each in (*places.departements, *places.cantons)
                if each.code in watched
            ],
            secret=secret,
            operator=operator_of(config),
            open=secrets.smtp_url is not None,
        ),
        now,
    )
    routes = [*hubs.routes(database, now), *pages.routes(), *(webhook.routes() if webhook else ())]
    return WebServer(application(routes, https=site.address.startswith("https:")), host, port)


def links_of(config: Config, database: Database) -> Links | None:
    """The addresses that mails carry; None while no page is served."""
    if config.site.listen is None:
        return None
    with database.write() as tx:
        return Links(config.site.address, keys.desk_key(tx))


def signer_of(config: Config, secrets: Secrets) -> Signer | None:
    """What signs the mails, when there is a key. Raises `ConfigError` when half of what it takes is missing."""
    selector, key = config.mail.dkim_selector, secrets.dkim_private_key
    if selector is None and key is None:
        return None
    if selector is None or key is None:
        raise ConfigError(
            _(
                "Pour signer les courriels il faut les deux : « dkim_selecteur » dans config.yaml, et "
                "DKIM_PRIVATE_KEY_FILE dans .env."
            )
        )
    domain = config.mail.sender_address.rpartition("@")[2]
    return Signer(domain=domain, selector=selector, key=key.get_secret_value().encode())


def build_mail(
    config: Config, smtp_url: str, links: Links | None = None, signer: Signer | None = None
) -> SmtpChannel:
    """The way to mail readers. Raises `InputError` while the sender is the example's."""
    if not config.mail.ready:
        raise InputError(
            _(
                "SMTP_URL est donné, mais l’expéditeur des courriels est encore celui de l’exemple : dans "
                "config.yaml, remplacez « expediteur_adresse » par une adresse de votre domaine."
            )
        )
    settings = MailSettings(
        sender=config.mail.sender_address,
        sender_name=config.mail.sender_name,
        reply_to=config.mail.reply_to,
        identity=config.mail.postal_identity or "",
        bounces=config.mail.bounces,
        links=links,
        unconfirmed_days=config.retention.unconfirmed_days,
    )
    executor = ThreadPoolExecutor(4, thread_name_prefix="smtp")
    return SmtpChannel(SmtpServer.parse(smtp_url), settings, clock=now, executor=executor, signer=signer)


def operator_of(config: Config) -> str:
    """Who answers for the desk and how to reach him, once the example's sender was replaced."""
    mail = config.mail
    return f"{mail.sender_name}, {mail.reply_to or mail.sender_address}" if mail.ready else ""


def newcomer_of(config: Config) -> readers.Newcomer:
    """What a reader gets who has chosen nothing yet."""
    return readers.Newcomer(
        quiet_from=config.alerts.quiet.start,
        quiet_to=config.alerts.quiet.end,
        alerts_per_day=config.alerts.per_day,
    )


def schedule_of(config: Config) -> Schedule:
    """The hours of the digests."""
    return Schedule(
        daily_at=config.schedule.daily.at,
        weekly_at=config.schedule.weekly.at,
        weekday=config.schedule.weekly.weekday,
    )


def catalogue_of(config: Config) -> Catalogue:
    """What readers may choose among."""
    return Catalogue.of(
        config.knowledge(), regions=config.zone.regions, departements=config.zone.departements
    )
