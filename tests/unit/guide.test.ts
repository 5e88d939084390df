import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { shortcuts, writeChord } from '../../core/domain/shortcuts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const guide = join(root, 'docs', 'guide');

function filesBelow(folder: string, ending: RegExp): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => ending.test(name))
    .map((name) => join(folder, name));
}

/** One line, as a browser and as Markdown draw it. */
function onOneLine(text: string): string {
  return text.trim().replaceAll(/\s+/g, ' ');
}

/**
 * Whatever stands whole between two quotes, tags or braces: each string, each text of a page, each piece of a template. The
 * house writes ’ in its texts, so that a straight quote always ends one.
 */
function textsOf(folder: string): readonly string[] {
  return filesBelow(join(root, folder), /\.tsx?$/).flatMap((path) =>
    readFileSync(path, 'utf8')
      .split(/['"`<>{}$]/)
      .map(onOneLine),
  );
}

const shown: ReadonlySet<string> = new Set(['renderer', 'core', 'main'].flatMap(textsOf));
const keys: ReadonlySet<string> = new Set(
  shortcuts.flatMap(({ chords }) => chords.flatMap((chord) => [writeChord('mac', chord), writeChord('other', chord)])),
);

const isWord = (part: string | undefined): part is string => part !== undefined;
const withoutBlocks = (text: string): string => text.replaceAll(/^```.*?^```$/gms, '');

function boldOf(text: string): readonly string[] {
  return [...withoutBlocks(text).matchAll(/\*\*(.+?)\*\*/gs)]
    .map(([, label]) => label)
    .filter(isWord)
    .map(onOneLine);
}

/** In code, and written as keys are: with what is held first, or a key that is no letter. */
function keysOf(text: string): readonly string[] {
  return [...withoutBlocks(text).matchAll(/`((?:[⌘⇧]|Ctrl |Shift )[^`]*|[/?↑↓←→]|Esc|Space|F\d+)`/g)]
    .map(([, key]) => key)
    .filter(isWord);
}

/** Where a document leads within the repository, also to pictures in HTML, without the part of the page. */
function linksOf(text: string): readonly string[] {
  return [...withoutBlocks(text).matchAll(/(?:\]\(|(?:src|srcset)=")([^)\s"]+)[)"]/g)]
    .map(([, address]) => address?.split('#')[0])
    .filter(isWord)
    .filter((address) => address !== '' && !/^[a-z]+:/.test(address));
}

const pages = filesBelow(guide, /\.md$/).map((path) => ({
  name: relative(guide, path),
  text: readFileSync(path, 'utf8'),
}));

describe('the guide', () => {
  it.each(pages)('$name: whatever is bold is what the window says', ({ text }) => {
    const labels = boldOf(text);
    expect(labels.length).toBeGreaterThan(3);
    expect(labels.filter((label) => !shown.has(label))).toEqual([]);
  });

  it('knows a label that is nowhere, and one that is a part of a text only', () => {
    const page = 'Press **Revoke**\n**Look for\ndrift**, **Look for dri** or **Dance**.\n\n```\n**Not this**\n```\n';
    expect(boldOf(page).filter((label) => !shown.has(label))).toEqual(['Look for dri', 'Dance']);
  });

  it.each(pages)('$name: each key is one of the app’s', ({ text }) => {
    expect(keysOf(text).filter((key) => !keys.has(key))).toEqual([]);
  });

  it('knows a key that does nothing', () => {
    expect(keysOf('`⌘N` or `Ctrl N`, `⌘J` or `Ctrl J`').filter((key) => !keys.has(key))).toEqual(['⌘J', 'Ctrl J']);
  });

  it('has each page in its index', () => {
    const index = readFileSync(join(guide, 'README.md'), 'utf8');
    const others = pages.map(({ name }) => name).filter((name) => name !== 'README.md');
    expect(others.length).toBeGreaterThan(10);
    expect(others.filter((name) => !linksOf(index).includes(name))).toEqual([]);
  });
});

describe('documents', () => {
  const documents = [join(root, 'README.md'), ...filesBelow(join(root, 'docs'), /\.md$/)];

  it.each(documents.map((path) => relative(root, path)))('%s leads to files that are there', (path) => {
    const text = readFileSync(join(root, path), 'utf8');
    expect(linksOf(text).filter((address) => !existsSync(join(root, dirname(path), address)))).toEqual([]);
  });

  it('show no picture that is larger than 150 kB, none that nobody shows, and the README’s in both themes', () => {
    const shownSomewhere = documents.flatMap((path) =>
      linksOf(readFileSync(path, 'utf8')).map((address) => join(dirname(path), address)),
    );
    const pictures = filesBelow(join(root, 'docs', 'images'), /\.\w+$/);
    expect(pictures.filter((path) => statSync(path).size > 150_000)).toEqual([]);
    expect(pictures.filter((path) => !shownSomewhere.includes(path))).toEqual([]);
    const ofReadme = linksOf(readFileSync(join(root, 'README.md'), 'utf8')).filter((address) =>
      /images\//.test(address),
    );
    const light = ofReadme.filter((address) => address.includes('-light.'));
    expect(light.length).toBeGreaterThan(1);
    expect(ofReadme.toSorted()).toEqual(
      light.flatMap((address) => [address, address.replace('-light.', '-dark.')]).toSorted(),
    );
  });
});
