/** A process of its own that adds so many lines to an audit log, as the process beside the app does. */
import { AuditLog } from '../../main/store/audit-log';

const [path = '', name = '', times = '1'] = process.argv.slice(2);
const log = new AuditLog(path, () => 0);
for (let turn = 0; turn < Number(times); turn += 1) {
  const written = log.append({ act: 'session.renewed', subject: name, turn });
  if (!written.ok) throw new Error(written.error.message);
  process.stdout.write('.');
}
