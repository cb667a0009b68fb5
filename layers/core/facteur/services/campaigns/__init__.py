"""Campaigns: what people decide about them, and the Send of each occurrence.

Called by the function ``campaigns`` (check, edit, control, read), by ``run_campaign`` (run,
make_occurrence), by ``sends`` (preview) and by ``reconcile`` (sync_schedule).
"""
