"""The picture of the week: small, and every figure of it in words."""

import io
from dataclasses import replace

import pytest
from PIL import Image

from comtoise.delivery.agenda import agenda
from comtoise.delivery.letter import letter
from comtoise.delivery.picture import BYTES_MAX, SCALE, WIDTH_PX, picture_of, week_picture
from comtoise.demo.sample import LABELS, sample_digest
from comtoise.digests.weeks import mean_before
from comtoise.model import Digest, Week


@pytest.fixture(scope="module")
def digest() -> Digest:
    return sample_digest()


def test_it_is_small_and_as_wide_as_the_mail(digest: Digest) -> None:
    picture = picture_of(digest)
    assert picture is not None
    assert len(picture.png) <= BYTES_MAX
    assert Image.open(io.BytesIO(picture.png)).width == WIDTH_PX * SCALE


def test_its_words_tell_every_sector_and_week(digest: Digest) -> None:
    picture = picture_of(digest)
    assert picture is not None
    week = digest.weeks[-1]
    for sector, count in week.sectors.items():
        assert f"{LABELS[sector]} {count}" in picture.alt
    assert f"{week.stories}." in picture.alt
    assert "Doubs 5" in picture.alt


def test_a_desk_of_one_week_has_nothing_to_compare(digest: Digest) -> None:
    assert week_picture(digest.weeks[-1:], LABELS) is None
    empty = tuple(Week(start=week.start) for week in digest.weeks[:-1])
    assert week_picture((*empty, digest.weeks[-1]), LABELS) is None
    assert all(tile.before == "" for tile in letter(replace(digest, weeks=digest.weeks[-1:])).tiles)


def test_every_figure_stands_against_the_four_weeks_before(digest: Digest) -> None:
    before = mean_before(digest.weeks, lambda week: week.created)
    assert before == (24 + 28 + 32 + 36) / 4
    tiles = {tile.label: tile for tile in letter(digest).tiles}
    assert tiles["emplois créés"].value == "65"
    assert tiles["emplois créés"].before.startswith("30 en moyenne")


def test_the_agenda_names_the_days_to_come_the_nearest_first(digest: Digest) -> None:
    assert [(each.day.replace("\u00a0", " "), each.label) for each in letter(digest).agenda] == [
        ("mercredi 9 décembre", "Redressement, liquidation"),
        ("vendredi 15 janvier", "Extension de site"),
    ]


def test_what_is_past_or_far_away_is_no_appointment(digest: Digest) -> None:
    dates = [each.on for each in agenda(digest.stories, digest.weeks[-1].start)]
    assert agenda(digest.stories, dates[-1]) == ()
    assert agenda(digest.stories, dates[0].replace(year=2025)) == ()
