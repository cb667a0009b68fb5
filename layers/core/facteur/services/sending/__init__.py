"""From a request to a queued Send: check, replace variables, write, put on the outbox.

Called by the function ``sends`` (send, retry, preview), by ``documents`` (prefill) and by
``services.campaigns`` (fill, queue, show_preview).
"""
