import type { DesktopSettings } from '../../../core/contract/desktop';
import { useAct, useAsk } from '../../ipc/queries';
import { Card } from '../../ui/card';
import { Checkbox } from '../../ui/checkbox';
import { ErrorPanel } from '../../ui/error-panel';
import { Stack } from '../../ui/layout';

/** The icon with the sessions, the window's coming and going, and what the system tells. */
export function DesktopCard() {
  const asked = useAsk('app', 'desktop', 'get', {});
  const change = useAct('desktop', 'set');
  const error = change.error ?? asked.error;
  const settings = asked.data;
  const set = (part: Partial<DesktopSettings>) => {
    if (settings === undefined) return;
    const next = { ...settings, ...part };
    // a window that hides needs the icon to be found again
    void change.run(next.tray ? next : { ...next, closeToTray: false, startHidden: false });
  };
  return (
    <Card title="Desktop" padding="md">
      <Stack gap="md">
        {settings !== undefined && (
          <>
            <Checkbox
              isSelected={settings.tray}
              onChange={(tray) => {
                set({ tray });
              }}
              detail="The sessions with their time left, the console, and a search."
            >
              Icon in the menu bar or notification area
            </Checkbox>
            <Checkbox
              isSelected={settings.closeToTray}
              isDisabled={!settings.tray}
              onChange={(closeToTray) => {
                set({ closeToTray });
              }}
            >
              Go on under the icon when the window is closed
            </Checkbox>
            <Checkbox
              isSelected={settings.startHidden}
              isDisabled={!settings.tray}
              onChange={(startHidden) => {
                set({ startHidden });
              }}
            >
              Start without showing the window
            </Checkbox>
            <Checkbox
              isSelected={settings.notifications}
              onChange={(notifications) => {
                set({ notifications });
              }}
              detail="Five minutes before a session ends, and when one was not renewed."
            >
              Tell me through the system
            </Checkbox>
          </>
        )}
        {error !== undefined && (
          <ErrorPanel
            error={error}
            onRemedy={() => {
              change.reset();
              asked.again();
            }}
            isBare
          />
        )}
      </Stack>
    </Card>
  );
}
