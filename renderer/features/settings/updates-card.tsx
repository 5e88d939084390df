import { useEffect, useRef } from 'react';
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
  const asked = useAsk('app', 'updates', 'get', {});
  const automatic = useAct('updates', 'setAutomatic');
  const look = useAct('updates', 'look');
  const load = useAct('updates', 'load');
  const stop = useAct('updates', 'stop');
  const show = useAct('updates', 'show');
  const now = useNowEvery(60_000);
  const view = asked.data;
  // main keeps what became of a look and of loading: it may have happened before this page was opened
  const failed = view?.failed;
  const other = automatic.error ?? asked.error;
  const kind = view?.state.kind;
  const hasPlace = view?.host !== undefined;
  const remedy = useRemedy({ retry: () => void (failed?.at === 'load' ? load : look).run({}) });
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
              <Button icon="download" variant="primary" onPress={() => void load.run({})}>
                Load it
              </Button>
            ) : kind === 'loading' ? (
              <Button onPress={() => void stop.run({})}>Stop</Button>
            ) : kind === 'ready' ? (
              <Button icon="folder" variant="primary" onPress={() => void show.run({})}>
                Show the installer
              </Button>
            ) : null}
            <Button
              icon="refresh"
              busy={kind === 'asking' ? { label: 'Looking' } : undefined}
              disabledReason={
                !hasPlace ? 'This build has no place to look' : kind === 'loading' ? 'It is being loaded' : undefined
              }
              onPress={() => void look.run({})}
            >
              Look for updates now
            </Button>
          </Row>
        </Setting>
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
        {failed !== undefined && (
          <ErrorPanel error={failed.error} title={titles[failed.at]} onRemedy={remedy} emphasis="secondary" isBare />
        )}
        {other !== undefined && <ErrorPanel error={other} onRemedy={otherRemedy} emphasis="secondary" isBare />}
      </Stack>
    </Card>
  );
}

const titles = {
  look: 'Looking for updates did not work',
  load: 'Loading it did not work',
  show: 'The installer cannot be shown',
} as const;

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
