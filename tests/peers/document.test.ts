import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { documentHtml } from '../../core/render/document-html';
import { everyText, hostileDocument } from '../unit/render/documents';
import { findPeer, runProgram } from './support';

const python = await findPeer('html.parser', 'python3', ['-c', 'import html.parser'], 'there is no python3');

/** Reads pages with the parser of Python’s own library: the elements with their attributes, and the texts between blocks. */
const reader = `
import html.parser, json, sys

class Reader(html.parser.HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.elements, self.texts, self.current, self.inside = [], [], "", False
    def cut(self):
        if self.inside and self.current.strip("\\n") != "": self.texts.append(self.current)
        self.current = ""
    def handle_starttag(self, tag, attributes):
        if tag not in ("code", "strong", "a"): self.cut()
        if tag == "body": self.inside = True
        self.elements.append([tag, sorted(name for name, _ in attributes)])
    def handle_endtag(self, tag):
        if tag not in ("code", "strong", "a"): self.cut()
    def handle_data(self, data): self.current += data
    def handle_comment(self, data): self.elements.append(["a comment", []])
    def handle_pi(self, data): self.elements.append(["an instruction", []])
    def unknown_decl(self, data): self.elements.append(["a declaration", []])

pages = []
for page in json.load(sys.stdin):
    one = Reader()
    one.feed(page)
    one.close()
    pages.append({"elements": one.elements, "texts": one.texts})
json.dump(pages, sys.stdout)
`;

describe.skipIf(!python.present)('S-26 saved pages, read by the HTML parser of Python', () => {
  test('hold every text to the letter, and only the elements of the writer', async () => {
    const documents = fc.sample(hostileDocument, { numRuns: 150, seed: 20_261_122 });
    const outcome = await runProgram('python3', ['-c', reader], { input: JSON.stringify(documents.map(documentHtml)) });
    expect(outcome.stderr).toBe('');
    const pages = JSON.parse(outcome.stdout) as readonly {
      readonly elements: readonly (readonly [string, readonly string[]])[];
      readonly texts: readonly string[];
    }[];
    expect(pages).toHaveLength(documents.length);
    const plain = documentHtml({ title: 't', lead: [], sections: [], foot: [] });
    const elements = new Set([...plain.matchAll(/<([a-z0-9]+)/g)].map(([, name]) => name));
    const ours = 'section h2 aside ul ol li dl dt dd figure figcaption pre code a strong details summary'.split(' ');
    documents.forEach((one, index) => {
      const page = pages[index];
      expect(page?.texts).toEqual(everyText(one));
      for (const [name, attributes] of page?.elements ?? []) {
        expect(elements.has(name) || ours.includes(name), name).toBe(true);
        expect(attributes.filter((attribute) => attribute.startsWith('on') || attribute === 'style')).toEqual([]);
      }
    });
  }, 60_000);
});
