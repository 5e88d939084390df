import { visible, type Block, type TextDocument, type Words } from './text-document';

/**
 * The document as Markdown (CommonMark). Pure.
 * SECURITY(S-26): what stands in words is escaped to the letter; what is to be copied stands between fences that are
 * longer than any run of backticks in it.
 */
export function documentMarkdown({ title, lead, sections, foot }: TextDocument): string {
  const parts = [
    `# ${escape(title)}`,
    line(lead),
    ...sections.flatMap((section) => [`## ${escape(section.title)}`, ...section.blocks.map(blockMarkdown)]),
    '---',
    line(foot),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** Whatever begins something in Markdown, HTML in it among that, or makes an address a link. */
function escape(text: string): string {
  return visible(text).replace(/[\\`*_{}[\]()<>#|&~!:@$^="+]/g, String.raw`\$&`);
}

function words(list: Words): string {
  return list
    .map((part) => {
      if (typeof part === 'string') return escape(part);
      return 'code' in part ? codeSpan(visible(part.code)) : `**${escape(part.strong.trim())}**`;
    })
    .join('');
}

/** One line; what could begin a list, a rule or indented code at its head does not. */
function line(list: Words): string {
  return words(list)
    .trim()
    .replace(/^(?=-)/, '\\')
    .replace(/^(\d+)(?=[.)])/, '$1\\');
}

function codeSpan(text: string): string {
  if (text === '') return '';
  const fence = fenceFor(text, 1);
  const room = /^[` ]|[` ]$/.test(text) ? ' ' : '';
  return `${fence}${room}${text}${room}${fence}`;
}

function fenceFor(text: string, shortest: number): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  return '`'.repeat(Math.max(shortest, longest + 1));
}

function blockMarkdown(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return line(block.words);
    case 'list':
      return block.items
        .map((item, index) => `${block.isOrdered ? `${String(index + 1)}.` : '-'} ${line(item)}`)
        .join('\n');
    case 'facts':
      return block.facts.map(({ term, value }) => `- **${escape(term)}**: ${words(value)}`).join('\n');
    case 'callout':
      return `> **${escape(block.title)}** ${words(block.words)}`;
    case 'code': {
      const fence = fenceFor(block.text, 3);
      const text = block.text.endsWith('\n') ? block.text : `${block.text}\n`;
      const name = block.fileName === undefined ? '' : ` Save it as ${codeSpan(visible(block.fileName))}.`;
      return `**${escape(block.label)}**${name}\n\n${fence}${block.language}\n${text}${fence}`;
    }
    case 'fold':
      return [`### ${escape(block.title)}`, ...block.blocks.map(blockMarkdown)].join('\n\n');
  }
}
