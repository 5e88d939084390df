import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { KeytarKeychain } from '../../main/secrets/keytar-keychain';
import { keychainService } from '../../main/secrets/keytar-keychain';
import { HandoffHome } from '../support/handoff-home';

/** Milliseconds of wall time, medians. */
export type CredentialProcessFigures = Readonly<
  Record<'processMs' | 'awsVersionMs' | 'bareNodeMs' | 'ofAwsVersion' | 'ofBareNode', number>
>;

const root = join(import.meta.dirname, '..', '..');
const rounds = 15;

/** What Node needs for one item of the keychain and nothing else. */
const bareRead =
  "import('keytar').then(async ({ default: keytar }) => process.stdout.write(await keytar.getPassword(...process.argv.slice(1))))";

/**
 * `--credential-process` with a live session, beside the AWS CLI that says its version and a bare Node that reads the same
 * keychain item; taken in turns. Undefined without a private keyring or the AWS CLI.
 */
export async function measureCredentialProcess(electron: string): Promise<CredentialProcessFigures | undefined> {
  const aws = spawnSync('aws', ['--version'], { stdio: 'ignore' });
  if (process.env['SALLYPORT_PRIVATE_KEYRING'] !== '1' || aws.status !== 0) return undefined;
  const home = new HandoffHome({}, 'aws', keychainService);
  try {
    await home.keep({});
    const part = (await new KeytarKeychain().list()).find(({ account }) => account.endsWith('.0'));
    const ours = [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ...['--ozone-platform=headless', '--log-level=3', root, '--credential-process', home.profile.id],
    ];
    const times = { process: [] as number[], aws: [] as number[], node: [] as number[] };
    for (let round = 0; round <= rounds; round += 1) {
      const took = {
        process: wallTime(electron, ours, home.home),
        aws: wallTime('aws', ['--version'], home.home),
        node: wallTime(process.execPath, ['-e', bareRead, keychainService, part?.account ?? ''], home.home),
      };
      // the first reads everything from the disk
      if (round === 0) continue;
      for (const name of ['process', 'aws', 'node'] as const) times[name].push(took[name]);
    }
    const [processMs, awsVersionMs, bareNodeMs] = [median(times.process), median(times.aws), median(times.node)];
    return {
      processMs,
      awsVersionMs,
      bareNodeMs,
      ofAwsVersion: processMs / awsVersionMs,
      ofBareNode: processMs / bareNodeMs,
    };
  } finally {
    await home.remove();
  }
}

export function credentialProcessLines(figures: CredentialProcessFigures | undefined): readonly (readonly string[])[] {
  if (figures === undefined) return [['credential process', 'skipped: no private keyring, or no AWS CLI']];
  const ms = (value: number): string => `${Math.round(value)} ms`;
  const times = (value: number): string => `${value.toFixed(2)}×`;
  return [
    ['', 'beside', 'Sallyport', 'ratio'],
    ['credential process, aws --version', ms(figures.awsVersionMs), ms(figures.processMs), times(figures.ofAwsVersion)],
    ['credential process, bare Node', ms(figures.bareNodeMs), ms(figures.processMs), times(figures.ofBareNode)],
  ];
}

function wallTime(program: string, parameters: readonly string[], home: string): number {
  const begun = performance.now();
  const { status, stderr } = spawnSync(program, parameters, {
    cwd: root,
    env: { ...process.env, ...(program === 'aws' ? {} : { HOME: home }), XDG_CONFIG_HOME: '', DISPLAY: '' },
    encoding: 'utf8',
  });
  const took = performance.now() - begun;
  if (status !== 0) throw new Error(`${program} ended with ${String(status)}: ${stderr}`);
  return took;
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((left, right) => left - right)[Math.floor(numbers.length / 2)] ?? 0;
}
