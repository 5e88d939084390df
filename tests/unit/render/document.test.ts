import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentHtml } from '../../../core/render/document-html';
import { documentMarkdown } from '../../../core/render/document-markdown';
import { documentStyle, documentStyleDigest } from '../../../core/render/document-style';
import type { Block } from '../../../core/render/text-document';
import { everyText, hostileDocument, text } from './documents';
import { fuzzRuns } from '../../support/fuzz-runs';

const tags =
  'html|head|meta|title|style|body|main|section|footer|aside|h1|h2|p|ul|ol|li|dl|dt|dd|figure|figcaption|pre|code|a|strong|details|summary';
const tag = new RegExp(`<(/?)(${tags})((?: [a-z-]+="[^"<>]*")*)>`, 'g');

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", '#13': '\r' };
function decode(html: string): string {
  return html.replace(/&([a-z]+|#\d+);/g, (_whole, name: string) => {
    const character = entities[name];
    if (character === undefined) throw new Error(`An entity that nobody wrote: ${name}`);
    return character;
  });
}

/** Blocks of text, as a browser's own parser cuts them: where an element that is no word begins or ends. */
function readHtml(html: string): { readonly texts: string[]; readonly attributes: string[] } {
  const attributes: string[] = [];
  const cut = html.replace(tag, (_whole, _end, name: string, rest: string) => {
    attributes.push(...[...rest.matchAll(/ ([a-z-]+)="/g)].map(([, attribute = '']) => attribute));
    return ['code', 'strong', 'a'].includes(name) ? '' : '<>';
  });
  const texts = cut.split('<>');
  for (const one of texts) expect(one, 'an element that nobody wrote').not.toMatch(/[<>]/);
  return { texts: texts.map(decode), attributes };
}

describe('S-26 a page', () => {
  it('says every text to the letter, and has no other element, attribute or entity in it, whatever the texts are', () => {
    fc.assert(
      fc.property(hostileDocument, (one) => {
        const html = documentHtml(one);
        const [, body = ''] = html.split('<body>');
        const { attributes, texts } = readHtml(body);
        expect(new Set([...attributes, 'class', 'download', 'href'])).toEqual(new Set(['class', 'download', 'href']));
        expect(texts.filter((part) => !/^\n*$/.test(part))).toEqual(everyText(one));
        for (const [, address = ''] of html.matchAll(/ href="([^"]*)"/g)) {
          expect(address).toMatch(/^data:text\/plain;charset=utf-8,[\w%.!~*()-]*$/);
        }
      }),
      { numRuns: fuzzRuns(200) },
    );
  });

  it('saves exactly the text that it shows', () => {
    fc.assert(
      fc.property(text, (code) => {
        const html = documentHtml({
          title: 't',
          lead: [],
          foot: [],
          sections: [
            { title: 's', blocks: [{ kind: 'code', label: 'l', language: 'bash', text: code, fileName: 'f' }] },
          ],
        });
        const [, address = ''] = /href="data:text\/plain;charset=utf-8,([^"]*)"/.exec(html) ?? [];
        expect(decodeURIComponent(address)).toBe(code);
      }),
    );
  });

  it('is refused everything but its own style by its own policy', () => {
    const html = documentHtml({ title: 't', lead: [], foot: [], sections: [] });
    const digest = createHash('sha256').update(documentStyle).digest('base64');
    expect(documentStyleDigest).toBe(digest);
    expect(html).toContain(`<style>${documentStyle}</style>`);
    expect(html).toContain(
      `content="default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'"`,
    );
    expect(html.indexOf('Content-Security-Policy')).toBeLessThan(html.indexOf('<style>'));
    expect(html).not.toMatch(/<script|<link|<img|https?:/);
  });
});

/** The parts of a Markdown text: what stands between fences, and the lines outside of them. */
function readMarkdown(markdown: string): { readonly fenced: string[]; readonly lines: string[] } {
  const fenced: string[] = [];
  const lines: string[] = [];
  let fence = '';
  let inside: string[] = [];
  for (const one of markdown.split('\n')) {
    const [, ticks = ''] = /^ {0,3}(`{3,})/.exec(one) ?? [];
    if (fence === '' && ticks !== '') {
      fence = ticks;
      inside = [];
    } else if (fence !== '' && ticks.length >= fence.length && one.trim() === ticks) {
      fenced.push(inside.join('\n'));
      fence = '';
    } else if (fence === '') lines.push(one);
    else inside.push(one);
  }
  expect(fence, 'a fence that is never closed').toBe('');
  return { fenced, lines };
}

function codesOf(blocks: readonly Block[]): string[] {
  return blocks.flatMap((block) =>
    block.kind === 'code' ? [block.text] : block.kind === 'fold' ? codesOf(block.blocks) : [],
  );
}

describe('S-26 a Markdown text', () => {
  it('keeps what is to be copied between its fences, and lets no text begin anything', () => {
    fc.assert(
      fc.property(hostileDocument, (one) => {
        const { fenced, lines } = readMarkdown(documentMarkdown(one));
        const codes = one.sections.flatMap(({ blocks }) => codesOf(blocks));
        expect(fenced).toEqual(codes.map((code) => (code.endsWith('\n') ? code.slice(0, -1) : code)));
        const headings = lines.filter((part) => part.startsWith('#')).length;
        const folds = one.sections.flatMap(({ blocks }) => blocks).filter(({ kind }) => kind === 'fold').length;
        expect(headings).toBe(1 + one.sections.length + folds);
        expect(lines.filter((part) => part === '---')).toHaveLength(1);
        for (const part of lines) {
          const outside = part
            .replace(/`[^`]+`/g, '')
            .replace(/\\./g, '')
            .replaceAll('&#96;', '')
            .replace(/^> /, '');
          expect(outside, part).not.toMatch(/[<>[\]`&|]|https?:/);
          expect(part).not.toMatch(/^(?: {4}|\t)/);
        }
      }),
      { numRuns: fuzzRuns(200) },
    );
  });
});
