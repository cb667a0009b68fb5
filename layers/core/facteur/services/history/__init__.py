"""What was sent: pages of the history, one Send in full, its attachments and sources, the export.

Called by the function ``sends``.
"""
