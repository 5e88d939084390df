/** An element of a request's body. Attributes are left out: no request that the sandbox reads has one that matters. */
export type XmlElement = {
  /** Without a namespace's prefix. */
  readonly name: string;
  /** The text directly in it. */
  readonly text: string;
  readonly children: readonly XmlElement[];
};

type Open = { readonly name: string; text: string; readonly children: XmlElement[] };

const token =
  /<\?[^>]*\?>|<!--[\s\S]*?-->|<(\/?)(?:[\w.-]+:)?([\w.-]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|([^<]+)/gy;
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescape(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w+));/gi,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return entities[name] ?? whole;
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}

/**
 * Reads the small XML documents of S3's requests: elements and text. `undefined` for anything else, so that document
 * types and entities of one's own are refused and not expanded.
 */
export function readXml(text: string): XmlElement | undefined {
  const root: Open = { name: '', text: '', children: [] };
  const stack: Open[] = [root];
  token.lastIndex = 0;
  let end = 0;
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    end = token.lastIndex;
    const [, closing, name, , empty, characters] = match;
    const current = stack.at(-1) ?? root;
    if (characters !== undefined) current.text += unescape(characters);
    else if (name !== undefined && closing === '/') {
      if (stack.length === 1 || current.name !== name) return undefined;
      stack.pop();
    } else if (name !== undefined) {
      const opened: Open = { name, text: '', children: [] };
      current.children.push(opened);
      if (empty !== '/') stack.push(opened);
    }
  }
  const [document] = root.children;
  const whole = end === text.length && stack.length === 1 && root.children.length === 1 && root.text.trim() === '';
  return whole ? document : undefined;
}

/** The text of a child, its blanks cut off. */
export function childText(element: XmlElement, name: string): string | undefined {
  return element.children.find((child) => child.name === name)?.text.trim();
}
