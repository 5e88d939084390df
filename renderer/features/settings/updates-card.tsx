import { useEffect, useEffectEvent, useRef } from 'react';
import type { AppError } from '../../../core/app-error';
import type { UpdatesView } from '../../../core/contract/updates';
import { useNowEvery } from '../../app/clock';
import { useRemedy } from '../../app/use-remedy';
import { useAct, useAsk } from '../../ipc/queries';
import { announce } from '../../ui/announcer';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { Checkbox } from '../../ui/checkbox';
import { ErrorPanel } from '../../ui/error-panel';
import { formatBytes, formatMoment } from '../../ui/format';
import { Row, Stack } from '../../ui/layout';
import { ProgressBar } from '../../ui/progress';
import { Text } from '../../ui/text';
import { Setting } from './sections';
import styles from './updates-card.module.css';

/** Which version this is, and whether there is a newer one. Nothing is asked, loaded or installed by itself. */
export function UpdatesCard() {
  const asked = useAsk('updates', 'updates', 'get', {});
  const automatic = useAct('updates', 'setAutomatic');
  const acts = {
    look: useAct('updates', 'look'),
    load: useAct('updates', 'load'),
    stop: useAct('updates', 'stop'),
    show: useAct('updates', 'show'),
  };
  const now = useNowEvery(60_000);
  const view = asked.data;
  const kind = view?.state.kind;
  const hasPlace = view?.host !== undefined;
  const failed = failureOf(view, acts);
  // what became of one says nothing beside what came next, whoever began that
  const clear = () => {
    for (const each of Object.values(acts)) if (each.error !== undefined) each.reset();
  };
  const act = (which: keyof typeof acts) => {
    clear();
    void acts[which].run({});
  };
  const onNext = useEffectEvent(clear);
  useEffect(() => {
    onNext();
  }, [kind]);
  const remedy = useRemedy({
    retry: () => {
      act(failed?.at ?? 'look');
    },
  });
  const other = automatic.error ?? asked.error;
  const otherRemedy = useRemedy({
    retry: () => {
      automatic.reset();
      asked.again();
    },
  });
  useOutcome(view, now);
  return (
    <Card title="Updates" padding="md">
      <Stack gap="md">
        {view !== undefined && (
          <Stack gap="sm">
            <p className={styles['state']}>{stateWords(view, now)}</p>
            {view.state.kind === 'loading' && (
              <ProgressBar
                label={`Version ${view.state.version}, loaded`}
                share={view.state.loaded / view.state.bytes}
                width="fill"
              />
            )}
            {'notes' in view.state && view.state.notes !== '' && <p className={styles['notes']}>{view.state.notes}</p>}
            <Text as="p" tone="muted" size="sm">
              {hasPlace
                ? `Looked for at ${view.host ?? ''}. What is loaded is checked against the publisher’s signature and put into your downloads; you install it yourself.`
                : 'This build was given no place that updates come from, so it asks nobody. Get newer versions from wherever you got this one.'}
            </Text>
          </Stack>
        )}
        <Setting id="updates">
          <Row>
            {/* one place for all three: whoever pressed one by keyboard is on the next */}
            {kind === 'newer' ? (
              <Button icon="download" variant="primary" onPress={() => act('load')}>
                Load it
              </Button>
            ) : kind === 'loading' ? (
              <Button onPress={() => act('stop')}>Stop</Button>
            ) : kind === 'ready' ? (
              <Button icon="folder" variant="primary" onPress={() => act('show')}>
                Show the installer
              </Button>
            ) : null}
            <Button
              icon="refresh"
              busy={kind === 'asking' ? { label: 'Looking' } : undefined}
              disabledReason={
                !hasPlace ? 'This build has no place to look' : kind === 'loading' ? 'It is being loaded' : undefined
              }
              onPress={() => act('look')}
            >
              Look for updates now
            </Button>
          </Row>
        </Setting>
        {failed !== undefined && (
          <ErrorPanel error={failed.error} title={titles[failed.at]} onRemedy={remedy} emphasis="secondary" isBare />
        )}
        {view !== undefined && (
          <Setting id="updates-automatic">
            <Checkbox
              isSelected={view.automatic}
              isDisabled={!hasPlace || automatic.busy}
              onChange={(wanted) => void automatic.run({ automatic: wanted })}
              detail="It only tells you. Nothing is loaded before you say so."
            >
              Look for updates once a day
            </Checkbox>
          </Setting>
        )}
        {other !== undefined && <ErrorPanel error={other} onRemedy={otherRemedy} emphasis="secondary" isBare />}
      </Stack>
    </Card>
  );
}

const titles = {
  look: 'Looking for updates did not work',
  load: 'Loading it did not work',
  stop: 'It could not be stopped',
  show: 'The installer cannot be shown',
} as const;

type Failure = { readonly at: keyof typeof titles; readonly error: AppError };

/** Main keeps what became of a look and of loading, which may have begun before this page was opened; the rest was done here. */
function failureOf(
  view: UpdatesView | undefined,
  acts: Readonly<Record<keyof typeof titles, { readonly error: AppError | undefined }>>,
): Failure | undefined {
  if (view?.failed !== undefined) return view.failed;
  for (const at of ['look', 'load', 'stop', 'show'] as const) {
    const { error } = acts[at];
    if (error !== undefined) return { at, error };
  }
  return undefined;
}

/** Says what a look or loading came to, where it came while the page was open. A failure is an alert of its own. */
function useOutcome(view: UpdatesView | undefined, now: number): void {
  const before = useRef<UpdatesView['state']['kind']>(undefined);
  const kind = view?.state.kind;
  const words = view === undefined || view.failed !== undefined ? undefined : stateWords(view, now);
  useEffect(() => {
    const wasAtWork = before.current === 'asking' || before.current === 'loading';
    before.current = kind;
    if (wasAtWork && words !== undefined && kind !== 'asking' && kind !== 'loading') announce(words);
  }, [kind, words]);
}

function stateWords({ state, version }: UpdatesView, now: number): string {
  const own = `This is version ${version}.`;
  switch (state.kind) {
    case 'not-asked':
      return own;
    case 'asking':
      return `${own} Looking for a newer one.`;
    case 'current':
      return `${own} There was none newer at ${formatMoment(state.at, now)}.`;
    case 'newer':
      return `${own} Version ${state.version} is there (${formatBytes(state.bytes)}).`;
    case 'loading':
      return `${own} Loading version ${state.version}: ${formatBytes(state.loaded)} of ${formatBytes(state.bytes)}.`;
    case 'ready':
      return `${own} Version ${state.version} is in ${state.path}, signed by the publisher.`;
  }
}
