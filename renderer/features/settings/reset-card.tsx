import { useState } from 'react';
import type { Standing } from '../../../core/contract/settings';
import { client } from '../../ipc/client';
import { useAct, useAsk, useForgetOnClose } from '../../ipc/queries';
import { setTheme as drawTheme } from '../../app/theme';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { Checkbox } from '../../ui/checkbox';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import { ErrorPanel } from '../../ui/error-panel';
import { formatQuantity } from '../../ui/format';
import { Row, Stack } from '../../ui/layout';
import { Note } from '../../ui/note';
import { Text } from '../../ui/text';
import { TextField } from '../../ui/text-field';
import { showToast } from '../../ui/toast';
import { Setting } from './sections';

/** Typed before everything goes. */
const typedWords = 'forget everything';
const mostNamed = 4;

/** Back to the beginning: the settings alone, or all there is on this computer. */
export function ResetCard() {
  const forget = useAct('settings', 'forgetSettings');
  const [isAsking, setAsking] = useState(false);
  const forgetSettings = async () => {
    if ((await forget.run({})) === undefined) return;
    drawTheme('system');
    showToast({
      title: 'The settings are as at first',
      detail: 'Theme, Region, network, notifications, desktop and updates. Everything else stays.',
      icon: 'undo',
      action: { label: 'Bring them back', onAction: () => void bringBack() },
    });
  };
  return (
    <Card title="Reset" padding="md">
      <Stack gap="lg">
        <Stack gap="sm">
          <Text as="p" tone="muted" size="sm">
            Theme, Region, network, notifications, desktop and updates as at first. Source identities, the test
            schedule, connections, sessions, keys and records stay.
          </Text>
          <Setting id="reset-settings">
            <Row>
              <Button
                icon="undo"
                busy={forget.busy ? { label: 'Forgetting' } : undefined}
                onPress={() => void forgetSettings()}
              >
                Forget the settings
              </Button>
            </Row>
          </Setting>
          {forget.error !== undefined && <ErrorPanel error={forget.error} onRemedy={() => forget.reset()} isBare />}
        </Stack>
        <Stack gap="sm">
          <Text as="p" tone="muted" size="sm">
            All that Sallyport keeps on this computer, in both workspaces: files, keychain items, profiles that it wrote
            into your AWS files. It revokes nothing at AWS.
          </Text>
          <Setting id="reset-all">
            <Row>
              <Button variant="danger-quiet" icon="trash" onPress={() => setAsking(true)}>
                Forget everything…
              </Button>
            </Row>
          </Setting>
        </Stack>
      </Stack>
      {isAsking && <ForgetEverything onClose={() => setAsking(false)} />}
    </Card>
  );
}

async function bringBack(): Promise<void> {
  const answer = await client.settings.bringSettingsBack({});
  if (!answer.ok) {
    showToast({ title: 'They did not come back', detail: answer.error.message, icon: 'alert', tone: 'warning' });
    return;
  }
  const snapshot = await client.app.getSnapshot({});
  if (snapshot.ok) drawTheme(snapshot.value.theme);
  showToast({ title: 'The settings are back', icon: 'check' });
}

/** What is lost and what goes on at AWS, by name; done only after it was typed. The window begins anew afterwards. */
function ForgetEverything({ onClose }: { readonly onClose: () => void }) {
  const asked = useAsk('app', 'settings', 'lookBeforeReset', {});
  useForgetOnClose('app', 'settings', 'lookBeforeReset');
  const forget = useAct('settings', 'forgetEverything');
  const [typed, setTyped] = useState('');
  const [alsoChanged, setAlsoChanged] = useState(false);
  const standing = asked.data;
  const goesOn = standing === undefined ? [] : goingOn(standing);
  const atWork = standing?.workspaces.flatMap((one) => one.atWork) ?? [];
  const changed = standing?.workspaces.flatMap(({ profiles }) => profiles.filter(({ isChanged }) => isChanged)) ?? [];
  const go = () => void forget.run({ alsoChanged });
  return (
    <ConfirmDialog
      isOpen
      title="Forget everything on this computer"
      description="Nothing is asked of AWS, and nothing changes there: roles stay open, and keys stay valid."
      losses={standing === undefined ? [] : losses(standing)}
      lossNote="It cannot be undone. Export connections and the activity first, if they are wanted again."
      confirmLabel="Forget everything"
      tone="danger"
      width="md"
      busy={forget.busy ? { label: 'Forgetting' } : undefined}
      confirmDisabledReason={
        standing === undefined
          ? 'What there is is looked at first'
          : atWork.length > 0
            ? 'Something is at work just now'
            : typed.trim().toLowerCase() === typedWords
              ? undefined
              : `Type “${typedWords}” first`
      }
      onCancel={onClose}
      onConfirm={go}
    >
      <Stack gap="md">
        {asked.error !== undefined && <ErrorPanel error={asked.error} onRemedy={() => asked.again()} isBare />}
        {atWork.length > 0 && (
          <Note
            tone="warning"
            title={`At work just now: ${atWork.join('; ')}.`}
            action={
              <Button variant="link" onPress={() => asked.again()}>
                Look again
              </Button>
            }
          >
            Without its record nobody could finish it or undo it. Wait until it is done, or stop it where it was begun.
          </Note>
        )}
        {changed.length > 0 && (
          <Checkbox
            isSelected={alsoChanged}
            onChange={setAlsoChanged}
            isDisabled={forget.busy}
            detail={changed.map(({ file, name }) => `${name} in ${file}`).join(', ')}
          >
            Also take out profiles whose lines a hand has changed
          </Checkbox>
        )}
        {goesOn.length > 0 && (
          <Note tone="warning" title="This goes on at AWS, and is not seen from here any more.">
            {goesOn.join(' ')} To cut somebody off, revoke first.
          </Note>
        )}
        <TextField
          label={`Type “${typedWords}”`}
          value={typed}
          onChange={setTyped}
          maxLength={40}
          isDisabled={forget.busy}
        />
        {forget.error !== undefined && <ErrorPanel error={forget.error} onRemedy={go} emphasis="secondary" isBare />}
      </Stack>
    </ConfirmDialog>
  );
}

function losses({ workspaces }: Standing): readonly string[] {
  return [
    ...workspaces.flatMap(({ connections, profiles, workspace }) => {
      const place = workspace === 'aws' ? 'in AWS' : 'in practice';
      return [
        ...(connections > 0
          ? [`${formatQuantity(connections, 'connection')} ${place}, with receipts and external IDs`]
          : []),
        ...(profiles.length > 0
          ? [`${formatQuantity(profiles.length, 'profile')} in your AWS files: ${namesOf(profiles)}`]
          : []),
      ];
    }),
    'Source identities, with the keys in the keychain',
    'Revocations with their proof, reviews, and the activity log',
    'The practice sandbox, and every setting',
  ];
}

/** Live credentials and unfinished closings, named. */
function goingOn({ workspaces }: Standing): readonly string[] {
  return workspaces.flatMap(({ accounts, revocations, sessions, workspace }) => {
    const place = workspace === 'aws' ? '' : 'practice ';
    return [
      ...(sessions.length > 0
        ? [`${formatQuantity(sessions.length, `live ${place}session`)} of ${namesOf(sessions)}.`]
        : []),
      ...(revocations.length > 0
        ? [`${formatQuantity(revocations.length, `unfinished ${place}revocation`)}: ${namesOf(revocations)}.`]
        : []),
      ...(accounts.length > 0
        ? [`${formatQuantity(accounts.length, `${place}account`)} that AWS makes or closes: ${namesOf(accounts)}.`]
        : []),
    ];
  });
}

function namesOf(all: readonly { readonly name: string }[]): string {
  const names = [...new Set(all.map(({ name }) => name))];
  const more = names.length - mostNamed;
  return more > 0 ? `${names.slice(0, mostNamed).join(', ')} and ${String(more)} more` : names.join(', ');
}
