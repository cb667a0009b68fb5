"""Documents: what people write or upload, and the PDFs that are attached to a Send.

Called by the functions ``documents`` (edit, upload, preview) and ``inspect`` (inspect), and by
everything that sends (choose, attach, make_pdf).
"""
