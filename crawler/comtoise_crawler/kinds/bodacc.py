"""The official register of commercial notices (BODACC): collective procedures by département."""

from datetime import datetime

from comtoise.model import Source
from comtoise_crawler.answer import Answer
from comtoise_crawler.kinds.listed import Listed
from comtoise_crawler.reading import read_bodacc


def read(answer: Answer, source: Source, now: datetime) -> Listed:  # noqa: ARG001 (the answer says it all)
    """Read records of the open interface. Raises `SourceError` when the answer is something else."""
    return Listed(
        entries=tuple(read_bodacc(answer.body, url=answer.url, now=now, content_type=answer.content_type))
    )
