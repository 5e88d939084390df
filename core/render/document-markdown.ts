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

/**
 * Whatever begins something inside a line, HTML among that, or makes an address a link. What only means something at the
 * head of a line is left to `line`, so that the text can be read as it is. A backtick is written as a number: beside a
 * code span an escaped one would still be counted as part of its fence by some readers.
 */
function escape(text: string): string {
  return visible(text)
    .replace(/[\\*_[\]<>|&~$]|:(?=\/\/)|(?<=mailto|xmpp):|(?<=www)\./gi, String.raw`\$&`)
    .replaceAll('`', '&#96;');
}

function words(list: Words): string {
  return list
    .map((part, index) => {
      if (typeof part === 'string') return escape(part);
      if ('strong' in part) return `**${escape(part.strong.trim())}**`;
      const before = list[index - 1];
      // two spans side by side would be one
      return `${typeof before === 'object' && 'code' in before ? ' ' : ''}${codeSpan(part.code)}`;
    })
    .join('');
}

/** One line; what could begin a list, a rule or indented code at its head does not. */
function line(list: Words): string {
  return words(list)
    .trim()
    .replace(/^(?=[-+=#])/, '\\')
    .replace(/^(\d+)(?=[.)])/, '$1\\');
}

/** What has a backtick in it is no span: escaped words say it as well. */
function codeSpan(text: string): string {
  const shown = visible(text);
  if (shown === '' || shown.includes('`')) return escape(shown);
  const room = /^ | $/.test(shown) ? ' ' : '';
  return `\`${room}${shown}${room}\``;
}

/** Longer than any run of backticks inside. */
function fenceFor(text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  return '`'.repeat(longest + 1);
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
      const fence = fenceFor(block.text);
      const text = block.text.endsWith('\n') ? block.text : `${block.text}\n`;
      const name = block.fileName === undefined ? '' : ` Save it as ${codeSpan(block.fileName)}.`;
      return `**${escape(block.label)}**${name}\n\n${fence}${block.language}\n${text}${fence}`;
    }
    case 'fold':
      return [`### ${escape(block.title)}`, ...block.blocks.map(blockMarkdown)].join('\n\n');
  }
}
