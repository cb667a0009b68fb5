"""Webhooks: how host applications learn what becomes of sends, campaigns and addresses.

Called by the functions ``webhooks`` (people edit them), ``notify`` (one attempt each) and
``reconcile`` (what is owed).
"""
