"""Runs the functions as Lambda would, and triggers them: from queues, on timers, when time moves.

``web`` invokes them for HTTP requests.
"""
