"""Environment variables of each function: one model per function, with its own variables only.

No other module reads the environment. It is read when a function is built, not at import, because
the local mode sets the variables of each function in turn in one process. pydantic-settings is not
used: it imports its command line and asyncio, which takes 100 ms of each cold start.
"""

import os
from typing import Self

from pydantic import BaseModel, ConfigDict


class Variables(BaseModel):
    """Variables of a function; each field is named after its variable, in lower case."""

    model_config = ConfigDict(frozen=True)

    @classmethod
    def from_environment(cls) -> Self:
        """Read this function's variables. Raises ValidationError that names the missing ones."""
        return cls.model_validate(
            {
                name: os.environ[name.upper()]
                for name in cls.model_fields
                if name.upper() in os.environ
            }
        )


class FunctionSettings(Variables):
    """Variables of every function that reads or writes the table."""

    table_name: str


class SettingsSettings(FunctionSettings):
    """The function ``settings``."""


class RecipientsSettings(FunctionSettings):
    """The function ``recipients``."""


class HooksSettings(FunctionSettings):
    """Variables of every function that tells webhooks what it changes."""

    hooks_queue_url: str


class ScheduleSettings(HooksSettings):
    """Variables of every function that writes schedules."""

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
    inspect_function: str


class InspectSettings(Variables):
    """The function ``inspect``."""

    archive_bucket: str


class SendsSettings(HooksSettings):
    """The function ``sends``."""

    archive_bucket: str
    outbox_queue_url: str
    console_url: str


class RunCampaignSettings(HooksSettings):
    """The function ``run_campaign``."""

    archive_bucket: str
    outbox_queue_url: str
    console_url: str


class DeliverSettings(HooksSettings):
    """The function ``deliver``."""

    archive_bucket: str
    outbox_queue_url: str
    console_url: str
    configuration_set: str


class TrackSettings(HooksSettings):
    """The function ``track``."""

    outbox_queue_url: str
    console_url: str


class ReconcileSettings(ScheduleSettings):
    """The function ``reconcile``."""

    outbox_queue_url: str
    console_url: str


class WebhooksSettings(HooksSettings):
    """The function ``webhooks``."""


class NotifySettings(HooksSettings):
    """The function ``notify``."""
