"""Every change of config.yaml by a program ends here: in the file, and in its history with who made it."""

from datetime import datetime
from pathlib import Path

from comtoise.config.editing import Change, Edit, edit_config, restore_config
from comtoise.store import Database, versions


def change(
    database: Database,
    path: Path,
    wanted: Change,
    *,
    who: str,
    now: datetime,
    expected: str | None = None,
    write: bool = True,
) -> Edit:
    """Edit the file (see `edit_config`, also for what it raises), and remember what it said and says."""
    edit = edit_config(path, wanted, expected=expected, write=write)
    if write:
        _remember(database, edit, who, now)
    return edit


def restore(
    database: Database, path: Path, text: str, *, who: str, now: datetime, write: bool = True
) -> Edit:
    """Put a former text back, and remember that."""
    edit = restore_config(path, text, write=write)
    if write:
        _remember(database, edit, who, now)
    return edit


def _remember(database: Database, edit: Edit, who: str, now: datetime) -> None:
    if not edit.changed:
        return
    with database.write() as tx:
        versions.keep(
            tx, edit.before, who=versions.BY_HAND, now=now
        )  # saved in an editor, and noted by nobody
        versions.keep(tx, edit.after, who=who, now=now)
