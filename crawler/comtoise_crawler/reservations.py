"""Which sources keep their texts to themselves, and by what sign: applied to what is kept, and recorded.

A reserved source gives titles and links: none of its pages is fetched, none of its words is shown or read. A card
whose licence allows keeping texts (an agreement, an open licence) lifts the reservation, never robots.txt.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from comtoise.model import Page, RightsSign, Source, SourceKind, is_reserved
from comtoise.store import articles, sources
from comtoise.store.database import Tx
from comtoise_crawler.answer import Answer
from comtoise_crawler.reading.decoding import decode
from comtoise_crawler.rights import (
    Robots,
    directives,
    signs_of_answer,
    signs_of_listing,
    signs_of_page,
    signs_of_robots,
    signs_of_tdmrep,
)

Signs = tuple[RightsSign, ...]


class Reservations:
    """The signs of every source, as the store has them; one thread only."""

    def __init__(self, cards: Mapping[str, Source]) -> None:
        self._cards = cards
        self._signs: dict[str, Signs] | None = None

    def forget(self) -> None:
        """What was noted last was not committed: ask the store again."""
        self._signs = None

    def reserved(self, tx: Tx, source_id: str, now: datetime) -> bool:
        """Whether a source gives titles and links only."""
        card = self._cards.get(source_id)
        licensed = card is not None and card.full_text_licence
        return not licensed and is_reserved(self._known(tx).get(source_id, ()), now) is True

    def robots(self, tx: Tx, origin: str, robots: Robots, at: datetime) -> None:
        """Record what a host's robots.txt says of the sources polled there."""
        for source_id, url in sources.at_origin(tx, origin).items():
            verdict = "allowed" if robots.allows(url) else f"forbidden ({robots.verdict})"
            self._note(tx, source_id, "robots.txt", signs_of_robots(robots, at=at), at, robots=verdict)

    def tdmrep(self, tx: Tx, origin: str, body: str | None, at: datetime) -> None:
        """Record what a host's tdmrep.json says of the sources polled there."""
        for source_id, url in sources.at_origin(tx, origin).items():
            self._note(tx, source_id, "tdmrep.json", signs_of_tdmrep(body, url, at=at), at)

    def listed(self, tx: Tx, source_id: str, answer: Answer, at: datetime, *, changed: bool = True) -> None:
        """Record what a source's list says in its headers, and in its metas when it is a page that has changed."""
        if answer.status != 304 or "x-robots-tag" in answer.headers or "tdm-reservation" in answer.headers:
            self._note_new(tx, source_id, "header", signs_of_answer(answer.headers, at=at), at)
        card = self._cards[source_id]
        if card.kind is SourceKind.LISTING and changed:
            document = decode(answer.body[:400_000], answer.content_type).text
            self._note_new(tx, source_id, "meta", signs_of_listing(document, at=at), at)

    def applied(
        self, tx: Tx, source_id: str, found: Sequence[articles.Found], now: datetime
    ) -> list[articles.Found]:
        """The entries as they may be kept: of a reserved source, titles and links."""
        if not self.reserved(tx, source_id, now):
            return list(found)
        return [
            replace(
                item,
                entry=replace(item.entry, summary="", content=""),
                extract="",
                text="",
                wants_page=False,
            )
            for item in found
        ]

    def page(self, tx: Tx, job: articles.PageJob, page: Page, answer: Answer, now: datetime) -> bool:
        """Record what an article's page says; return whether only the title and link of this one are kept.

        A reservation, or a refusal of AI, speaks of the whole source: no other page is fetched for a week. A
        ``noindex`` speaks of its page alone.
        """
        card = self._cards.get(job.source_id)
        if card is not None and card.full_text_licence:
            return False
        signs = signs_of_page(answer.headers, meta=page.tdm_reserved, robots=page.directives, at=now)
        if signs:
            self._note_new(tx, job.source_id, "page", signs, now)
        asked = directives((*answer.headers.get("x-robots-tag", "").split("\n"), *page.directives), now=now)
        # The source's own reservation too: it may have been read while this page was on its way.
        return is_reserved(signs, now) is True or "noindex" in asked or self.reserved(tx, job.source_id, now)

    def _known(self, tx: Tx) -> dict[str, Signs]:
        if self._signs is None:
            self._signs = sources.signs(tx)
        return self._signs

    def _note_new(self, tx: Tx, source_id: str, where: str, signs: Signs, at: datetime) -> None:
        """Record signs when they say something else than before; a word of a page is renewed each day."""
        before = [sign for sign in self._known(tx).get(source_id, ()) if sign.where == where]
        said = [(sign.says, sign.reserved) for sign in signs]
        stale = where == "page" and any((at - sign.at).days >= 1 for sign in before)
        if said != [(sign.says, sign.reserved) for sign in before] or stale:
            self._note(tx, source_id, where, signs, at)

    def _note(
        self, tx: Tx, source_id: str, where: str, signs: Signs, at: datetime, robots: str | None = None
    ) -> None:
        known = self._known(tx)
        was = is_reserved(known.get(source_id, ()), at) is True
        known[source_id] = sources.record_rights(
            tx, source_id, at=at, robots=robots, where=where, signs=signs
        )
        if not was and self.reserved(tx, source_id, at):
            articles.forgo_pages(tx, source_id)
