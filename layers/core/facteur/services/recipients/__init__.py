"""Whom mail goes to: groups of recipients, and the addresses that were written to.

Called by the function ``recipients``.
"""
