import { spawn, type ChildProcess } from 'node:child_process';
import { describe } from 'vitest';
import { createAws } from '../../main/aws/create-aws';
import { describeAws } from '../contract/aws-suite';
import { SystemClock } from '../../main/platform/system-clock';
import { cleanEnvironment, findPeer, freePort, stopProgram } from './support';

const program = 'moto_server';
const clock = new SystemClock();
const moto = await findPeer(program, program, ['--help'], 'the program “moto_server” is not there');

/** Until it answers; it takes some seconds to load. */
async function waitFor(endpoint: string, child: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 120; attempt += 1) {
    if (child.exitCode !== null) throw new Error(`moto_server ended with ${String(child.exitCode)}`);
    const answered = await fetch(`${endpoint}/moto-api/`).then(
      (response) => response.ok,
      () => false,
    );
    if (answered) return;
    await clock.wait(250);
  }
  throw new Error('moto_server did not answer within 30 s');
}

// A third party's AWS. It does not evaluate trust policies, so only shapes and what is allowed are compared.
describe.skipIf(!moto.present)('a third party’s AWS', () => {
  describeAws('moto_server', async () => {
    const port = await freePort();
    const child = spawn(program, ['-H', '127.0.0.1', '-p', String(port)], {
      // Without it moto has none of the managed policies that the suite attaches.
      env: { ...cleanEnvironment(), MOTO_IAM_LOAD_MANAGED_POLICIES: 'true' },
      stdio: 'ignore',
    });
    const endpoint = `http://127.0.0.1:${String(port)}`;
    await waitFor(endpoint, child);
    return {
      aws: createAws({ clock, version: '0.0.0' }),
      environment: { kind: 'aws', partition: 'aws', region: 'us-east-1', endpoint },
      administrator: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 's'.repeat(40) },
      accountId: '123456789012',
      close: () => stopProgram(child),
    };
  });
});
