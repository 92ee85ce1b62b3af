"""What every peer is measured with: CPU seconds of start-up, of a first and of a second pass, and peak memory; one line of JSON."""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable, Sequence


def measure(load: Callable[[], Callable[[Sequence[str]], int]]) -> None:
    """Loads a peer, warms it with one text, runs it twice over the texts of the file named on the command line.

    Args:
        load: returns a function that works through texts and says how many it did.
    """
    with open(sys.argv[1], encoding="utf-8") as file:
        texts = [json.loads(line)["text"] for line in file]
    work = load()
    work(texts[:1])
    startup = time.process_time()
    seconds = []
    for _ in range(2):
        begin = time.process_time()
        done = work(texts)
        seconds.append(time.process_time() - begin)
        assert done == len(texts), (done, len(texts))
    usage = resource.getrusage(resource.RUSAGE_SELF)
    print(
        json.dumps(
            {
                "startup": startup,
                "cold": len(texts) / seconds[0],
                "warm": len(texts) / seconds[1],
                "mb": usage.ru_maxrss / 1024,
            }
        )
    )
