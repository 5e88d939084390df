import type { UpdatesView } from '../../../core/contract/updates';
import { useNowEvery } from '../../app/clock';
import { useAct, useAsk } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { Checkbox } from '../../ui/checkbox';
import { ErrorPanel } from '../../ui/error-panel';
import { formatBytes, formatMoment } from '../../ui/format';
import { Row, Stack } from '../../ui/layout';
import { Text } from '../../ui/text';
import { Setting } from './sections';

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
  const error = view?.error ?? automatic.error ?? look.error ?? load.error ?? show.error ?? asked.error;
  const kind = view?.state.kind;
  const hasPlace = view?.host !== undefined;
  return (
    <Card title="Updates" padding="md">
      <Stack gap="md">
        {view !== undefined && (
          <Stack gap="sm">
            <Text as="p">{stateWords(view, now)}</Text>
            <Text as="p" tone="muted" size="sm">
              {hasPlace
                ? `Looked for at ${view.host ?? ''}. What is loaded is checked against the publisher’s signature and put into your downloads; you install it yourself.`
                : 'This build was given no place that updates come from, so it asks nobody. Get newer versions from wherever you got this one.'}
            </Text>
            {'notes' in view.state && view.state.notes !== '' && <Text as="p">{view.state.notes}</Text>}
          </Stack>
        )}
        <Setting id="updates">
          <Row>
            {kind === 'newer' && (
              <Button icon="download" variant="primary" onPress={() => void load.run({})}>
                Load it
              </Button>
            )}
            {kind === 'loading' && <Button onPress={() => void stop.run({})}>Stop</Button>}
            {kind === 'ready' && (
              <Button icon="folder" variant="primary" onPress={() => void show.run({})}>
                Show the installer
              </Button>
            )}
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
        {error !== undefined && <ErrorPanel error={error} onRemedy={() => void look.run({})} isBare />}
      </Stack>
    </Card>
  );
}

function stateWords({ state, version }: UpdatesView, now: number): string {
  const own = `This is version ${version}.`;
  switch (state.kind) {
    case 'not-asked':
      return own;
    case 'asking':
      return `${own} Looking for a newer one.`;
    case 'current':
      return `${own} There was none newer ${formatMoment(state.at, now)}.`;
    case 'newer':
      return `${own} Version ${state.version} is there (${formatBytes(state.bytes)}).`;
    case 'loading':
      return `${own} Version ${state.version}: ${formatBytes(state.loaded)} of ${formatBytes(state.bytes)}.`;
    case 'ready':
      return `${own} Version ${state.version} is in ${state.path}, signed by the publisher.`;
  }
}
