import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "../api/client";
import { once } from "../api/once";
import { pollEvery } from "../api/polling";
import type { Webhook, WebhookBody } from "../api/types";

const LIST = ["webhooks"];

/** All webhooks of the organization; a few at most. */
export function useWebhooks() {
  return useQuery({
    queryKey: [...LIST, "list"],
    queryFn: ({ signal }) => answer(api.GET("/v1/webhooks", { signal })),
  });
}

/** What one webhook was told in the last 30 days, with each attempt. */
export function useDeliveries(id: string, cursor: string) {
  return useQuery({
    queryKey: [...LIST, id, "deliveries", cursor],
    queryFn: ({ signal }) =>
      answer(
        api.GET("/v1/webhooks/{id}/deliveries", {
          params: { path: { id }, query: cursor ? { cursor } : {} },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) =>
      pollEvery(state.data?.items.some((delivery) => delivery.state === "pending")),
  });
}

/** Saves a new webhook, or one as it was read; with its secret when it is new. */
export function useSaveWebhook(webhook: Webhook | null) {
  const changed = useChanged();
  return async (body: WebhookBody) => {
    const saved = await (webhook === null ? create(body) : replace(webhook, body));
    await changed();
    return saved;
  };
}

function create(body: WebhookBody) {
  return once(`webhook ${JSON.stringify(body)}`, (key) =>
    answer(api.POST("/v1/webhooks", { params: { header: { "Idempotency-Key": key } }, body })),
  );
}

async function replace({ id, version }: Webhook, body: WebhookBody) {
  const params = { path: { id } };
  const saved = await answer(
    api.PUT("/v1/webhooks/{id}", { params, body: { enabled: true, ...body, version } }),
  );
  return { ...saved, secret: null };
}

/** «Renouveler le secret». */
export function useRotate(id: string) {
  const onSuccess = useChanged();
  return useMutation({
    mutationFn: () => answer(api.POST("/v1/webhooks/{id}/rotate", { params: { path: { id } } })),
    onSuccess,
  });
}

/** «Envoyer un test». */
export function useTestWebhook(id: string) {
  const onSettled = useChanged();
  return useMutation({
    mutationFn: () =>
      once(`test webhook ${id}`, (key) =>
        answer(
          api.POST("/v1/webhooks/{id}/test", {
            params: { path: { id }, header: { "Idempotency-Key": key } },
          }),
        ),
      ),
    onSettled,
  });
}

/** «Supprimer». */
export function useDeleteWebhook(id: string) {
  const onSuccess = useChanged();
  return useMutation({
    mutationFn: () => answer(api.DELETE("/v1/webhooks/{id}", { params: { path: { id } } })),
    onSuccess,
  });
}

/** «Renvoyer»: the same event once more. */
export function useReplay(id: string) {
  const onSettled = useChanged();
  return useMutation({
    mutationFn: (delivery: string) =>
      answer(
        api.POST("/v1/webhooks/{id}/deliveries/{delivery}/replay", {
          params: { path: { id, delivery } },
        }),
      ),
    onSettled,
  });
}

function useChanged(): () => Promise<void> {
  const cache = useQueryClient();
  return () => cache.invalidateQueries({ queryKey: LIST });
}
