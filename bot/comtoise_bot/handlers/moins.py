"""« Moins de ça… » under an alert: mute a company, a sector, an event or a source, and hear of it again."""

from telegram import Update
from telegram.ext import CallbackQueryHandler

from comtoise_bot import rendering
from comtoise_bot.callbacks import Less, pattern, read
from comtoise_bot.desk import BotDesk
from comtoise_bot.less import option
from comtoise_bot.screens import less, notes
from comtoise_bot.talk import Context, Handler, may_change, rekey, tapped, toast, where


def handlers(desk: BotDesk) -> list[Handler]:
    """The buttons."""

    async def tap(update: Update, _context: Context) -> None:
        if not await may_change(update):
            return
        query, _choice = tapped(update)
        wanted = read(query.data)
        if not isinstance(wanted, Less):
            await toast(query, notes.outdated())
            return
        place = where(update)
        heard = await desk.heard(place, int(wanted.story_id))
        if heard is None:
            await toast(query, notes.story_gone())
            return
        chosen = option(heard.story, wanted.what)
        if wanted.what == less.BACK:
            await toast(query)
            await rekey(query, rendering.alert_buttons(heard.story, heard.given))
        elif chosen is None:
            await toast(query)
            await rekey(query, less.what(heard.story, heard.mutes))
        elif not wanted.days:
            await toast(query)
            await rekey(query, less.how_long(heard.story, chosen))
        elif wanted.days == "x":
            await desk.lift(place, chosen.kind, chosen.topic)
            await toast(query, less.done(chosen, "x"))
            await rekey(query, rendering.alert_buttons(heard.story, heard.given))
        else:
            await desk.mute(place, chosen.kind, chosen.topic, days=int(wanted.days))
            await toast(query, less.done(chosen, wanted.days))
            await rekey(query, less.muted(heard.story, chosen, heard.given))

    return [CallbackQueryHandler(tap, pattern(Less))]
