"""From a request to a queued Send: check it, fill in its words, write it, hand it to the outbox.

Called by the function ``sends`` (send, retry, preview), by ``documents`` (prefill) and by
``services.campaigns`` (fill, queue, show_preview).
"""
