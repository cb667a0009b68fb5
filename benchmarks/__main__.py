"""``make bench``: the measurements in one table; arguments name the benchmarks to run."""

import importlib
import sys

from benchmarks.table import Row

BENCHMARKS = ("imports", "pdf", "mime")


def main() -> None:
    """Print the table, each benchmark as it ends."""
    for name in sys.argv[1:] or BENCHMARKS:
        rows: list[Row] = importlib.import_module(f"benchmarks.{name}").measure()
        for row in rows:
            print(f"{row.what:<76} {row.ours:>12} {row.peer:>12} {row.ratio:>8}", flush=True)


if __name__ == "__main__":
    print(f"{'what':<76} {'ours':>12} {'peer, limit':>12} {'ratio':>8}")
    main()
