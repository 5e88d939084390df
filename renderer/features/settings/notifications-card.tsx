import { noticeKinds, type DesktopSettings, type NoticeKind } from '../../../core/contract/desktop';
import { useAct, useAsk } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { Checkbox } from '../../ui/checkbox';
import { ErrorPanel } from '../../ui/error-panel';
import { Row, Stack } from '../../ui/layout';
import { showToast } from '../../ui/toast';
import { Setting } from './sections';

const words: Readonly<Record<NoticeKind, { readonly label: string; readonly detail: string }>> = {
  session: {
    label: 'Sessions that end',
    detail: 'Five minutes before, and when one was not renewed.',
  },
  test: { label: 'Connections that stopped working', detail: 'Found by a test that runs by itself.' },
  drift: { label: 'Roles that drifted', detail: 'AWS has something else than was agreed.' },
  revocation: { label: 'Revocations that are through', detail: 'Once the last credential is dead.' },
};

/** What the operating system is asked to tell. */
export function NotificationsCard() {
  const asked = useAsk('app', 'desktop', 'get', {});
  const change = useAct('desktop', 'set');
  const attempt = useAct('desktop', 'tryNotification');
  const settings = asked.data;
  const error = change.error ?? attempt.error ?? asked.error;
  const set = (part: Partial<DesktopSettings>) => {
    if (settings !== undefined) void change.run({ ...settings, ...part });
  };
  const show = async () => {
    const shown = await attempt.run({});
    if (shown === undefined) return;
    showToast(
      shown.shown
        ? { title: 'Sent to the system', detail: 'Where none is seen, the system keeps them back.', icon: 'bell' }
        : { title: 'This system has no notifications', detail: 'The window says the same.', icon: 'alert' },
    );
  };
  return (
    <Card title="Notifications" padding="md">
      <Stack gap="md">
        {settings !== undefined && (
          <>
            <Setting id="notifications">
              <Checkbox
                isSelected={settings.notifications}
                onChange={(notifications) => {
                  set({ notifications });
                }}
                detail="A notification has a name and a time in it, and never a secret."
              >
                Tell me through the system
              </Checkbox>
            </Setting>
            {settings.notifications &&
              noticeKinds.map((kind) => (
                <Checkbox
                  key={kind}
                  isSelected={settings.silent?.includes(kind) !== true}
                  onChange={(isTold) => {
                    const others = (settings.silent ?? []).filter((one) => one !== kind);
                    set({ silent: isTold ? others : [...others, kind] });
                  }}
                  detail={words[kind].detail}
                >
                  {words[kind].label}
                </Checkbox>
              ))}
            <Row>
              <Button
                icon="bell"
                disabledReason={settings.notifications ? undefined : 'They are switched off'}
                busy={attempt.busy ? { label: 'Showing' } : undefined}
                onPress={() => void show()}
              >
                Show one now
              </Button>
            </Row>
          </>
        )}
        {error !== undefined && (
          <ErrorPanel
            error={error}
            onRemedy={() => {
              change.reset();
              attempt.reset();
              asked.again();
            }}
            isBare
          />
        )}
      </Stack>
    </Card>
  );
}
