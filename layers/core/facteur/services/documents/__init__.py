"""Documents: what people write or upload, and the PDFs that are attached to a Send.

Called by the function ``documents`` (edit, upload, preview) and by everything that sends
(choose, attach, make_pdf).
"""
