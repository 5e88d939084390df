/** Values of one section, by their keys in small letters. */
export type ConfigSection = ReadonlyMap<string, string>;

/**
 * Sections of an INI file as AWS writes them: `[profile x]` in config, `[x]` in credentials. Of keys that are not in
 * `open` only the name is kept: their values may be secrets. Other sections (`[sso-session x]`, `[services y]`) are left
 * out, and of a section that stands there twice the later values count.
 */
export function readConfig(
  text: string,
  kind: 'config' | 'credentials',
  open: ReadonlySet<string>,
): Map<string, Map<string, string>> {
  const sections = new Map<string, Map<string, string>>();
  let current: Map<string, string> | undefined;
  for (const line of text.split(/\r?\n/)) {
    const heading = /^\s*\[([^\]]*)\]/.exec(line)?.[1]?.trim();
    if (heading !== undefined) {
      const name = kind === 'config' ? profileName(heading) : heading;
      current = name === undefined || name === '' ? undefined : (sections.get(name) ?? new Map<string, string>());
      if (current !== undefined && name !== undefined) sections.set(name, current);
      continue;
    }
    // An indented line belongs to the value above it.
    const pair = /^([^\s#;=][^=]*?)\s*=\s*(.*)$/.exec(line);
    if (pair === null || current === undefined) continue;
    const key = (pair[1] ?? '').toLowerCase();
    current.set(key, open.has(key) ? (pair[2] ?? '').replace(/\s[#;].*$/, '').trim() : '');
  }
  return sections;
}

function profileName(heading: string): string | undefined {
  if (heading === 'default') return heading;
  const name = /^profile\s+(.+)$/.exec(heading)?.[1]?.trim();
  return name?.replace(/^(["'])(.*)\1$/, '$2');
}
