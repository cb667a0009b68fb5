"""CPU time that importing each handler adds to bare Python, compared with a usual handler."""

import os
import resource
import statistics
import subprocess
import sys
from pathlib import Path

from benchmarks.table import Row

ROOT = Path(__file__).parents[1]
ROUNDS = 7

USUAL = """
import boto3
from aws_lambda_powertools import Logger, Metrics, Tracer
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver

logger, metrics, tracer = Logger(), Metrics(), Tracer()
app = APIGatewayHttpResolver(enable_validation=True)
table = boto3.resource("dynamodb").Table("table")

@app.get("/v1/sends")
@tracer.capture_method
def list_sends() -> dict[str, str]:
    return {}

@logger.inject_lambda_context
@tracer.capture_lambda_handler
@metrics.log_metrics
def handler(event, context):
    return app.resolve(event, context)
"""
"""A handler as in tutorials, which creates everything at import, Tracer included."""


HOLIDAYS = """
import datetime as dt
from facteur.domain.public_holidays import HolidayArea, is_public_holiday

is_public_holiday(HolidayArea("FR"), dt.date(2027, 5, 1))
"""
ALL_HOLIDAYS = """
import datetime as dt
import facteur.domain.public_holidays
from holidays import country_holidays

dt.date(2027, 5, 1) in country_holidays("FR")
"""
"""The first rule that depends on days off; the peer is the package as its documentation uses it."""


def measure() -> list[Row]:
    """One row per function and one for days off: CPU milliseconds, median of ROUNDS."""
    names = sorted(path.parent.name for path in (ROOT / "functions").glob("*/handler.py"))
    codes = {name: f"import functions.{name}.handler" for name in names}
    codes |= {"bare": "", "usual": USUAL, "holidays": HOLIDAYS, "all holidays": ALL_HOLIDAYS}
    times: dict[str, list[float]] = {name: [] for name in codes}
    for _ in range(ROUNDS):
        for name, code in codes.items():
            times[name].append(_milliseconds(code))
    bare = statistics.median(times["bare"])
    added = {name: statistics.median(values) - bare for name, values in times.items()}
    usual, one, every = added["usual"], added["holidays"], added["all holidays"]
    return [
        Row(
            "first rule that depends on days off; peer: holidays.country_holidays",
            f"{one:.0f} ms",
            f"{every:.0f} ms",
            f"{one / every:.2f}",
        ),
        *(
            Row(
                f"import of {name}; peer: a handler with Tracer and a table made at import",
                f"{added[name]:.0f} ms",
                f"{usual:.0f} ms",
                f"{added[name] / usual:.2f}",
            )
            for name in names
        ),
    ]


def _milliseconds(code: str) -> float:
    """CPU milliseconds of a new interpreter that runs ``code``."""
    environment = os.environ | {
        "PYTHONPATH": f"{ROOT / 'layers' / 'core'}{os.pathsep}{ROOT}",
        "AWS_DEFAULT_REGION": "eu-west-3",
        "POWERTOOLS_SERVICE_NAME": "benchmark",
        "POWERTOOLS_METRICS_NAMESPACE": "benchmark",
        "POWERTOOLS_TRACE_DISABLED": "true",
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", code], check=True, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return seconds * 1_000
