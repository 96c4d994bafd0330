"""What the collector is told to do: of the configuration, the part that concerns it, as plain values."""

import os
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from comtoise.model import Source
from comtoise.polling import Bounds
from comtoise_crawler.settings import CollectorSettings

if TYPE_CHECKING:
    from comtoise.config import Config


@dataclass(frozen=True, slots=True, kw_only=True)
class Orders:
    """What to poll, how often and how politely."""

    cards: tuple[Source, ...]
    bounds: Bounds
    settings: CollectorSettings
    fixed: timedelta | None = None  #: one interval for all sources whose card asks for none
    site: str | None = None  #: the address under which hubs can call us; None asks no hub for anything

    @classmethod
    def of(cls, config: "Config") -> "Orders":
        """What config.yaml says."""
        politeness, site = config.politeness, config.site
        return cls(
            cards=tuple(config.sources()),
            bounds=Bounds(
                shortest=timedelta(minutes=politeness.interval_min_minutes),
                usual=timedelta(minutes=politeness.interval_usual_minutes),
                longest=timedelta(hours=politeness.interval_max_hours),
            ),
            settings=CollectorSettings.of(config),
            fixed=timedelta(seconds=politeness.interval_fixed_s) if politeness.interval_fixed_s else None,
            site=site.address if site.public and site.hubs else None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """All that a collector's process needs to start."""

    orders: Orders
    database: str  #: its address, password included
    log_level: str


def read_start(config_path: Path, text_path: Path) -> Start:
    """Read the configuration in *text_path*, and the secrets beside *config_path*.

    Raises:
        ConfigError: one of them is wrong.
    """
    # Here and not above, so that only the process that reads it holds the schema and the gazetteer it is checked
    # against.
    from comtoise.config import load_config, load_secrets

    config = load_config(text_path)
    secrets = load_secrets(os.environ, config_path.parent / ".env")
    return Start(
        orders=Orders.of(config),
        database=secrets.database(config, beside=config_path),
        log_level=config.log_level,
    )
