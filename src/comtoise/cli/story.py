"""``comtoise story``: look at one story; split and merge stories by hand."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from comtoise.cli.export import facts_of, line
from comtoise.cli.groups import Group
from comtoise.cli.numbers import Number
from comtoise.cli.options import config_option, emit, open_database
from comtoise.errors import InputError
from comtoise.i18n import _
from comtoise.model import Story, StoryArticle


@click.group(
    "story", cls=Group, help=_("Une histoire : la voir, en séparer des articles, en réunir plusieurs.")
)
def story_command() -> None:
    """Commands about one story; what a person decides, grouping never undoes."""


_story_id: Callable[..., Any] = click.argument("story_id", metavar=_("HISTOIRE"), type=Number())


@story_command.command("show", help=_("Tout ce que l’on sait d’une histoire, en JSON."))
@_story_id
@config_option
def show(story_id: int, config_path: Path) -> None:
    """One line of JSON: the story, its articles and why they joined, its facts and where each was read."""
    from comtoise.store import stories

    with open_database(config_path).read() as tx:
        found = stories.load(tx, [story_id])
    if not found:
        raise InputError(_("Il n’y a pas d’histoire {story}.").format(story=story_id))
    emit(whole(found[0]))


@story_command.command(
    "split",
    help=_(
        "Séparer des articles d’une histoire : ils en forment une autre, pour de bon. Rien n’est renvoyé "
        "aux lecteurs. Les numéros d’articles sont ceux de « comtoise story show »."
    ),
)
@_story_id
@click.option(
    "--article",
    "article_ids",
    type=Number(),
    multiple=True,
    required=True,
    help=_("Un article à en séparer."),
)
@config_option
def split(story_id: int, article_ids: tuple[int, ...], config_path: Path) -> None:
    """Print the story made, then what is left of the other."""
    from comtoise.store import stories, verdicts

    with open_database(config_path).write() as tx:
        made = verdicts.split(tx, story_id, article_ids, now=datetime.now(UTC))
        for story in stories.load(tx, [made, story_id]):
            emit(whole(story))


@story_command.command(
    "merge",
    help=_(
        "Réunir des histoires : les articles des suivantes rejoignent la première, pour de bon. Rien n’est "
        "renvoyé aux lecteurs."
    ),
)
@_story_id
@click.argument("others", metavar=_("AUTRE..."), type=Number(), nargs=-1, required=True)
@config_option
def merge(story_id: int, others: tuple[int, ...], config_path: Path) -> None:
    """Print the story that holds them all."""
    from comtoise.store import stories, verdicts

    with open_database(config_path).write() as tx:
        for other in others:
            verdicts.merge(tx, story_id, other, now=datetime.now(UTC))
        for story in stories.load(tx, [story_id]):
            emit(whole(story))


def whole(story: Story) -> dict[str, Any]:
    """A story with its articles, the lead first."""
    return {
        **line(story),
        "articles": [_article(each) for each in (story.lead, *story.others)],
        "facts": facts_of(story),
    }


def _article(article: StoryArticle) -> dict[str, Any]:
    return {
        "article": article.article_id,
        "title": article.title,
        "source": article.source_name,
        "url": article.url,
        "published": article.published,
        "first_seen": article.first_seen,
        "because": article.because,
    }
