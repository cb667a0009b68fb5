"""What each function is told by its environment: one model per function, its own variables only.

This is the only module that reads the environment, and only when a function is built: the local
mode sets the variables of one function after the other in the same process. Plain pydantic on
purpose: pydantic-settings brings its command line and asyncio, 100 ms of each cold start.
"""

import os
from typing import Self

from pydantic import BaseModel, ConfigDict


class FunctionSettings(BaseModel):
    """Variables that every function has; fields are the variables' names in lower case."""

    model_config = ConfigDict(frozen=True)

    table_name: str

    @classmethod
    def from_environment(cls) -> Self:
        """Read this function's variables. Raises ValidationError naming those that lack."""
        return cls.model_validate(
            {
                name: os.environ[name.upper()]
                for name in cls.model_fields
                if name.upper() in os.environ
            }
        )


class SettingsSettings(FunctionSettings):
    """The function ``settings``."""


class ScheduleSettings(FunctionSettings):
    """What every function has that touches schedules."""

    due_queue_url: str
    due_queue_arn: str
    due_dlq_arn: str
    schedule_group: str
    scheduler_role_arn: str


class CampaignsSettings(ScheduleSettings):
    """The function ``campaigns``."""


class DocumentsSettings(FunctionSettings):
    """The function ``documents``."""

    archive_bucket: str


class SendsSettings(FunctionSettings):
    """The function ``sends``."""

    archive_bucket: str
    outbox_queue_url: str


class RunCampaignSettings(FunctionSettings):
    """The function ``run_campaign``."""

    archive_bucket: str
    outbox_queue_url: str


class DeliverSettings(FunctionSettings):
    """The function ``deliver``."""

    archive_bucket: str
    outbox_queue_url: str
    configuration_set: str


class TrackSettings(FunctionSettings):
    """The function ``track``."""

    outbox_queue_url: str


class ReconcileSettings(ScheduleSettings):
    """The function ``reconcile``."""

    outbox_queue_url: str
