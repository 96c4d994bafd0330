"""The words of the house as frozen values. No behaviour beyond what a value knows of itself."""

from comtoise.model.article import Article
from comtoise.model.delivery import (
    Deferred,
    Delivery,
    DeliveryKind,
    DeliveryState,
    MaybeSent,
    Moved,
    Outcome,
    Refused,
    Sent,
)
from comtoise.model.digest import Digest, Section, Slot, Week
from comtoise.model.entry import Entry, Page
from comtoise.model.match import (
    Amount,
    Evidence,
    Jobs,
    Match,
    Part,
    SignalSlots,
    TopicKind,
    Understanding,
)
from comtoise.model.reader import Channel, Reader, Rhythm, Subscription
from comtoise.model.source import Access, ListingSelectors, RightsSign, Source, SourceKind, is_reserved
from comtoise.model.story import Story, StoryArticle, StoryFact

__all__ = [
    "Access",
    "Amount",
    "Article",
    "Channel",
    "Deferred",
    "Delivery",
    "DeliveryKind",
    "DeliveryState",
    "Digest",
    "Entry",
    "Evidence",
    "Jobs",
    "ListingSelectors",
    "Match",
    "MaybeSent",
    "Moved",
    "Outcome",
    "Page",
    "Part",
    "Reader",
    "Refused",
    "Rhythm",
    "RightsSign",
    "Section",
    "Sent",
    "SignalSlots",
    "Slot",
    "Source",
    "SourceKind",
    "Story",
    "StoryArticle",
    "StoryFact",
    "Subscription",
    "TopicKind",
    "Understanding",
    "Week",
    "is_reserved",
]
