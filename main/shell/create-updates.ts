import type { App, Shell } from 'electron';
import type { PublishPlace } from '../updates/announcement';
import { readPublishPlace } from '../updates/publish-place';
import { Updates, type UpdatesPorts } from '../updates/updates';

type Ports = Pick<UpdatesPorts, 'clock' | 'network' | 'publisher' | 'settings' | 'notify'>;

/** `place` in place of what was packed, as under test. Nothing is read or asked before somebody wants to know. */
export function createUpdates(app: App, shell: Shell, ports: Ports, place: PublishPlace | undefined): Updates {
  return new Updates({
    ...ports,
    ...{ version: app.getVersion(), platform: process.platform, arch: process.arch },
    place: () => place ?? readPublishPlace(app.getAppPath()),
    folder: () => app.getPath('downloads'),
    showFile: (path) => {
      shell.showItemInFolder(path);
    },
  });
}
