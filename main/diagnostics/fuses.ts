import { createReadStream } from 'node:fs';

/** Before its fuses, Electron's program has this text. From @electron/fuses, as the order of the names. */
const sentinel = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX');

const names = [
  'RunAsNode',
  'EnableCookieEncryption',
  'EnableNodeOptionsEnvironmentVariable',
  'EnableNodeCliInspectArguments',
  'EnableEmbeddedAsarIntegrityValidation',
  'OnlyLoadAppFromAsar',
  'LoadBrowserProcessSpecificV8Snapshot',
  'GrantFileProtocolExtraPrivileges',
] as const;

const states: Readonly<Record<string, string>> = { '0': 'off', '1': 'on', r: 'removed' };

/** How the program's fuses stand, read from its file; undefined where they are not found in it, as on macOS. */
export async function readFuses(program: string): Promise<readonly string[] | undefined> {
  let tail = Buffer.alloc(0);
  try {
    for await (const chunk of createReadStream(program, { highWaterMark: 1 << 20 })) {
      const piece = Buffer.concat([tail, chunk as Buffer]);
      const at = piece.indexOf(sentinel);
      const wire = at < 0 ? undefined : piece.subarray(at + sentinel.length);
      // after it: a version, how many there are, and a sign for each
      if (wire !== undefined && wire.length >= 2 && wire.length >= 2 + (wire[1] ?? 0)) {
        const signs = wire.subarray(2, 2 + (wire[1] ?? 0));
        return names
          .slice(0, signs.length)
          .map((name, index) => `${name} ${states[String.fromCharCode(signs[index] ?? 0)] ?? 'unknown'}`);
      }
      tail = piece.subarray(Math.max(0, at < 0 ? piece.length - sentinel.length : at));
    }
  } catch {
    // a program that cannot be read tells nothing
  }
  return undefined;
}
