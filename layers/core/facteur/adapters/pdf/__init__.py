"""Documents as PDFs: laid out in points from the top left corner, written by fpdf2."""
