"""Decides whether an uploaded PDF may be sent, with pikepdf: qpdf, a strict parser.

``checker`` implements the port ``PdfChecker``; only the function ``inspect`` loads these modules.
See docs/decisions/0029-uploads-are-read-strictly-and-whole.md.
"""
