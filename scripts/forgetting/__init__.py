"""What is known of a person: forgotten or exported, in every organization of a table.

``search`` finds, ``forget`` removes, ``export`` writes what is known, ``report`` says what was
done. All take their adapters from outside (``outside``), so that a test runs them on the local
mode.
"""
