"""A process that leads a database, claims a row, and settles it when told to; to be paused in between.

    python -m support.leader DATABASE_URL LEASE_S

Writes one line of JSON for each thing that it did; reads a line before it settles.
"""

import json
import sys
from datetime import UTC, datetime

from comtoise import logs
from comtoise.errors import SupersededError
from comtoise.model import Sent
from comtoise.store import Database, outbox
from comtoise.store.instance import OnlyInstance
from support import due


def tell(**facts: object) -> None:
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()


def main() -> None:
    logs.set_up("INFO")  # to the standard error: the standard output is for `tell`
    database, lease_s = Database.open(sys.argv[1]), float(sys.argv[2])
    with OnlyInstance(database, lease_s=lease_s) as instance:
        with database.write() as tx:
            (claimed,) = due.leaving(tx, datetime.now(UTC), limit=1)
        tell(claimed=claimed.id, epoch=instance.epoch, held=instance.held())
        sys.stdin.readline()
        held = instance.held()
        try:
            with database.write() as tx:
                outbox.settle(tx, claimed.id, Sent("late"), now=datetime.now(UTC))
            refused = None
        except SupersededError as error:
            refused = str(error)
        tell(refused=refused, held=held)


if __name__ == "__main__":
    main()
