import { credentialProcessSwitch } from '../../core/domain/credential-process';

/** `id` is what was given: the caller finds out whether it is anybody's. */
export type CredentialProcessStart = { readonly id: string };

/** Was the app started to answer a tool? Looked at before anything else: such a start opens nothing and locks nothing. */
export function readCredentialProcess(argv: readonly string[]): CredentialProcessStart | undefined {
  const at = argv.findIndex(
    (argument) => argument === credentialProcessSwitch || argument.startsWith(`${credentialProcessSwitch}=`),
  );
  if (at < 0) return undefined;
  const given = argv[at] ?? '';
  return { id: given === credentialProcessSwitch ? (argv[at + 1] ?? '') : given.slice(given.indexOf('=') + 1) };
}

export type OwnProgram = {
  readonly platform: NodeJS.Platform;
  /** the running program; an AppImage is mounted elsewhere at each start, so its own file is named instead */
  readonly execPath: string;
  readonly appImage?: string | undefined;
  /** the app's folder where the program is a bare Electron */
  readonly appFolder?: string | undefined;
  /** Chromium runs as root only without its sandbox: in development and in containers */
  readonly isRoot: boolean;
};

/**
 * The value of `credential_process` for a profile. No `~` and no variables: nothing expands them; paths with spaces are
 * quoted (aws-reference §8.1). On Linux Electron is told to want no display and to say nothing of its own.
 *
 * @returns undefined for a path that cannot stand in such a line
 */
export function credentialProcessLine(program: OwnProgram, profileId: string): string | undefined {
  const path = program.appImage ?? program.execPath;
  const parts = [path, ...(program.appFolder === undefined ? [] : [program.appFolder])];
  // some SDKs give the line to a shell, others split it themselves: in quotes all of them leave everything but this alone.
  // And some read the file in the encoding of the computer: a single letter beyond ASCII may spoil the whole file for them
  const expanded = program.platform === 'win32' ? /["%]|[^ -~]/ : /["\\$`]|[^ -~]/;
  if (parts.some((part) => expanded.test(part))) return undefined;
  const [first = '', folder] = parts.map((part) => `"${part}"`);
  const switches =
    program.platform === 'linux'
      ? [...(program.isRoot ? ['--no-sandbox'] : []), '--ozone-platform=headless', '--log-level=3']
      : [];
  return [first, ...switches, ...(folder === undefined ? [] : [folder]), credentialProcessSwitch, profileId].join(' ');
}
