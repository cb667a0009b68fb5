"""What is known of a person, as a file for them: their own data, and nobody else's.

A Send to fifty people names the one who asked; the addresses of the others are left out.
"""

from dataclasses import dataclass

from facteur.adapters.dynamodb.attributes import Item, read_text
from facteur.adapters.dynamodb.forgetting import texts_in
from facteur.adapters.dynamodb.packing import fields_of
from facteur.adapters.dynamodb.places import Kind, Place
from facteur.domain.errors import NotFoundError
from facteur.domain.forgetting import Fields, Json, Redaction
from facteur.domain.identity import CampaignId, GroupId, OrgId, SendId
from facteur.domain.send import recipient_outcomes
from facteur.ports import Clock, Store
from scripts.forgetting.outside import Accounts, Surroundings
from scripts.forgetting.search import Search, Wanted

_DERIVED = {Kind.POSTING}
"""What is derived from something else that is exported."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportPerson:
    """Reads everything, and changes nothing."""

    search: Search
    store: Store
    accounts: Accounts
    surroundings: Surroundings
    clock: Clock

    def export(self, address: str, *, names: tuple[str, ...] = ()) -> Fields:
        """Everything that is known of whoever has this address, by organization and kind."""
        account = self.accounts.find_account(address)
        wanted = self.search.identify(address, names, account)
        organizations: dict[str, dict[str, dict[str, Json]]] = {}
        for place, item in self.search.items_of(wanted):
            if place.kind in _DERIVED:
                continue
            organization = place.organization or read_text(item, "organization")
            kinds = organizations.setdefault(organization, {})
            known = kinds.setdefault(place.kind, {})
            is_address = place.kind in (Kind.KNOWN, Kind.STANDING)
            identifier = read_text(item, "address") if is_address else place.id
            # A document's summary comes before its content, which says more.
            if identifier not in known or "content" in item:
                known[identifier] = self._described(place, item, wanted)
        pdfs, _ = self.search.pdfs_of(wanted)
        return {
            "address": wanted.address,
            "exported_at": self.clock.now().isoformat(),
            "account": {
                "organization": account.organization,
                "user": account.user,
                "name": account.name,
            }
            if account is not None
            else None,
            "organizations": _as_json(organizations),
            "pdfs": [{"key": one.key, "version": one.version} for one in pdfs],
            **self.surroundings.find(address),
        }

    def _described(self, place: Place, item: Item, wanted: Wanted) -> Json:
        organization = place.organization
        redaction = wanted.redaction(organization)
        match place.kind:
            case Kind.SEND:
                return self._send(organization, SendId(place.id), redaction)
            case Kind.CAMPAIGN:
                return self._campaign(organization, CampaignId(place.id), redaction)
            case Kind.GROUP:
                return self._group(organization, GroupId(place.id), redaction)
            case Kind.DOCUMENT if "content" in item:
                return _parts_about(fields_of(item["content"]["B"]), redaction)
            case Kind.PROFILE | Kind.CLIENT | Kind.KNOWN | Kind.STANDING:
                return {name: value["S"] for name, value in item.items() if "S" in value}
        return _parts_about(texts_in(item), redaction)

    def _send(self, organization: OrgId, send_id: SendId, redaction: Redaction) -> Json:
        sends = self.store.sends(organization)
        try:
            send = sends.get(send_id)
        except NotFoundError:
            return None
        outcomes = recipient_outcomes(send, sends.get_messages(send_id))
        return {
            "origin": send.origin,
            "queued_at": send.queued_at.isoformat(),
            "subject": send.subject,
            "body": send.body,
            "documents": [
                {"name": one.name, "number": one.number, "date": one.date.isoformat()}
                for one in send.documents
            ],
            "sent_by_them": redaction.is_theirs(send.sender.copy_to),
            "received_by_them": [
                {
                    "role": one.role,
                    "outcome": one.outcome,
                    "at": one.at.isoformat() if one.at is not None else None,
                    "detail": one.detail,
                }
                for one in outcomes
                if redaction.is_theirs(one.address)
            ],
        }

    def _campaign(self, organization: OrgId, campaign_id: CampaignId, redaction: Redaction) -> Json:
        campaign = self.store.campaigns(organization).find(campaign_id)
        if campaign is None:
            return None
        draft = campaign.draft
        next_run_at = campaign.next_run_at
        return {
            "name": draft.name,
            "subject": draft.subject,
            "body": draft.body,
            "status": campaign.status,
            "next_run_at": next_run_at.isoformat() if next_run_at is not None else None,
            "owner": campaign.owner,
            "received_by_them": any(map(redaction.is_theirs, draft.recipients)),
        }

    def _group(self, organization: OrgId, group_id: GroupId, redaction: Redaction) -> Json:
        for group in self.store.groups(organization).find_many([group_id]):
            contacts = [one for one in group.contacts if redaction.is_theirs(one.address)]
            return {
                "name": group.name,
                "received_by_them": bool(contacts),
                "called_there": [one.name for one in contacts],
            }
        return None


def _parts_about(value: Json, redaction: Redaction) -> list[Json]:
    """The parts of a value that name the person: of each object that does, its plain fields."""
    match value:
        case dict():
            plain: Json = {n: v for n, v in value.items() if not isinstance(v, dict | list)}
            own: list[Json] = [plain] if redaction.is_in(plain) else []
            nested: list[Json] = [v for v in value.values() if isinstance(v, dict | list)]
            return own + _parts_about(nested, redaction)
        case list():
            return [part for inner in value for part in _parts_about(inner, redaction)]
        case str() if redaction.is_in(value):
            return [value]
    return []


def _as_json(organizations: dict[str, dict[str, dict[str, Json]]]) -> Json:
    return {
        name: {kind: dict(ids) for kind, ids in kinds.items()}
        for name, kinds in organizations.items()
    }
