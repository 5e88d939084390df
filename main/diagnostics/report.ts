import type { KeychainState } from '../../core/contract/app';
import type { AppError } from '../../core/app-error';
import type { DesktopSettings } from '../../core/contract/desktop';
import type { NetworkSettings } from '../../core/domain/network';
import type { Failure } from './failures';

/** What is counted of a workspace, by words that this app made: states and kinds. */
export type WorkspaceCounts = Readonly<Record<string, readonly string[] | number>>;

export type DiagnosticFacts = {
  /** milliseconds since the epoch */
  readonly now: number;
  readonly version: string;
  readonly versions: Readonly<Record<'electron' | 'chrome' | 'node' | 'v8', string | undefined>>;
  readonly platform: string;
  readonly architecture: string;
  readonly release: string;
  readonly isPackaged: boolean;
  /** the page's process is in Chromium's sandbox */
  readonly isSandboxed: boolean;
  readonly fuses: readonly string[] | undefined;
  /** seconds */
  readonly runningFor: number;
  /** bytes */
  readonly memory: number;
  readonly theme: string;
  readonly desktop: DesktopSettings;
  readonly hasDefaultRegion: boolean;
  readonly keychain: KeychainState;
  /** milliseconds; AWS's clock minus this computer's */
  readonly clockOffset: number | undefined;
  readonly network: NetworkSettings;
  readonly environment: { readonly proxy?: string; readonly caFile?: string };
  readonly workspace: string | undefined;
  readonly workspaces: Readonly<Record<string, WorkspaceCounts>>;
  /** store files that could not be used as found */
  readonly problems: readonly AppError[];
  readonly failures: readonly Failure[];
};

/**
 * Everything that helps to find out why something does not work, as text for a stranger.
 *
 * SECURITY(S-13): it is put together from numbers, from words that this app made and from names of AWS's exceptions. What a
 * person typed, what AWS answered and what stands in a file does not get here: no secret, no ID, no name, no path, no host.
 */
export function diagnosticText(facts: DiagnosticFacts): string {
  const { desktop, environment, failures, fuses, keychain, network, now, problems, versions, workspaces } = facts;
  const lines: (readonly [string, string])[] = [
    ['Sallyport', facts.version],
    ['Written', new Date(now).toISOString()],
    ['Runs on', `${facts.platform} ${facts.architecture}, ${facts.release}`],
    ['Electron', versions.electron ?? 'unknown'],
    ['Chromium, Node, V8', [versions.chrome, versions.node, versions.v8].join(', ')],
    ['Packaged', yes(facts.isPackaged)],
    ['Page in sandbox', yes(facts.isSandboxed)],
    ['Fuses', fuses === undefined ? 'not found in the program' : fuses.join(', ')],
    ['Running for', `${String(Math.round(facts.runningFor / 60))} min`],
    ['Memory of main', `${String(Math.round(facts.memory / 1_000_000))} MB`],
    ['Theme', facts.theme],
    [
      'Icon',
      `${yes(desktop.tray)}, stays when closed ${yes(desktop.closeToTray)}, starts hidden ${yes(desktop.startHidden)}`,
    ],
    ['Notifications', desktop.notifications ? `yes${silentWords(desktop)}` : 'no'],
    ['Default Region', facts.hasDefaultRegion ? 'set' : 'not set'],
    ['Keychain', keychain.state === 'unavailable' ? `unavailable (${keychain.error.kind})` : keychain.state],
    ['AWS’s clock', clockWords(facts.clockOffset)],
    ['Proxy', proxyWords(network, environment)],
    ['More certificates', (network.caFile ?? environment.caFile) === undefined ? 'no' : 'yes'],
    ['Addresses', `FIPS ${yes(network.useFips)}, dual-stack ${yes(network.useDualStack)}`],
    ['Workspace', facts.workspace ?? 'not chosen yet'],
    ...Object.entries(workspaces).flatMap(([kind, counts]) =>
      Object.entries(counts).map(([what, counted]): readonly [string, string] => [
        `${kind}: ${what}`,
        countWords(counted),
      ]),
    ),
    ['Files set aside', problems.length === 0 ? 'none' : countWords(problems.map(({ kind }) => kind))],
    ['Failures in this run', failures.length === 0 ? 'none' : ''],
  ];
  const wide = Math.max(...lines.map(([name]) => name.length)) + 2;
  return [
    ...lines.map(([name, value]) => `${name.padEnd(wide)}${value}`.trimEnd()),
    ...failures.map(
      ({ at, call, code, kind }) =>
        `  ${new Date(at).toISOString()}  ${call}  ${kind}${code === undefined ? '' : `  ${code}`}`,
    ),
    '',
  ].join('\n');
}

function yes(is: boolean): string {
  return is ? 'yes' : 'no';
}

function silentWords({ silent = [] }: DesktopSettings): string {
  return silent.length === 0 ? '' : `, but not of ${silent.join(', ')}`;
}

function clockWords(offset: number | undefined): string {
  return offset === undefined ? 'has not answered yet' : `${(offset / 1000).toFixed(1)} s from this computer’s`;
}

/** Whether there is one, and how it is reached: a host tells whose network this is. */
function proxyWords({ address, proxy }: NetworkSettings, environment: { readonly proxy?: string }): string {
  const used = proxy === 'address' ? address : proxy === 'environment' ? environment.proxy : undefined;
  if (used === undefined) return `none, as ${proxy === 'none' ? 'set' : 'the environment says'}`;
  return `${/^https:/i.test(used) ? 'https' : 'http'}, as ${proxy === 'address' ? 'set' : 'the environment says'}`;
}

/** “3 working, 1 failing” */
function countWords(counted: readonly string[] | number): string {
  if (typeof counted === 'number') return String(counted);
  const counts = new Map<string, number>();
  for (const word of counted) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts.size === 0 ? '0' : [...counts].map(([word, count]) => `${String(count)} ${word}`).join(', ');
}
