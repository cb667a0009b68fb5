"""What each code means: code → French, English.

Names between braces are the parameters of the error.
"""
