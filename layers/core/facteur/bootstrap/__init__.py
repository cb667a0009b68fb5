"""Joins adapters to services: one module and one builder per function, and nothing else does.

A builder is called at a function's first invocation and cached for the life of the process. It
imports its adapters only then, because they bring their SDKs.

``CLOCK`` is a variable on purpose: the local mode and the tests put their own clock in its place
before anything is built.
"""

import logging

from aws_lambda_powertools import Logger
from aws_lambda_powertools.logging.utils import copy_config_to_registered_loggers

from facteur.adapters.clock import SystemClock
from facteur.ports import Clock

CLOCK: Clock = SystemClock()

LOCAL_RECEIVERS = False
"""May webhooks point at this machine? Only the local mode says so: no variable of a deployment
can."""

# The core logs through the standard library: print its lines as the functions' own, in JSON.
# Lambda's text format would drop their ``extra`` keys.
logging.getLogger("facteur")
copy_config_to_registered_loggers(Logger(), include={"facteur"})
