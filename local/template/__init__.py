"""Reads template.yaml into a ``Stack``: what the other rooms build the local system from.

The template tests and the build script read the unresolved template through it as well.
"""
