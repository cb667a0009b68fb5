"""Addresses of pages of the console, for links in mails."""

from dataclasses import dataclass

from facteur.domain.identity import CampaignId, SendId


@dataclass(frozen=True, slots=True)
class Console:
    """The console at ``address``: scheme and host, without a slash at the end."""

    address: str

    def send(self, send: SendId) -> str:
        """The detail of a Send in the history."""
        return f"{self.address}/historique/{send}"

    def campaign(self, campaign: CampaignId) -> str:
        """A campaign."""
        return f"{self.address}/campagnes/{campaign}"
