import { spawn, type ChildProcess } from 'node:child_process';
import { SystemClock } from '../../main/platform/system-clock';
import { cleanEnvironment, findPeer, freePort, stopProgram } from './support';

const program = 'moto_server';
const clock = new SystemClock();

/** A third party's AWS, when this machine has it; else the reason is printed. */
export const findMoto = () => findPeer(program, program, ['--help'], 'the program “moto_server” is not there');

/** The account that every request of moto's is from, unless a role of another is assumed. */
export const motoAccount = '123456789012';
export const motoCredentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 's'.repeat(40) };

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

export async function startMoto(): Promise<{ readonly endpoint: string; stop(): Promise<void> }> {
  const port = await freePort();
  const child = spawn(program, ['-H', '127.0.0.1', '-p', String(port)], {
    // Without it moto has none of AWS's managed policies.
    env: { ...cleanEnvironment(), MOTO_IAM_LOAD_MANAGED_POLICIES: 'true' },
    stdio: 'ignore',
  });
  const endpoint = `http://127.0.0.1:${String(port)}`;
  await waitFor(endpoint, child);
  return { endpoint, stop: () => stopProgram(child) };
}
