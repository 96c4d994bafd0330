"""The console channel."""

from dataclasses import replace
from io import StringIO

from comtoise.delivery.console import ConsoleChannel
from comtoise.model import Channel, Delivery, DeliveryKind, Refused, Sent
from unit.delivery.made import alert, weekly


async def shown(delivery: Delivery) -> str:
    stream = StringIO()
    assert await ConsoleChannel(stream).send(delivery) == Sent(f"console-{delivery.id}")
    return stream.getvalue()


async def test_a_digest_and_an_alert_are_written_as_text() -> None:
    assert "L’ESSENTIEL EN 5 POINTS" in await shown(weekly())
    assert "https://journal-0.example/2026/11/article-0" in await shown(alert())


async def test_an_update_says_who_else_tells_it() -> None:
    text = await shown(replace(alert(), kind=DeliveryKind.UPDATE))
    assert "Suite de" in text
    assert "Aussi chez La Gazette des Combes" in text


async def test_no_address_of_a_reader_is_written() -> None:
    assert "mairie.example" not in await shown(weekly()) + await shown(alert())


async def test_it_can_stand_in_for_another_channel() -> None:
    assert ConsoleChannel(StringIO()).channel is Channel.CONSOLE
    assert ConsoleChannel(StringIO(), Channel.TELEGRAM).channel is Channel.TELEGRAM


async def test_a_delivery_without_content_is_refused() -> None:
    empty = replace(alert(), story=None)
    assert await ConsoleChannel(StringIO()).send(empty) == Refused("nothing to write")
