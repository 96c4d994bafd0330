"""How a page is made and a form is read."""

from collections.abc import Mapping
from urllib.parse import parse_qsl

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from comtoise.i18n import _, chosen_language, ngettext
from comtoise.text.typography import typo

FORM_MAX = 64 * 1024  #: bytes of a form; ours are far below
FIELDS_MAX = 500

_environment = Environment(
    loader=PackageLoader("comtoise.web"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_environment.globals.update(_=_, ngettext=ngettext)
_environment.filters["typo"] = typo


def page(template: str, *, status: int = 200, **values: object) -> HTMLResponse:
    """An answer made of one of our templates."""
    text = _environment.get_template(template).render(language=chosen_language(), **values)
    return HTMLResponse(text, status_code=status)


def message(title: str, *lines: str, status: int = 200) -> HTMLResponse:
    """A page that says one thing."""
    return page("message.html", status=status, title=title, lines=lines)


async def form(request: Request) -> Mapping[str, list[str]]:
    """The fields of a posted form, each with its values; empty when it is none of ours."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > FORM_MAX:
            return {}
    fields: dict[str, list[str]] = {}
    try:
        pairs = parse_qsl(body.decode("utf-8"), max_num_fields=FIELDS_MAX)
    except ValueError:
        return {}
    for name, value in pairs:
        fields.setdefault(name, []).append(value)
    return fields
