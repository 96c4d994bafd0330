"""One side of bench_poll.py: the package `reader`, in an environment of its own. Not run by hand.

    python poll_reader.py DATABASE WORKERS < addresses-and-orders

The first line of input is the list of addresses as JSON; each line after it asks for one update of all feeds, and
is answered by one line when it is over. Nothing of Comtoise is imported: this environment does not have it.
"""

import json
import sys

from reader import make_reader  # type: ignore[import-not-found]  # not a dependency: bench_poll.py installs it


def main() -> None:
    """Answer updates until the input ends."""
    database, workers = sys.argv[1], int(sys.argv[2])
    reader = make_reader(database)
    for address in json.loads(sys.stdin.readline()):
        reader.add_feed(address)
    print(json.dumps({"ready": True}), flush=True)
    while sys.stdin.readline().strip():
        failed = sum(
            isinstance(result.value, Exception)
            for result in reader.update_feeds_iter(scheduled=False, workers=workers)
        )
        print(json.dumps({"failed": failed, "entries": reader.get_entry_counts().total}), flush=True)


if __name__ == "__main__":
    main()
