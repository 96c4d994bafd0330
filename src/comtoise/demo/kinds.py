"""What the demo shows and checks of the kinds of source beside feeds: the register's facts, the index of sitemaps."""

from collections.abc import Iterable, Mapping

from rich.table import Table

from comtoise.demo.newsroom import Newsroom, OnLine
from comtoise.i18n import _
from comtoise.model import Article, SourceKind


def register_table(items: Iterable[OnLine]) -> Table:
    """The notices of the register, a line each."""
    table = Table(title=_("Le registre officiel : les procédures collectives, par département"))
    for column in (_("Société"), _("SIREN"), _("Tribunal"), _("Jugement")):
        table.add_column(column)
    for item in items:
        if item.notice is not None:
            table.add_row(item.notice.company, item.notice.siren, item.notice.court, item.notice.nature)
    return table


def lost_facts(items: Iterable[OnLine], articles: Mapping[str, Article]) -> list[str]:
    """What a notice says and its article, looked up by the address of the notice, does not."""
    lost = []
    for item in items:
        if item.notice is None:
            continue
        article = articles.get(item.url)
        words = f"{article.title}\n{article.text}" if article is not None else ""
        facts = (
            item.notice.company,
            item.notice.siren.replace(" ", ""),
            item.notice.court,
            item.notice.nature,
        )
        lost += [fact for fact in facts if fact not in words]
    return lost


def unread_sitemaps(newsroom: Newsroom) -> list[str]:
    """The sitemaps that the newsroom serves and nobody fetched."""
    unread = []
    for site in newsroom.sites:
        if site.kind is SourceKind.SITEMAP:
            asked = {request.path for request in newsroom.requests_to(site.id)}
            unread += [path for path in site.documents if "sitemap" in path and path not in asked]
    return unread
