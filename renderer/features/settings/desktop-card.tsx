import type { DesktopSettings } from '../../../core/contract/desktop';
import { useAct, useAsk, useForgetOnClose } from '../../ipc/queries';
import { Card } from '../../ui/card';
import { Checkbox } from '../../ui/checkbox';
import { ErrorPanel } from '../../ui/error-panel';
import { Stack } from '../../ui/layout';
import { Setting } from './sections';

/** The icon with the sessions, and the window's coming and going. */
export function DesktopCard() {
  const asked = useAsk('app', 'desktop', 'get', {});
  const change = useAct('desktop', 'set');
  const links = useAsk('links', 'desktop', 'getLinks', {});
  // other programs change it too: each time somebody comes here it is asked anew
  useForgetOnClose('links', 'desktop', 'getLinks');
  const takeLinks = useAct('desktop', 'setLinks');
  const error = change.error ?? takeLinks.error ?? asked.error ?? links.error;
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
            <Setting id="tray">
              <Checkbox
                isSelected={settings.tray}
                onChange={(tray) => {
                  set({ tray });
                }}
                detail="The sessions with their time left, the console, and a search."
              >
                Icon in the menu bar or notification area
              </Checkbox>
            </Setting>
            <Setting id="close">
              <Checkbox
                isSelected={settings.closeToTray}
                isDisabled={!settings.tray}
                onChange={(closeToTray) => {
                  set({ closeToTray });
                }}
              >
                Go on under the icon when the window is closed
              </Checkbox>
            </Setting>
            <Setting id="hidden">
              <Checkbox
                isSelected={settings.startHidden}
                isDisabled={!settings.tray}
                onChange={(startHidden) => {
                  set({ startHidden });
                }}
              >
                Start without showing the window
              </Checkbox>
            </Setting>
          </>
        )}
        {links.data !== undefined && (
          <Setting id="links">
            <Checkbox
              isSelected={links.data.isOurs}
              isDisabled={takeLinks.busy}
              onChange={(isOurs) => void takeLinks.run({ isOurs })}
              detail="They bring a request or a reply, which is only shown."
            >
              Open sallyport: links with this program
            </Checkbox>
          </Setting>
        )}
        {error !== undefined && (
          <ErrorPanel
            error={error}
            onRemedy={() => {
              change.reset();
              takeLinks.reset();
              asked.again();
              links.again();
            }}
            isBare
          />
        )}
      </Stack>
    </Card>
  );
}
