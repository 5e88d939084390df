import fc from 'fast-check';
import { visible, type Block, type TextDocument, type Words } from '../../../core/render/text-document';
import { hostileText } from './plans';

const breakers = [
  '</code></pre><script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='x",
  '<!--',
  ']]>',
  '&lt;b&gt;',
  '</style>',
  '```',
  '~~~',
  '````\n# Heading',
  '[here](https://evil.example)',
  '![](x)',
  '<https://evil.example>',
  '# not a heading',
  '- not a list',
  '1. not either',
  '---',
  '**bold**',
  '`code`',
  '\u202etxt.exe',
  '\r\n\r\n',
  '    indented',
  '| a | b |',
  '&amp;',
  '\\',
];
/** What a page or a Markdown text might read as something else. */
export const text = fc
  .array(fc.oneof(fc.constantFrom(...breakers), hostileText(60)), { minLength: 1, maxLength: 5 })
  .map((parts) => parts.join(''));
const words: fc.Arbitrary<Words> = fc.array(
  fc.oneof(
    text,
    text.map((code) => ({ code })),
    text.map((strong) => ({ strong })),
  ),
  { minLength: 1, maxLength: 3 },
);
const flat: fc.Arbitrary<Block> = fc.oneof(
  words.map((one): Block => ({ kind: 'paragraph', words: one })),
  fc
    .tuple(fc.array(words, { minLength: 1, maxLength: 3 }), fc.boolean())
    .map(([items, isOrdered]): Block => ({ kind: 'list', items, isOrdered })),
  fc
    .array(fc.record({ term: text, value: words }), { minLength: 1, maxLength: 3 })
    .map((facts): Block => ({ kind: 'facts', facts })),
  fc.tuple(text, words).map(([title, one]): Block => ({ kind: 'callout', title, words: one })),
  fc
    .record({ label: text, language: fc.constant('bash'), text, fileName: text })
    .map((code): Block => ({ kind: 'code', ...code })),
);
/** Any document, with hostile texts everywhere. */
export const hostileDocument: fc.Arbitrary<TextDocument> = fc.record({
  title: text,
  lead: words,
  sections: fc.array(
    fc.record({
      title: text,
      blocks: fc.array(
        fc.oneof(
          flat,
          fc
            .record({ title: text, blocks: fc.array(flat, { maxLength: 2 }) })
            .map((fold): Block => ({ kind: 'fold', ...fold })),
        ),
        { maxLength: 3 },
      ),
    }),
    { maxLength: 2 },
  ),
  foot: words,
});

function said(list: Words): string {
  return list
    .map((part) => visible(typeof part === 'string' ? part : 'code' in part ? part.code : part.strong))
    .join('');
}

/** Every text of the blocks in the order in which it is read; `code` blocks to the letter. */
function textsOf(blocks: readonly Block[]): string[] {
  return blocks.flatMap((block): string[] => {
    switch (block.kind) {
      case 'paragraph':
        return [said(block.words)];
      case 'list':
        return block.items.map(said);
      case 'facts':
        return block.facts.flatMap(({ term, value }) => [visible(term), said(value)]);
      case 'callout':
        return [`${visible(block.title)} ${said(block.words)}`];
      case 'code':
        return [`${visible(block.label)} Save ${visible(block.fileName ?? '')}`, block.text];
      case 'fold':
        return [visible(block.title), ...textsOf(block.blocks)];
    }
  });
}

/** Every text of a document, in the order in which it is read on a page. */
export function everyText({ foot, lead, sections, title }: TextDocument): readonly string[] {
  return [
    visible(title),
    said(lead),
    ...sections.flatMap((section) => [visible(section.title), ...textsOf(section.blocks)]),
    said(foot),
  ].filter((one) => !/^\n*$/.test(one));
}
