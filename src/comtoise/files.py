"""What to say of a file that the system refuses, in place of its own words (« Is a directory »)."""

import errno
from pathlib import Path

from comtoise.errors import InputError
from comtoise.i18n import _


def refused_reading(error: OSError) -> tuple[str, str]:
    """Why a file cannot be read, and what to do about it: the two halves of a sentence."""
    match error:
        case FileNotFoundError() | NotADirectoryError():
            return _("le fichier n’existe pas"), _("vérifiez son nom et son dossier")
        case IsADirectoryError():
            return _("c’est un dossier"), _("donnez le nom d’un fichier")
        case PermissionError():
            return _("vous n’avez pas le droit de lire ce fichier"), _(
                "demandez-le à qui administre la machine"
            )
    return _("le fichier ne peut pas être lu ({code})").format(code=_code(error)), _(
        "vérifiez le disque ou le réseau où il est"
    )


def refused_writing(error: OSError) -> tuple[str, str]:
    """Why a file cannot be written, and what to do about it: the two halves of a sentence."""
    match error:
        case FileNotFoundError() | NotADirectoryError():
            return _("son dossier n’existe pas"), _("créez-le, ou choisissez un autre endroit")
        case IsADirectoryError():
            return _("c’est un dossier"), _("donnez le nom d’un fichier")
        case FileExistsError():
            return _("le nom est déjà pris"), _("choisissez-en un autre")
        case PermissionError():
            return _("vous n’avez pas le droit d’y écrire"), _("choisissez un autre endroit")
    if error.errno == errno.EROFS:
        return _("vous n’avez pas le droit d’y écrire"), _("choisissez un autre endroit")
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return _("le disque est plein"), _("faites de la place, ou choisissez un autre endroit")
    return _("le fichier ne peut pas être écrit ({code})").format(code=_code(error)), _(
        "vérifiez le disque ou le réseau où il est"
    )


def unreadable(path: Path | str, error: OSError) -> InputError:
    """The sentence about a file that cannot be read, as an error to raise."""
    return _told(path, refused_reading(error))


def unwritable(path: Path | str, error: OSError) -> InputError:
    """The sentence about a file that cannot be written, as an error to raise."""
    return _told(path, refused_writing(error))


def _told(path: Path | str, why: tuple[str, str]) -> InputError:
    return InputError(_("« {path} » : {why} ; {remedy}.").format(path=path, why=why[0], remedy=why[1]))


def _code(error: OSError) -> str:
    """The system's name of an error that we have no words for: enough for who can search."""
    return errno.errorcode.get(error.errno or 0, type(error).__name__)
