"""What a document may cost, whoever wrote it. Sources: docs/decisions/0007-reading.md."""

BODY_MAX = 10 * 1024 * 1024  #: bytes, after decompression
ENTRIES_MAX = 2_000  #: of one feed, listing or register page
SITEMAP_MAX = 50_000  #: addresses of one sitemap, as the protocol has it
ENTITY_MAX = 200  #: characters that one entity of a document's own DTD may stand for
ENTITIES_MAX = 100  #: entities that a document may declare
EXPANSION_MAX = 200_000  #: characters that all of its entities together may add
PAGE_ELEMENTS_MAX = 50_000  #: elements of one page; the largest seen had 12,000
PAGE_DEPTH_MAX = 400  #: levels of elements of one page
TAG_MAX = 20_000  #: characters between « < » and « > » beyond which attributes are counted
ATTRIBUTES_MAX = 500  #: of one element: libxml2 is quadratic in them
NET_MAX = 1024 * 1024  #: bytes given to the slow, tolerant reader
