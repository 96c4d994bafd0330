"""Dates as pages and feeds write them."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comtoise.text.dates import PARIS, Precision, read_dates, read_instant

NOW = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)  # a Wednesday, 9:00 in Paris


def read(text: str) -> tuple[str | None, str | None]:
    found = read_dates(text, now=NOW)
    return (
        found.published.isoformat() if found.published else None,
        found.updated.isoformat() if found.updated else None,
    )


@pytest.mark.parametrize(
    ("text", "published", "updated"),
    [
        pytest.param(
            "Publié le 04/02/2016 - 09:15, Mis à jour le 11/10/2020 - 18:02",
            "2016-02-04T09:15:00",
            "2020-10-11T18:02:00",
            id="two-dates-with-dashes",
        ),
        pytest.param(
            "Publié le 3 juin 2024 à 7h05, modifié le 4 juin 2024 à 19h",
            "2024-06-03T07:05:00",
            "2024-06-04T19:00:00",
            id="two-dates-in-words",
        ),
        pytest.param(
            "Créé le 07.09.2021 à 06:00, mis à jour le 08.09.2021 à 07:10",
            "2021-09-07T06:00:00",
            "2021-09-08T07:10:00",
            id="with-points",
        ),
        pytest.param(
            "Mis à jour le 2 mars 2025 - Publié le 1er mars 2025",
            "2025-03-01T00:00:00",
            "2025-03-02T00:00:00",
            id="update-told-first",
        ),
        pytest.param("Publié le mercredi 7 mars 2018", "2018-03-07T00:00:00", None, id="weekday"),
        pytest.param("Par Anne Roy, le 9 déc. 2025 à 8 h 30", "2025-12-09T08:30:00", None, id="after-a-name"),
        pytest.param("17h05, le 3 mars 2024", "2024-03-03T17:05:00", None, id="time-first"),
        pytest.param("le 03/04/12 à 21:18", "2012-04-03T21:18:00", None, id="two-digit-year"),
        pytest.param("31/12/99", "1999-12-31T00:00:00", None, id="two-digit-year-of-last-century"),
        pytest.param("Publié le 15 aout 2017", "2017-08-15T00:00:00", None, id="without-accent"),
        pytest.param("5 FÉVRIER 2020", "2020-02-05T00:00:00", None, id="capitals"),
        pytest.param("Modifié le 6 mai 2024", "2024-05-06T00:00:00", "2024-05-06T00:00:00", id="update-only"),
        pytest.param(
            "Publié le 3 mai 2024 - Temps de lecture : 5 min", "2024-05-03T00:00:00", None, id="more"
        ),
        pytest.param("mar. 11 mars 2025 à 8h30", "2025-03-11T08:30:00", None, id="mar-is-a-tuesday-first"),
    ],
)
def test_bylines(text: str, published: str, updated: str | None) -> None:
    assert read(text) == (published, updated)


@pytest.mark.parametrize(
    ("text", "published"),
    [
        pytest.param("Hier", "2026-11-24T09:00:00", id="yesterday"),
        pytest.param("hier à 15h30", "2026-11-24T15:30:00", id="yesterday-at"),
        pytest.param("avant-hier", "2026-11-23T09:00:00", id="the-day-before"),
        pytest.param("Aujourd’hui à 8h15", "2026-11-25T08:15:00", id="today"),
        pytest.param("il y a 3 jours", "2026-11-22T09:00:00", id="days"),
        pytest.param("Il y a environ une heure", "2026-11-25T08:00:00", id="hour"),
        pytest.param("Il ya 20 min", "2026-11-25T08:40:00", id="minutes-misspelt"),
        pytest.param("il y a deux mois", "2026-09-25T09:00:00", id="months"),
        pytest.param("il y a 1 an", "2025-11-25T09:00:00", id="year"),
        pytest.param("Mardi 14:05", "2026-11-24T14:05:00", id="weekday-past"),
        pytest.param("mercredi 14:05", "2026-11-18T14:05:00", id="weekday-not-yet-this-hour"),
        pytest.param("le 12 mars", "2026-03-12T00:00:00", id="year-left-out"),
        pytest.param("le 12 décembre", "2025-12-12T00:00:00", id="year-left-out-last-year"),
        pytest.param("2 weeks ago", "2026-11-11T09:00:00", id="english"),
    ],
)
def test_what_is_said_relative_to_now(text: str, published: str) -> None:
    assert read(text)[0] == published


@pytest.mark.parametrize(
    ("text", "published"),
    [
        pytest.param("Tue, 10 Jun 2025 04:00:00 GMT", "2025-06-10T04:00:00Z", id="rfc-822"),
        pytest.param("Tue, 10 Jun 2025 04:00:00 -0500", "2025-06-10T09:00:00Z", id="offset-after-a-space"),
        pytest.param("10 Jun 25 04:00 EDT", "2025-06-10T08:00:00Z", id="named-zone-short-year"),
        pytest.param("Tue, Jun 10 2025 04:00:00 PST", "2025-06-10T12:00:00Z", id="month-first"),
        pytest.param("Tue Jun 10 04:00:00 2025", "2025-06-10T04:00:00Z", id="asctime"),
        pytest.param("Tue, 10 Jun 2025 04:00:00 Europe/Paris", "2025-06-10T02:00:00Z", id="iana-zone"),
        pytest.param("Tue, 10 Jun 2025 24:00:00 GMT", "2025-06-11T00:00:00Z", id="midnight-at-the-end"),
        pytest.param("mar., 10 juin 2025 04:00:00 +0200", "2025-06-10T02:00:00Z", id="rfc-822-in-french"),
        pytest.param("lun., 03 nov. 2025", "2025-11-03T00:00:00", id="french-day"),
        pytest.param("2025-06-10T04:00:00+02:00", "2025-06-10T02:00:00Z", id="w3cdtf"),
        pytest.param("2025-06-10T04:00:00.123Z", "2025-06-10T04:00:00Z", id="fraction"),
        pytest.param("2025-06-10 04:00:00", "2025-06-10T04:00:00Z", id="machine-without-zone"),
        pytest.param("20250610T040000Z", "2025-06-10T04:00:00Z", id="compact"),
        pytest.param("2025-161", "2025-06-10T00:00:00Z", id="day-of-the-year"),
        pytest.param("2025-06", "2025-06-01T00:00:00Z", id="month"),
        pytest.param("2025년 6월 10일 오후 1:05:00", "2025-06-10T04:05:00Z", id="korean"),
        pytest.param("Τρι, 10 Ιούν 2025 04:00:00 EET", "2025-06-10T02:00:00Z", id="greek"),
        pytest.param("2025-június-10T4:00+02:00", "2025-06-10T02:00:00Z", id="hungarian"),
        pytest.param("June 10, 2025 4:05 pm CET", "2025-06-10T15:05:00Z", id="afternoon"),
    ],
)
def test_feed_dates(text: str, published: str) -> None:
    assert read(text)[0] == published


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "22013",
        "1700000000",
        "Sun, 16 Dec zz 11:47:32 GMT",
        "Sun, 16 Dec 2012 11:47:32 +zz:00",
        "2025-06-10T10:61:00Z",
        "2025-06-10T25:00:00Z",
        "2025-13-45",
        "31 juin 2025",
        "Sun, 31 Dec 9999 23:59:59 -9999",
        "Temps de lecture : 5 min",
        "10:30",
        "Un atelier de 1200 m2 à Dole",
    ],
)
def test_what_is_no_date_gives_none(text: str) -> None:
    assert read(text) == (None, None)


def test_a_local_time_knows_its_instant_over_a_change_of_clocks() -> None:
    summer = read_dates("Publié le 29 mars 2026 à 3h00", now=NOW).published
    winter = read_dates("Publié le 29 mars 2026 à 1h59", now=NOW).published
    assert summer is not None
    assert winter is not None
    assert summer.utc - winter.utc == timedelta(minutes=1)
    assert summer.precision is Precision.TIME
    assert not summer.zoned


def test_a_machine_without_zone_may_be_local() -> None:
    assert read_instant("2026-07-01 10:00:00", now=NOW, machine_tz=PARIS) == datetime(
        2026, 7, 1, 8, tzinfo=UTC
    )


@given(st.text(max_size=450))
def test_any_text_gives_dates_or_none(text: str) -> None:
    found = read_dates(text, now=NOW, net=False)
    for date in (found.published, found.updated):
        assert date is None or (date.value.tzinfo is not None and 1900 <= date.value.year <= 2101)


_PIECES = (
    "12 03 1998 2024 mars lun. à 14h30 10:61 GMT +0200 -00:30 Z T publié modifié le 31/12 hier zz 0 99 오후"
)


@given(st.lists(st.sampled_from(_PIECES.split()), max_size=12).map(" ".join))
def test_pieces_of_dates_in_any_order_never_break_the_reader(text: str) -> None:
    read_dates(text, now=NOW, net=False)


@given(
    st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2098, 12, 31)),  # noqa: DTZ001 - zone below
    st.integers(-14 * 60, 14 * 60),
)
def test_an_instant_written_with_its_offset_is_read_back(naive: datetime, minutes: int) -> None:
    moment = naive.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=minutes)))
    assert read_instant(moment.isoformat(), now=NOW) == moment
    assert read_instant(moment.strftime("%a, %d %b %Y %H:%M:%S %z"), now=NOW) == moment


_MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"


@given(st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2098, 12, 31)))  # noqa: DTZ001 - local
def test_a_french_byline_is_read_back(moment: datetime) -> None:
    text = f"Publié le {moment.day} {_MONTHS.split()[moment.month - 1]} {moment.year} à {moment:%Hh%M}"
    assert read(text)[0] == moment.strftime("%Y-%m-%dT%H:%M:00")
    assert read(f"Publié le {moment:%d/%m/%Y} - {moment:%H:%M}")[0] == moment.strftime("%Y-%m-%dT%H:%M:00")


@given(
    year=st.integers(1895, 2105),
    month=st.sampled_from(["Jan", "Feb", "Mar", "Jun", "Sep", "Dec", "Fév"]),
    day=st.sampled_from(["1", "01", "28", "29", "31", "0", "32"]),
    time=st.sampled_from(["00:00:00", "23:59:59", "07:05:00", "24:00:00", "12:60:00", "12:00:60"]),
    zone=st.sampled_from(["GMT", "+0000", "+0100", "-0330", "+1400", "+1545", "-0860"]),
)
def test_the_usual_date_of_a_feed_is_read_as_any_other(
    year: int, month: str, day: str, time: str, zone: str
) -> None:
    text = f"Wed, {day} {month} {year} {time} {zone}"
    found = read_dates(text, now=NOW, net=False).published
    assert read_instant(text, now=NOW) == (found.utc if found is not None else None)
