"""One side of bench_poll.py: Comtoise's collector. Not run by hand.

    python poll_comtoise.py --config config.yaml

It is ``python -m comtoise_crawler``, but for one thing: the service starts no more polls a minute than twice their
mean rate, however many are due, and this measures the work, not that pace.
"""

import runpy

from comtoise.polling import smoothing

smoothing.LEAST = 1_000_000.0  # polls a minute
runpy.run_module("comtoise_crawler", run_name="__main__", alter_sys=True)
