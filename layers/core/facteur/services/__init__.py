"""The use cases, in rooms by what they serve; each room's docstring says who calls it.

A service is a frozen dataclass on ports, with named methods. ``bootstrap`` wires it to adapters,
the tests wire it to fakes. tests/rules checks which room may import which.
"""
