import { useParams } from "wouter";
import { ApiProblem } from "../api/problem";
import { WithMailWords } from "../settings/WithMailWords";
import { WithZone } from "../settings/WithZone";
import { NotFound } from "../shell/NotFound";
import { PageLoading } from "../shell/PageLoading";
import { PageError } from "../ui/PageError";
import { CreateCampaign } from "./CreateCampaign";
import { EditCampaign } from "./EditCampaign";
import { useCampaign } from "./queries";

/** The editor: of a new campaign, or of one that exists. */
export function EditorPage() {
  const { id } = useParams<{ id?: string }>();
  if (id) return <Existing key={id} id={id} />;
  return (
    <WithZone>
      {(zone) => (
        <WithMailWords>{(mail) => <CreateCampaign zone={zone} mail={mail} />}</WithMailWords>
      )}
    </WithZone>
  );
}

function Existing({ id }: { id: string }) {
  const { data, error, refetch } = useCampaign(id);
  if (data) return <EditCampaign campaign={data} />;
  if (error instanceof ApiProblem && error.status === 404) return <NotFound />;
  return error ? <PageError error={error} onRetry={() => void refetch()} /> : <PageLoading />;
}
