"""What a reader mutes is not alerted, not followed up, and not told in a digest; others are told as before."""

from datetime import timedelta

from comtoise.digests import Schedule
from comtoise.digests.mutes import SOURCE, Mute
from comtoise.model import DeliveryKind, Rhythm
from comtoise.service.striking import DigestDesk, Striker
from comtoise.store import mutes
from support.newsroom import DAY, HOUR, Newsroom, entry

PLANT = entry(
    "https://gazette.example/1",
    "Plasturgie : Moulabelle va s’agrandir à Oyonnax",
    "À Oyonnax (Ain), le plasturgiste Moulabelle annonce une extension de son usine de plasturgie et de "
    "nouvelles presses à injecter.",
)
MONEY = entry(
    "https://radio.example/9",
    "Moulabelle investit 6 millions d’euros dans l’extension de son usine à Oyonnax",
    "Le plasturgiste Moulabelle, à Oyonnax (Ain), investit 6 millions d’euros dans l’extension de son usine de "
    "plasturgie, et y installe des presses à injecter.",
)


def mute(newsroom: Newsroom, reader: int, kind: str, topic: str, *, for_: timedelta | None = None) -> None:
    with newsroom.database.write() as tx:
        mutes.save(tx, reader, Mute(kind, topic, newsroom.now + for_ if for_ else None))


def test_an_alert_goes_to_others_and_to_who_hears_of_it_again(newsroom: Newsroom) -> None:
    tired, other = newsroom.reader("101"), newsroom.reader("102")
    mute(newsroom, tired, "sector", "plasturgie", for_=DAY)
    newsroom.lists("gazette", PLANT)
    newsroom.understands()
    assert [each.reader.id for each in newsroom.sends()] == [other]
    newsroom.now += DAY + HOUR
    newsroom.lists(
        "gazette",
        entry(
            "https://gazette.example/2",
            "Plasturgie : Varlet ouvre une usine à Saint-Claude",
            "Le plasturgiste Varlet ouvre à Saint-Claude (Jura) une usine d’injection plastique.",
        ),
    )
    newsroom.understands()
    assert sorted(each.reader.id for each in newsroom.sends()) == [tired, other], "the day is over"


def test_a_source_muted_still_tells_what_others_print(newsroom: Newsroom) -> None:
    reader = newsroom.reader()
    mute(newsroom, reader, SOURCE, "gazette")
    newsroom.lists("gazette", PLANT)
    newsroom.understands()
    assert newsroom.sends() == []
    newsroom.lists("radio", MONEY)
    newsroom.understands()
    assert [each.kind for each in newsroom.sends()] == [DeliveryKind.ALERT]


def test_a_new_fact_is_not_told_to_who_has_had_enough(newsroom: Newsroom) -> None:
    reader = newsroom.reader()
    newsroom.lists("gazette", PLANT)
    newsroom.understands()
    newsroom.sends()
    newsroom.now += 2 * HOUR
    mute(newsroom, reader, "sector", "plasturgie")
    newsroom.lists("radio", MONEY)
    newsroom.understands()
    assert DeliveryKind.FOLLOW_UP not in [each.kind for each in newsroom.sends()]


def test_a_digest_leaves_it_out_for_one_and_tells_it_to_the_other(newsroom: Newsroom) -> None:
    daily = frozenset({Rhythm.DAILY})
    tired, other = newsroom.reader("101", rhythms=daily), newsroom.reader("102", rhythms=daily)
    mute(newsroom, tired, "sector", "plasturgie")
    newsroom.lists("gazette", PLANT)
    newsroom.understands()
    newsroom.now += DAY
    desk = DigestDesk(schedule=Schedule(), labels={"plasturgie": "Plasturgie"}, zone="Ain")
    Striker(newsroom.database, desk, clock=lambda: newsroom.now).round()
    assert [each.reader.id for each in newsroom.sends()] == [other]
