"""From a request to a queued Send: check, replace variables, write, put on the outbox.

Called by the functions ``sends`` (send, retry, preview), ``documents`` (prefill) and ``recipients``
(groups, propose), and by ``services.campaigns`` (fill, queue, show_preview).
"""
