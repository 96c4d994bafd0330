"""The pages of those who read by mail: ask to receive, confirm, stop, change, see and erase what is kept.

The address in a mail is the only key: no account, no cookie. Reading a page changes nothing, whoever opens it (mail
scanners open every link); only a button, or the one click of RFC 8058, acts. Acting twice is acting once.
"""

import asyncio
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from comtoise.delivery.mail.addresses import mailbox, typed
from comtoise.delivery.mail.links import CONFIRM_WITHIN, question_of, reader_of, token
from comtoise.delivery.throttle import Rate, Throttle
from comtoise.i18n import _
from comtoise.model import Channel, Rhythm, Subscription
from comtoise.store import Database, Tx, feedback, outbox, readers
from comtoise.store.erasure import erase
from comtoise.store.readers import Question, Subscriber
from comtoise.store.transactions import Transactions
from comtoise.text.typography import typo
from comtoise.web.pages import form, message, page

UNSUBSCRIBED = "unsubscribed"
ASKING = Rate(
    burst=3, every_s=8 * 3600.0
)  #: questions to one mailbox, under all the addresses that lead there


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What the pages need to know of the desk."""

    sectors: Sequence[tuple[str, str]]  #: id and name, in order
    departements: Sequence[tuple[str, str]]  #: code and name
    secret: bytes  #: keys the addresses in mails, and the trace of who was erased
    operator: str = ""  #: who answers for the data, with an address to write to
    open: bool = True  #: whether one may ask to receive: there is a mail server


class ReaderPages(Transactions):
    """Serves them."""

    def __init__(self, database: Database, desk: Desk, clock: Callable[[], datetime]) -> None:
        super().__init__(database)
        self._desk = desk
        self._clock = clock
        self._asking = Throttle(ASKING)

    def routes(self) -> list[BaseRoute]:
        """All of them. A path ends with the token of its reader."""
        return [
            Route("/", self.front),
            Route("/inscription", self.ask, methods=["POST"]),
            Route("/confirmation/{token}", self.confirmation),
            Route("/confirmation/{token}", self.confirm, methods=["POST"]),
            Route("/confirmation/{token}/encore", self.ask_again, methods=["POST"]),
            Route("/desabonnement/{token}", self.stopping),
            Route("/desabonnement/{token}", self.stop, methods=["POST"]),
            Route("/reglages/{token}", self.settings),
            Route("/reglages/{token}", self.change, methods=["POST"]),
            Route("/mes-donnees/{token}", self.data),
            Route("/mes-donnees/{token}/donnees.json", self.data_file),
            Route("/effacement/{token}", self.erasing),
            Route("/effacement/{token}", self.erase, methods=["POST"]),
            Route("/confidentialite", self.privacy),
        ]

    # Asking to receive

    async def front(self, _request: Request) -> Response:
        """What this is, and the form."""
        return page(
            "front.html", desk=self._desk, wanted=Subscription(reader_id=0, rhythms=_WEEKLY), error=""
        )

    async def ask(self, request: Request) -> Response:
        """Take a form in. The answer is the same whoever is known already: it tells nothing about others."""
        if not self._desk.open:
            return message(_("Les inscriptions par courriel sont fermées."), status=404)
        fields = await form(request)
        address = typed("".join(fields.get("adresse", [])))
        wanted = self._wanted(fields, 0)
        if address is None:
            error = typo(_("Cette adresse de courriel n’est pas complète : vérifiez-la."))
            return page("front.html", status=400, desk=self._desk, wanted=wanted, error=error)

        def work(tx: Tx) -> None:
            if readers.forgotten(tx, Channel.MAIL, address, key=self._desk.secret) != readers.ERASED:
                self._question(tx, address, wanted)

        if self._asking.wait_s(mailbox(address), self._clock().timestamp()) == 0:
            await self._write(work)
        return message(
            _("Regardez votre courrier."),
            _("Si cette adresse n’était pas encore inscrite, un courriel vient de lui être envoyé."),
            _("Rien d’autre ne partira avant que vous ayez confirmé."),
        )

    async def confirmation(self, request: Request) -> Response:
        """One button, while the question stands."""
        asked = question_of(request.path_params["token"], self._desk.secret)
        if asked is None:
            return _gone()
        stands = await self._read(lambda tx: readers.question(tx, *asked))
        if stands is Question.OPEN and not self._late(asked[1]):
            return page("confirm.html", action=request.url.path)
        return _closed(stands, request.url.path)

    async def confirm(self, request: Request) -> Response:
        """The button."""
        asked = question_of(request.path_params["token"], self._desk.secret)
        if asked is None:
            return _gone()
        late = self._late(asked[1])

        def work(tx: Tx) -> Question | None:
            return readers.question(tx, *asked) if late else readers.answer(tx, *asked, now=self._clock())

        stood = await self._write(work)
        if stood is Question.OPEN and not late:
            return page("confirmed.html", token=token(asked[0], self._desk.secret))
        return _closed(stood, request.url.path)

    async def ask_again(self, request: Request) -> Response:
        """The button of who comes too late: another question, to the same mailbox, for the same choices."""
        asked = question_of(request.path_params["token"], self._desk.secret)
        if asked is None or not self._desk.open:
            return _gone()

        def work(tx: Tx) -> bool:
            found = readers.get(tx, asked[0])
            if found is not None:
                self._question(tx, found.reader.address, found.subscription)
            return found is not None

        if not await self._write(work):
            return _gone()
        return message(
            _("Regardez votre courrier."),
            _("Le dernier courriel reçu contient le bon lien. Il en part un par jour au plus."),
        )

    # Stopping

    async def stopping(self, request: Request) -> Response:
        """One button."""
        subscriber = await self._reader(request)
        if subscriber is None and self._id(request) is None:
            return _gone()
        if subscriber is None or subscriber.reader.disabled_reason is not None:
            return _stopped("")
        return page("stop.html", action=request.url.path, token=request.path_params["token"])

    async def stop(self, request: Request) -> Response:
        """The button, or the mail program's own (RFC 8058). A reader erased since then is answered alike."""
        reader_id = self._id(request)
        if reader_id is None:
            return _gone()

        def work(tx: Tx) -> None:
            known = readers.get(tx, reader_id)
            if known is not None and known.reader.disabled_reason is None:
                readers.disable(tx, reader_id, UNSUBSCRIBED, now=self._clock())

        known = await self._reader(request)
        if known is not None and known.reader.disabled_reason is None:
            await self._write(work)
        return _stopped(request.path_params["token"] if known else "")

    # Changing

    async def settings(self, request: Request) -> Response:
        """Rhythm and topics."""
        subscriber = await self._reader(request)
        if subscriber is None:
            return _gone()
        return self._settings(request, subscriber, saved=request.query_params.get("ok") == "1")

    async def change(self, request: Request) -> Response:
        """Save the form; who had stopped and chooses a rhythm receives again."""
        subscriber = await self._reader(request)
        if subscriber is None:
            return _gone()
        wanted = self._wanted(await form(request), subscriber.reader.id)
        # What this page does not show stays as it was.
        kept = replace(
            subscriber.subscription,
            sectors=wanted.sectors,
            departements=wanted.departements,
            rhythms=wanted.rhythms,
        )

        def work(tx: Tx) -> None:
            readers.save(tx, kept)
            readers.resume(tx, kept.reader_id, now=self._clock())

        await self._write(work)
        return RedirectResponse(f"{request.url.path}?ok=1", status_code=303)

    # What is kept

    async def data(self, request: Request) -> Response:
        """In words."""
        subscriber = await self._reader(request)
        if subscriber is None:
            return _gone()
        return page(
            "data.html",
            token=request.path_params["token"],
            subscriber=subscriber,
            sectors=[name for id_, name in self._desk.sectors if id_ in subscriber.subscription.sectors],
            departements=[
                name for id_, name in self._desk.departements if id_ in subscriber.subscription.departements
            ],
            rhythms=[_RHYTHMS[rhythm]() for rhythm in Rhythm if rhythm in subscriber.subscription.rhythms],
            data=await self._read(lambda tx: _kept(tx, subscriber)),
        )

    async def data_file(self, request: Request) -> Response:
        """The same for machines."""
        subscriber = await self._reader(request)
        if subscriber is None:
            return _gone()
        data = await self._read(lambda tx: _kept(tx, subscriber))
        return Response(
            json.dumps(data, ensure_ascii=False, indent=2),
            media_type="application/json",
            headers={"content-disposition": 'attachment; filename="comtoise-mes-donnees.json"'},
        )

    async def erasing(self, request: Request) -> Response:
        """What it means, and one button."""
        if await self._reader(request) is None:
            return _gone()
        return page("erase.html", action=request.url.path, token=request.path_params["token"])

    async def erase(self, request: Request) -> Response:
        """The button."""
        reader_id = self._id(request)
        if reader_id is None:
            return _gone()

        await asyncio.to_thread(erase, self._database, reader_id, key=self._desk.secret, now=self._clock())
        return message(
            _("C’est effacé."),
            _("Il ne reste qu’une empreinte illisible, qui prouve que votre demande a été suivie."),
        )

    async def privacy(self, _request: Request) -> Response:
        """What is kept, why, how long, and the rights over it."""
        return page("privacy.html", operator=self._desk.operator)

    # Inside

    def _question(self, tx: Tx, address: str, wanted: Subscription) -> None:
        now = self._clock()
        reader, to_confirm = readers.ask(tx, Channel.MAIL, address, now=now)
        if to_confirm:
            readers.save(tx, replace(wanted, reader_id=reader.id))
            outbox.enqueue_confirmation(tx, reader_id=reader.id, now=now)

    def _late(self, asked_at: datetime) -> bool:
        return self._clock() - asked_at > CONFIRM_WITHIN

    def _settings(self, request: Request, subscriber: Subscriber, *, saved: bool) -> Response:
        return page(
            "settings.html",
            desk=self._desk,
            action=request.url.path,
            token=request.path_params["token"],
            wanted=subscriber.subscription,
            unconfirmed=not subscriber.reader.confirmed,
            stopped=subscriber.reader.disabled_reason is not None,
            saved=saved,
        )

    def _wanted(self, fields: Mapping[str, list[str]], reader_id: int) -> Subscription:
        """What a form asks for; only what the desk offers."""
        rhythm = Rhythm.DAILY if fields.get("rythme") == [Rhythm.DAILY.value] else Rhythm.WEEKLY
        return Subscription(
            reader_id=reader_id,
            sectors=frozenset(id_ for id_, _name in self._desk.sectors) & set(fields.get("filiere", ())),
            departements=frozenset(code for code, _name in self._desk.departements)
            & set(fields.get("departement", ())),
            rhythms=frozenset({rhythm}),
        )

    def _id(self, request: Request) -> int | None:
        return reader_of(request.path_params["token"], self._desk.secret)

    async def _reader(self, request: Request) -> Subscriber | None:
        reader_id = self._id(request)
        if reader_id is None:
            return None
        return await self._read(lambda tx: readers.get(tx, reader_id))


_WEEKLY = frozenset({Rhythm.WEEKLY})
_RHYTHMS: Mapping[Rhythm, Callable[[], str]] = {
    Rhythm.INSTANT: lambda: _("tout de suite"),
    Rhythm.DAILY: lambda: _("chaque matin"),
    Rhythm.WEEKLY: lambda: _("chaque semaine"),
}


def _kept(tx: Tx, subscriber: Subscriber) -> dict[str, object]:
    """All that is kept about a reader, as values that JSON can hold."""
    reader, wanted = subscriber.reader, subscriber.subscription
    return {
        "adresse": reader.address,
        "depuis": subscriber.since.isoformat(),
        "confirme": reader.confirmed,
        "langue": reader.language,
        "fuseau": reader.timezone,
        "arret": reader.disabled_reason,
        **readers.exported(wanted),
        "envois": [
            {"quoi": line.kind.value, "etat": line.state.value, "quand": _iso(line.settled_at)}
            for line in outbox.of_reader(tx, reader.id)
        ],
        "avis": {str(story): verdict.value for story, verdict in feedback.of_reader(tx, reader.id).items()},
    }


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat(timespec="minutes")


def _gone() -> Response:
    return message(
        _("Cette adresse ne mène à rien."),
        _("Le lien est incomplet, ou les données ont été effacées."),
        _("Pour recevoir la veille, inscrivez-vous depuis la page d’accueil."),
        status=404,
    )


def _closed(stands: Question | None, path: str) -> Response:
    """A question that is not to be answered any more, and why."""
    if stands is None:
        return _gone()
    if stands is Question.ANSWERED:
        return message(_("Votre inscription est déjà confirmée."), _("Il n’y a rien d’autre à faire."))
    return page("too_late.html", status=410, action=f"{path}/encore")


def _stopped(known: str) -> Response:
    return page("stopped.html", token=known)
