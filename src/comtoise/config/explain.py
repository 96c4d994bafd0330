"""The schema's complaints, in French, each at its line and with what to write."""

from collections.abc import Iterator, Mapping
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic_core import ErrorDetails

from comtoise.config.reading import Path, Place, Tree
from comtoise.config.schema import Config, Section
from comtoise.config.values import closest, did_you_mean
from comtoise.i18n import _

_SECRET_KEYS = ("mot_de_passe", "password", "token", "jeton", "secret", "cle_api", "api_key")


def explain(error: ErrorDetails, tree: Tree) -> None:
    """Add the problem that *error* tells to the tree's."""
    path = tuple(step for step in error["loc"] if step != "[key]")
    if any(path[: len(broken)] == broken for broken in tree.broken):
        return
    kind = error["type"]
    if kind == "extra_forbidden":
        _unknown_key(path, tree)
    elif kind == "missing":
        missing_key(path, tree)
    elif kind == "comtoise":
        written = error["input"] if isinstance(error["input"], str) else ""
        context = error["ctx"]
        tree.complain(tree.find(path, written), written, context["message"], context["remedy"])
    else:
        _wrong_shape(error, path, tree)


def _unknown_key(path: Path, tree: Tree) -> None:
    key = str(path[-1])
    place = tree.keys.get(path) or tree.find(path)
    if any(word in key.lower() for word in _SECRET_KEYS):
        message = _("les secrets ne s’écrivent pas dans ce fichier (« {key} »)").format(key=key)
        remedy = _("écrivez-le dans le fichier .env : TELEGRAM_BOT_TOKEN=…, SMTP_URL=… ou DATABASE_URL=…")
        tree.complain(place, key, message, remedy)
        return
    known = keys_of(section_at(path[:-1]))
    bare = key.rstrip("\u00a0\u202f")
    if bare != key and bare in known:
        tree.broken.add((*path[:-1], bare))
        message = _("une espace insécable est entre « {key} » et le deux-points").format(key=bare)
        tree.complain(place, bare, message, _("effacez-la : « {key}: »").format(key=bare))
        return
    near = closest(key, known)
    elsewhere = [parent for parent, name in all_keys() if name == key]
    if near:
        remedy = _("vouliez-vous dire `{near}` ?").format(near=near)
    elif elsewhere:
        remedy = _("cette clé s’écrit sous `{parent}`").format(parent=elsewhere[0] or _("le bord gauche"))
    else:
        remedy = _("effacez-la ; ici on peut écrire : {known}").format(known=", ".join(known))
    tree.complain(place, key, _("la clé « {key} » est inconnue ici").format(key=key), remedy)


def missing_key(path: Path, tree: Tree) -> None:
    """Add the problem of a key that must be there."""
    parent, key = path[:-1], str(path[-1])
    place = tree.keys.get(parent) or tree.find(parent)
    section = section_at(parent)
    field = next((f for f in section.model_fields.values() if f.alias == key), None) if section else None
    example = str(field.examples[0]) if field and field.examples else "…"
    where = _("dans « {parent} »").format(parent=_shown(parent)) if parent else _("dans le fichier")
    tree.complain(
        place,
        _shown(parent),
        _("il manque « {key} » {where}").format(key=key, where=where),
        _("ajoutez la ligne « {key}: {example} »").format(key=key, example=example),
    )


def _wrong_shape(error: ErrorDetails, path: Path, tree: Tree) -> None:
    written = error["input"]
    key = _shown(path)
    text = written if isinstance(written, str) else key
    place = tree.find(path)
    if written is None:
        message = _("« {key} » n’a pas de valeur").format(key=key)
        remedy = _("écrivez une valeur après le deux-points, ou effacez la ligne")
    elif error["type"] in ("list_type", "tuple_type"):
        message = _("une liste est attendue pour « {key} »").format(key=key)
        remedy = _("écrivez un élément par ligne, en retrait, chacun précédé de « - »")
    elif error["type"] in ("dict_type", "model_type", "model_attributes_type"):
        message = _("« {key} » attend des lignes « clé: valeur » en retrait").format(key=key)
        known = keys_of(section_at(path))
        remedy = (
            _("par exemple « {key}: … » à la ligne suivante, deux espaces plus à droite").format(key=known[0])
            if known
            else _("écrivez un identifiant suivi de deux-points, puis ses clés en retrait")
        )
    elif isinstance(written, list | dict):
        message = _("une seule valeur est attendue pour « {key} »").format(key=key)
        remedy = _("écrivez-la sur la même ligne, après le deux-points")
    else:
        message = _("« {text} » ne convient pas pour « {key} »").format(text=text, key=key)
        remedy = _("reprenez la valeur de l’exemple fourni")
    tree.complain(place, text, message, remedy)


def unknown_reference(tree: Tree, path: Path, written: str, known: Mapping[str, object], what: str) -> None:
    """Add the problem of a name that leads nowhere."""
    place: Place = tree.keys[path] if path in tree.keys and path[-1] == written else tree.find(path, written)
    otherwise = _("écrivez l’un de : {names}").format(names=", ".join(list(known)[:15]))
    tree.complain(place, written, what.format(id=written), did_you_mean(written, known, otherwise))


def _shown(path: Path) -> str:
    return " › ".join(str(step + 1) if isinstance(step, int) else step for step in path)


def keys_of(section: type[Section] | None) -> list[str]:
    """The keys a section knows, in the schema's order."""
    return [str(field.alias) for field in section.model_fields.values()] if section else []


def section_at(path: Path) -> type[Section] | None:
    """The section that stands at *path*; None where the schema holds something else."""
    annotation: Any = Config
    for step in path:
        section = _section_in(annotation)
        if section is not None and isinstance(step, str):
            annotation = next((f.annotation for f in section.model_fields.values() if f.alias == step), None)
        else:
            annotation = _item_of(annotation)
    return _section_in(annotation)


def all_keys() -> Iterator[tuple[str, str]]:
    """Every key of the schema with the path of its section (« envois › quotidien »)."""
    yield from _keys_below(Config, "")


def _keys_below(section: type[Section], parent: str) -> Iterator[tuple[str, str]]:
    for field in section.model_fields.values():
        key = str(field.alias)
        yield parent, key
        inside = _section_in(field.annotation)
        if inside is not None:
            yield from _keys_below(inside, f"{parent} › {key}" if parent else key)


def _section_in(annotation: Any) -> type[Section] | None:
    """The section of an annotation, through Annotated and « | None »."""
    if isinstance(annotation, type) and issubclass(annotation, Section):
        return annotation
    if get_origin(annotation) in (Annotated, Union, UnionType):
        found = (_section_in(argument) for argument in get_args(annotation))
        return next((section for section in found if section is not None), None)
    return None


def _item_of(annotation: Any) -> Any:
    """What a list or a dictionary of an annotation holds."""
    origin = get_origin(annotation)
    if origin in (Annotated, Union, UnionType):
        found = (_item_of(argument) for argument in get_args(annotation))
        return next((item for item in found if item is not None), None)
    if origin is tuple:
        return get_args(annotation)[0]
    if origin is dict:
        return get_args(annotation)[1]
    return None
