"""What every other room shares: the SQLite file, the clock that can be moved, and the faults."""
