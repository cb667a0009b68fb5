"""From the outbox to SES, and what becomes of each message afterwards.

Called by the functions ``deliver`` (deliver, settle) and ``track`` (record_ses_event, settle), by
``reconcile`` and by ``services.campaigns.run`` (settle). Only ``deliver`` talks to SES.
"""
