import { spawn } from 'node:child_process';
import { accessSync, constants, mkdtempSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { onlyIdentity, shellLines, type Variables } from '../../core/render/shell-variables';
import { err, ok, type Result } from '../../core/result';
import { appError } from '../workspace-context';

/**
 * Opens a terminal for a person. `by-itself`: its environment is given to it, as a process gives it to another.
 * `by-profile`: that cannot be done on this system, so it gets the name of a profile and no secret. `none`: no terminal.
 */
export interface Terminal {
  way(): 'by-itself' | 'by-profile' | 'none';
  /** @returns the program's name. `variables` may be secret: they go nowhere but into the environment */
  open(variables: Variables): Promise<Result<string>>;
}

export type TerminalPorts = {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
};

/** In the order of what a person has chosen: the system's own setting first. */
const linuxTerminals = [
  'x-terminal-emulator',
  'gnome-terminal',
  'konsole',
  'xfce4-terminal',
  'kgx',
  'kitty',
  'alacritty',
  'foot',
  'xterm',
];

/** What Electron was started with, and a shell of the person's must not be. */
const notForShells = ['ELECTRON_RUN_AS_NODE', 'NODE_OPTIONS', 'ELECTRON_NO_ATTACH_CONSOLE', 'APPIMAGE', 'APPDIR'];

/** The system's own terminal. */
export class SystemTerminal implements Terminal {
  readonly #ports: TerminalPorts;

  constructor(ports: TerminalPorts = { platform: process.platform, environment: process.env }) {
    this.#ports = ports;
  }

  way(): 'by-itself' | 'by-profile' | 'none' {
    switch (this.#ports.platform) {
      case 'darwin':
        return 'by-profile';
      case 'win32':
        return 'by-itself';
      default:
        return this.#onPath() === undefined ? 'none' : 'by-itself';
    }
  }

  async open(variables: Variables): Promise<Result<string>> {
    if (this.#ports.platform === 'darwin') return await this.#openOnMac(variables);
    const program = this.#ports.platform === 'win32' ? 'powershell.exe' : this.#onPath();
    if (program === undefined) {
      return err(
        appError('not-possible', 'No terminal was found on this computer.', {
          whatToDo: 'Copy the lines for your shell instead, or write the profile.',
        }),
      );
    }
    const parameters = this.#ports.platform === 'win32' ? ['-NoLogo', '-NoExit'] : [];
    return await this.#start(program, parameters, this.#environment(variables));
  }

  /** `open` gives a program that runs already no environment of its own: a file without a secret names the profile. */
  async #openOnMac(variables: Variables): Promise<Result<string>> {
    const { AWS_PROFILE: profile, AWS_REGION: region } = variables;
    if (profile === undefined) {
      return err(
        appError('not-possible', 'Here a terminal can be given a session by the name of its profile only.', {
          whatToDo: 'Write the profile first, then open the terminal.',
        }),
      );
    }
    const lines = shellLines('bash', onlyIdentity({ AWS_PROFILE: profile, AWS_REGION: region })) ?? '';
    const file = join(mkdtempSync(join(tmpdir(), 'sallyport-')), 'session.command');
    const remove = 'rm -f -- "$0"\nrmdir -- "${0%/*}"';
    writeFileSync(file, `#!/bin/sh\n${remove}\n${lines}cd\nexec "\${SHELL:-/bin/zsh}" -l\n`, { mode: 0o700 });
    return await this.#start('open', ['-a', 'Terminal', file], this.#environment({}));
  }

  #onPath(): string | undefined {
    const folders = (this.#ports.environment['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
    for (const name of linuxTerminals) {
      for (const folder of folders) {
        const path = join(folder, name);
        if (isProgram(path)) return path;
      }
    }
    return undefined;
  }

  #environment(variables: Variables): Record<string, string> {
    const merged = { ...this.#ports.environment, ...variables };
    return Object.fromEntries(
      Object.entries(merged).filter(
        (entry): entry is [string, string] => entry[1] !== undefined && !notForShells.includes(entry[0]),
      ),
    );
  }

  #start(program: string, parameters: readonly string[], env: Record<string, string>): Promise<Result<string>> {
    return new Promise((resolve) => {
      // SECURITY(S-13): by the environment alone; a command line can be read by every user of the computer
      const child = spawn(program, parameters, { env, cwd: homedir(), detached: true, stdio: 'ignore' });
      child.once('spawn', () => {
        child.unref();
        resolve(ok(program));
      });
      child.once('error', (error) => {
        resolve(
          err(
            appError('not-possible', 'The terminal could not be started.', {
              whatToDo: 'Copy the lines for your shell instead.',
              retryable: true,
              remedies: [{ kind: 'retry' }],
              detail: error.message,
            }),
          ),
        );
      });
    });
  }
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
