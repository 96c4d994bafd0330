"""The REST interface of WordPress: ``/wp-json/wp/v2/posts``."""

from datetime import datetime

from comtoise.model import Source
from comtoise_crawler.answer import Answer
from comtoise_crawler.kinds.listed import Listed
from comtoise_crawler.reading import read_wordpress


def read(answer: Answer, source: Source, now: datetime) -> Listed:  # noqa: ARG001 (the answer says it all)
    """Read a page of posts. Raises `SourceError` when it is none."""
    return Listed(
        entries=tuple(read_wordpress(answer.body, url=answer.url, now=now, content_type=answer.content_type))
    )
