"""Show the bot as people meet it: a newcomer's first two minutes as text, an alert and a digest as pictures.

Usage: python scripts/bot_samples.py FOLDER [--pictures]

Everything is real but Telegram and the news: the bot of the service, a database, HTTP to the loopback Bot API
server of the demo, and the stories of `comtoise.demo.sample`. The transcript is what people see in the chat;
pictures are the HTML that the bot sends, in a page laid out like a chat, taken by headless Chromium (with a font
that has emoji: fonts-noto-color-emoji).
"""

import argparse
import asyncio
import re
import shutil
import subprocess
import tempfile
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from html import escape
from pathlib import Path

from PIL import Image, ImageChops

from comtoise.config import parse_config
from comtoise.demo.botapi import BotApiServer, Shown
from comtoise.demo.sample import sample_digest, sample_stories
from comtoise.model import Entry, Source, SourceKind, Story, Understanding
from comtoise.service.wiring import catalogue_of, schedule_of
from comtoise.store import Database, articles, sources, stories
from comtoise_bot import rendering
from comtoise_bot.application import build_application, polling
from comtoise_bot.desk import BotDesk
from comtoise_bot.message import Message

ANNE = 101
CONFIG = b"zone: {regions: [Bourgogne-Franche-Comte]}\nsources: {paquet: non}\n"
WIDTH = 420

PAGE = """<!doctype html><html lang="fr"><meta charset="utf-8"><style>
body {{ margin: 0; padding: 14px; width: {width}px; box-sizing: border-box; background: #d5e3ea;
        font: 15px/1.38 "DejaVu Sans", Arial, "Noto Color Emoji", sans-serif; color: #10181c }}
.said {{ background: #fff; border-radius: 4px 14px 14px 14px; padding: 10px 13px; white-space: pre-wrap;
         overflow-wrap: anywhere; box-shadow: 0 1px 1px #0002 }}
a {{ color: #14639a; text-decoration: none }}
blockquote {{ margin: 4px 0; padding: 3px 9px; border-left: 3px solid #14639a; background: #eef5fa;
              border-radius: 4px }}
.row {{ display: flex; gap: 5px; margin-top: 5px }}
.row span {{ flex: 1; text-align: center; background: #5b7d8f; color: #fff; border-radius: 9px; padding: 8px 4px;
             font-size: 14px }}
.who {{ font-weight: bold; color: #14639a; margin: 0 0 4px 3px; font-size: 14px }}
</style><p class="who">Comtoise</p><div class="said">{said}</div>{rows}</html>
"""


def page(message: Message) -> str:
    """A message as a chat shows it."""
    rows = "".join(
        '<div class="row">' + "".join(f"<span>{escape(button.text)}</span>" for button in row) + "</div>"
        for row in message.rows
    )
    said = re.sub(r"</blockquote>\n+", "</blockquote>", message.html)
    return PAGE.format(width=WIDTH, said=said, rows=rows)


def picture(message: Message, path: Path) -> None:
    """Take a picture of a message."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        raise SystemExit("no Chromium here")
    with tempfile.TemporaryDirectory() as folder:
        shown = Path(folder) / "page.html"
        shown.write_text(page(message), "utf-8")
        subprocess.run(
            [
                chromium, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
                "--force-device-scale-factor=2", f"--window-size={WIDTH},2400", f"--screenshot={path}",
                shown.as_uri(),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )  # fmt: skip
    image = Image.open(path).convert("RGB")
    blank = Image.new("RGB", image.size, image.getpixel((2, image.height - 1)))
    box = ImageChops.difference(image, blank).getbbox()
    image.crop((0, 0, image.width, (box[3] if box else image.height) + 24)).quantize(
        128, dither=Image.Dither.NONE
    ).save(path, optimize=True)


def publish(database: Database, told: Story, seen: datetime) -> None:
    """Put an invented story into the store, as if it had been read and understood."""
    lead = told.lead
    found = articles.Found(
        entry=Entry(url=lead.url, guid=None, title=lead.title, published=lead.published),
        canonical=lead.url, address=lead.url, extract=lead.extract, text=lead.extract, wants_page=False,
        paywalled=lead.paywalled,
    )  # fmt: skip
    with database.write() as tx:
        (article,) = articles.keep(tx, lead.source_id, [found], now=seen, silent=False).new
        story = stories.start(tx, seen=seen, worth=max(told.worth, 1), saga=None)
        articles.understood(
            tx, article, Understanding(matches=told.matches, worth=max(told.worth, 1)), story_id=story,
            because=None, features="{}", at=seen,
        )  # fmt: skip


async def transcript() -> str:
    """The first two minutes of somebody who has never met the bot."""
    told = sample_stories()
    now = sample_digest("2026-11-25").slot.until + timedelta(minutes=3)
    told = [story for story in told if story.first_seen < now]
    with tempfile.TemporaryDirectory() as folder:
        database = Database.open(f"sqlite:///{Path(folder) / 'sample.sqlite'}")
        database.upgrade()
        cards = {
            story.lead.source_id: Source(
                id=story.lead.source_id,
                name=story.lead.source_name,
                kind=SourceKind.FEED,
                url=f"https://{story.lead.source_id}.example/rss",
            )
            for story in told
        }
        with database.write() as tx:
            sources.sync_cards(tx, cards.values(), now)
        for story in told:
            publish(database, story, story.first_seen)
        config = parse_config(CONFIG, "config.yaml")
        desk = BotDesk(
            database,
            catalogue_of(config),
            erasure_key=b"sample",
            schedule=schedule_of(config),
            now=lambda: now,
        )
        async with (
            BotApiServer() as server,
            polling(build_application(server.token, desk=desk, base_url=server.url)),
        ):
            lines = [scene async for scene in _scenes(server)]
        database.close()
    return "\n".join(lines) + "\n"


async def _scenes(server: BotApiServer) -> AsyncIterator[str]:
    async def says(text: str) -> str:
        before = len(server.chat(ANNE).from_bot)
        await server.user_says(ANNE, text)
        await server.until(lambda: len(server.chat(ANNE).from_bot) > before)
        return "\n".join([f"[Vous]      {text}", *_shown(server.chat(ANNE).last)])

    async def taps(words: str, *, answers: int = 0) -> str:
        before = len(server.chat(ANNE).from_bot)
        label = server.chat(ANNE).last.button(words).text
        edits = len(server.called("editMessageText"))
        toast = await server.taps(ANNE, words)
        await server.until(lambda: len(server.called("editMessageText")) > edits)
        await server.until(lambda: len(server.chat(ANNE).from_bot) >= before + answers)
        seen = server.chat(ANNE).from_bot[before - 1 :]
        told = [line for each in seen for line in _shown(each)]
        noted = [f"            « {toast} »"] if toast else []
        return "\n".join([f"[Vous]      ( {label} )", *noted, *told])

    yield await says("/start")
    yield await taps("Bourgogne")
    yield await taps("Continuer")
    yield await taps("Chaque matin", answers=1)
    yield await says("/recherche recrutement")
    yield await says("/mots micro*")
    yield await taps("Annuler")


def _shown(message: Shown) -> list[str]:
    lines = message.text.replace("\u00a0", " ").split("\n")
    told = [f"[Comtoise]  {lines[0]}", *(f"            {line}".rstrip() for line in lines[1:])]
    for row in message.rows:
        told.append("            " + " ".join(f"( {button.text} )" for button in row))
    return [*told, ""]


def main() -> None:
    """Write what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pictures", action="store_true")
    given = parser.parse_args()
    folder = given.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    if given.pictures:
        picture(rendering.alert(sample_stories()[0]), folder / "telegram-alert.png")
        picture(rendering.digest(sample_digest("2026-11-25"), digest_id=1), folder / "telegram-digest.png")
        return
    (folder / "telegram-newcomer.txt").write_text(asyncio.run(transcript()), "utf-8")


if __name__ == "__main__":
    main()
