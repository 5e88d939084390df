import { documentStyle, documentStyleDigest } from './document-style';
import { visible, type Block, type TextDocument, type Words } from './text-document';

/**
 * The document as one page that needs nothing else: no script, no address, nothing fetched, and its own policy that
 * would refuse them. Pure.
 * SECURITY(S-26): every text goes through `escape`, so that none becomes an element, an attribute or an entity.
 */
export function documentHtml({ title, lead, sections, foot }: TextDocument): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${documentStyleDigest}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escape(visible(title))}</title>
<style>${documentStyle}</style>
</head>
<body>
<main>
<h1>${escape(visible(title))}</h1>
<p class="lead">${words(lead)}</p>
${sections
  .map((section) => `<section>\n<h2>${escape(visible(section.title))}</h2>\n${blocks(section.blocks)}\n</section>`)
  .join('\n')}
<footer><p>${words(foot)}</p></footer>
</main>
</body>
</html>
`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  // a parser would make a line feed of it
  '\r': '&#13;',
  // neither can stand in a page
  '\0': '\ufffd',
};

function escape(text: string): string {
  return text
    .replace(/[&<>"'\r\0]/g, (character) => entities[character] ?? character)
    .replace(/\p{Surrogate}/gu, '\ufffd');
}

function words(list: Words): string {
  return list
    .map((part) => {
      if (typeof part === 'string') return escape(visible(part));
      return 'code' in part
        ? `<code>${escape(visible(part.code))}</code>`
        : `<strong>${escape(visible(part.strong))}</strong>`;
    })
    .join('');
}

function blocks(list: readonly Block[]): string {
  return list.map(blockHtml).join('\n');
}

function blockHtml(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return `<p>${words(block.words)}</p>`;
    case 'list': {
      const tag = block.isOrdered ? 'ol' : 'ul';
      return `<${tag}>\n${block.items.map((item) => `<li>${words(item)}</li>`).join('\n')}\n</${tag}>`;
    }
    case 'facts':
      return `<dl>\n${block.facts
        .map(({ term, value }) => `<dt>${escape(visible(term))}</dt><dd>${words(value)}</dd>`)
        .join('\n')}\n</dl>`;
    case 'callout':
      return `<aside><p><strong>${escape(visible(block.title))}</strong> ${words(block.words)}</p></aside>`;
    case 'code': {
      const { fileName, label, text } = block;
      const save =
        fileName === undefined
          ? ''
          : ` <a download="${escape(visible(fileName))}" href="${dataAddress(text)}">Save ${escape(visible(fileName))}</a>`;
      return `<figure><figcaption>${escape(visible(label))}${save}</figcaption><pre><code>${escape(text)}</code></pre></figure>`;
    }
    case 'fold':
      return `<details>\n<summary>${escape(visible(block.title))}</summary>\n${blocks(block.blocks)}\n</details>`;
  }
}

/** The text itself as an address, of letters that mean nothing in a page. Lone surrogates cannot be in a file either. */
function dataAddress(text: string): string {
  const whole = text.replace(/\p{Surrogate}/gu, '\ufffd');
  return `data:text/plain;charset=utf-8,${encodeURIComponent(whole).replaceAll("'", '%27')}`;
}
