"""The captured mail: SES adds to it, the ``/local/mailbox`` routes show it."""
