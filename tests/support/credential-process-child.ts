/**
 * A credential process without Electron: what the app does for `--credential-process`, in a bare Node, which is lighter
 * where two hundred are wanted at once. Arguments: the user-data folder, the name in the keychain, the profile's id.
 */
import { handOut } from '../../main/handoff/hand-out';
import { SystemClock } from '../../main/platform/system-clock';

const [userData = '', keychainService = '', profileId = ''] = process.argv.slice(2);
process.exitCode = await handOut(profileId, { userData, clock: new SystemClock(), version: '0.0.0', keychainService });
