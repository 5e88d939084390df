import type { Session } from 'electron';

/**
 * SECURITY(S-09): the page gets no permission at all, asked for or looked up, and no device. It needs none: main writes
 * the clipboard, shows notifications and opens files.
 */
export function denyPermissions(
  session: Pick<
    Session,
    | 'setPermissionRequestHandler'
    | 'setPermissionCheckHandler'
    | 'setDevicePermissionHandler'
    | 'setDisplayMediaRequestHandler'
    | 'setBluetoothPairingHandler'
    | 'on'
  >,
  refused: (permission: string) => void,
): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => {
    refused(permission);
    answer(false);
  });
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer({}));
  session.setBluetoothPairingHandler((_details, answer) => answer({ confirmed: false }));
  session.on('select-hid-device', (event, _details, choose) => {
    event.preventDefault();
    choose(null);
  });
  session.on('select-serial-port', (event, _ports, _contents, choose) => {
    event.preventDefault();
    choose('');
  });
  session.on('select-usb-device', (event, _details, choose) => {
    event.preventDefault();
    choose();
  });
  // Nothing is ever downloaded: files are written by main, where the person chose.
  session.on('will-download', (event) => event.preventDefault());
}
