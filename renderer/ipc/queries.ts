import { useEffect } from 'react';
import { QueryClient, useMutation, useQuery, type UseMutationResult, type UseQueryResult } from '@tanstack/react-query';
import type { AppError } from '../../core/app-error';
import type { Contract, Feature, InputOf, OutputOf, Topic } from '../../core/contract/contract';
import { client, listen } from './client';

/** A failed call, thrown only inside TanStack Query; `useAsk` and `useAct` give the AppError back. */
class CallFailure extends Error {
  readonly error: AppError;
  constructor(error: AppError) {
    super(error.message);
    this.error = error;
  }
}

export const queryClient = new QueryClient({
  defaultOptions: {
    // answers are current until main says otherwise; there is no network to be offline from
    queries: {
      staleTime: Infinity,
      gcTime: 5 * 60_000,
      retry: false,
      networkMode: 'always',
      refetchOnWindowFocus: false,
    },
    mutations: { retry: false, networkMode: 'always' },
  },
});

type Method<F extends Feature> = keyof Contract[F] & string;

async function ask<F extends Feature, M extends Method<F>>(
  feature: F,
  method: M,
  input: InputOf<F, M>,
): Promise<OutputOf<F, M>> {
  const call = client[feature][method];
  const answer = await call(input);
  if (!answer.ok) throw new CallFailure(answer.error);
  return answer.value;
}

export type Asked<T> = {
  readonly data: T | undefined;
  readonly error: AppError | undefined;
  readonly pending: boolean;
  /** It is asked, the first time or again. */
  readonly asking: boolean;
  readonly again: () => void;
};

function toAppError(error: Error | null): AppError | undefined {
  if (error === null) return undefined;
  if (error instanceof CallFailure) return error.error;
  throw error;
}

/** An answer that stays current: asked once, and again when main says that `topic` changed. */
export function useAsk<F extends Feature, M extends Method<F>>(
  topic: Topic,
  feature: F,
  method: M,
  input: InputOf<F, M>,
  options: { readonly enabled?: boolean } = {},
): Asked<OutputOf<F, M>> {
  const query: UseQueryResult<OutputOf<F, M>> = useQuery({
    queryKey: [topic, feature, method, input],
    queryFn: () => ask(feature, method, input),
    enabled: options.enabled ?? true,
  });
  return {
    data: query.data,
    error: toAppError(query.error),
    pending: query.isPending,
    // read only where it is shown: whoever reads it is drawn anew at each begin and end
    get asking() {
      return query.isFetching;
    },
    again: () => void query.refetch(),
  };
}

/** Asks what a page will ask, so that it is there when somebody goes to it. A failure is that page's to tell. */
export async function askAhead<F extends Feature, M extends Method<F>>(
  topic: Topic,
  feature: F,
  method: M,
  input: InputOf<F, M>,
): Promise<void> {
  const asked = { queryKey: [topic, feature, method, input], queryFn: () => ask(feature, method, input) };
  await queryClient.query(asked).catch(() => undefined);
}

/** Asks again what is on screen, and is done when the new answer is. A failure is that page's to tell. */
export async function askAnew<F extends Feature, M extends Method<F>>(
  topic: Topic,
  feature: F,
  method: M,
  input: InputOf<F, M>,
): Promise<void> {
  const asked = { queryKey: [topic, feature, method, input], exact: true };
  // one that is under way may have been answered before what has changed, and a first one would be waited for
  await queryClient.cancelQueries(asked);
  await queryClient.refetchQueries(asked);
}

/** What no page shows now is asked anew by the next one that does, which shows nothing of before meanwhile. */
export function forgetUnseen(): void {
  queryClient.removeQueries({ type: 'inactive' });
}

/** What was asked while this was open is not shown when it is opened again: nothing tells that such answers are out of date. */
export function useForgetOnClose<F extends Feature>(topic: Topic, feature: F, method: Method<F>): void {
  useEffect(() => () => queryClient.removeQueries({ queryKey: [topic, feature, method] }), [topic, feature, method]);
}

/** An answer that came by another call: the page that asks for it finds it there, and not one from before. */
export function keepAnswer<F extends Feature, M extends Method<F>>(
  topic: Topic,
  feature: F,
  method: M,
  input: InputOf<F, M>,
  answer: OutputOf<F, M>,
): void {
  queryClient.setQueryData([topic, feature, method, input], answer);
}

export type Act<I, O> = {
  /** resolves to the answer, or undefined when it failed; the failure is in `error` */
  readonly run: (input: I) => Promise<O | undefined>;
  readonly busy: boolean;
  readonly error: AppError | undefined;
  readonly reset: () => void;
};

/** Something a person does. Its failure stays beside its cause until it is done again or reset. */
export function useAct<F extends Feature, M extends Method<F>>(
  feature: F,
  method: M,
): Act<InputOf<F, M>, OutputOf<F, M>> {
  const mutation: UseMutationResult<OutputOf<F, M>, Error, InputOf<F, M>> = useMutation({
    mutationFn: (input: InputOf<F, M>) => ask(feature, method, input),
  });
  const { mutateAsync, reset } = mutation;
  return {
    run: async (input) => {
      try {
        return await mutateAsync(input);
      } catch (error) {
        if (error instanceof CallFailure) return undefined;
        throw error;
      }
    },
    busy: mutation.isPending,
    error: toAppError(mutation.error),
    reset,
  };
}

/** An answer that is the first of its question is waited for and not asked anew: it may have been made before the change. */
function againAfterFirst(topic: Topic, refetchType: 'active' | 'none'): void {
  for (const query of queryClient.getQueryCache().findAll({ queryKey: [topic], fetchStatus: 'fetching' })) {
    if (query.state.data !== undefined) continue;
    const again = () => {
      // asked once, however much has changed meanwhile
      if (query.state.isInvalidated) return;
      void queryClient.invalidateQueries({ queryKey: query.queryKey, exact: true, refetchType });
    };
    void query.promise?.then(again, again);
  }
}

/** Connects main's events to the answers on screen. Called once, before the first draw. */
export function followChanges(): () => void {
  const stopChanged = listen('changed', ({ topics }) => {
    // a page that nobody sees is read anew when somebody does
    const refetchType = document.hidden ? 'none' : 'active';
    for (const topic of topics) {
      void queryClient.invalidateQueries({ queryKey: [topic], refetchType });
      againAfterFirst(topic, refetchType);
    }
  });
  const seen = () => {
    if (!document.hidden) void queryClient.refetchQueries({ type: 'active', stale: true });
  };
  document.addEventListener('visibilitychange', seen);
  const stopTested = listen('tested', ({ connections }) => {
    const tested = new Map(connections.map((one) => [one.id, one]));
    const list = ['connections', 'connections', 'list'];
    queryClient.setQueriesData<OutputOf<'connections', 'list'>>({ queryKey: list }, (known) =>
      known === undefined ? undefined : { connections: known.connections.map((one) => tested.get(one.id) ?? one) },
    );
    // everything else about them is read anew, where it is on screen
    void queryClient.invalidateQueries({
      queryKey: ['connections'],
      predicate: ({ queryKey }) => queryKey[2] !== 'list',
    });
  });
  return () => {
    stopChanged();
    stopTested();
    document.removeEventListener('visibilitychange', seen);
  };
}
