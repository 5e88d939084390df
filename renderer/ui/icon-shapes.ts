/** One drawn element of a symbol, ready for React.createElement. */
export interface IconShape {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/**
 * Reads the sprite into shapes by symbol. The sprite is our own file and known at build time, so a pattern is enough;
 * drawing shapes as React elements needs no injected markup, no second request and no shadow tree for each `use`.
 */
export function readSprite(sprite: string): ReadonlyMap<string, readonly IconShape[]> {
  const symbols = new Map<string, readonly IconShape[]>();
  for (const [, name, body] of sprite.matchAll(/<symbol id="([^"]+)"[^>]*>(.*?)<\/symbol>/gs)) {
    if (name !== undefined && body !== undefined) symbols.set(name, readShapes(body));
  }
  return symbols;
}

function readShapes(body: string): readonly IconShape[] {
  return [...body.matchAll(/<(path|circle|rect|ellipse) ([^>]*?)\/>/g)].map(([, tag = 'path', source = '']) => ({
    tag,
    attributes: Object.fromEntries(
      [...source.matchAll(/([a-z-]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [toReactName(name), value]),
    ),
  }));
}

function toReactName(attribute: string): string {
  return attribute.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
