import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { actKind, actWords } from '../../../core/domain/activity-words';

const root = new URL('../../../', import.meta.url).pathname;

/** Acts by the name that they have in what main writes; those that are put together are in `made`. */
function written(): string[] {
  const files = readdirSync(`${root}main`, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && !name.startsWith('sandbox'),
  );
  const patterns = [
    /\bact: '([a-z-]+\.[a-z.-]+)'/g,
    /\b(?:log\(run, |#log\(|#audit\(|audit\(|#changed\()'([a-z-]+\.[a-z.-]+)'/g,
    /[?:] '([a-z-]+\.[a-z-]+)'(?=[,;)\s])/g,
  ];
  return files.flatMap((name) => {
    const text = readFileSync(`${root}main/${name}`, 'utf8');
    if (!/\baudit\b/.test(text)) return [];
    return patterns
      .flatMap((pattern) => [...text.matchAll(pattern)].map(([, act = '']) => act))
      .filter((act) => !/\.(csv|jsonl?)$/.test(act));
  });
}

const made = ['console', 'environment', 'terminal', 'profile', 'endpoint', 'plain-profile']
  .map((kind) => `session.handed-to.${kind}`)
  .concat(['session.ended-here', 'session.revoked', 'session.expired', 'guard-rail.attached', 'guard-rail.detached']);

describe('acts in words', () => {
  it('are there for every act that main writes, also by the process beside the app', () => {
    const acts = new Set([...written(), ...made]);
    expect(acts.size).toBeGreaterThan(70);
    expect(acts).toContain('session.renewed');
    expect([...acts].filter((act) => actKind(act) === undefined)).toEqual([]);
  });

  it('show an act of a newer Sallyport by its name', () => {
    expect(actWords('moon.reached')).toBe('moon.reached');
    expect(actKind('moon.reached')).toBeUndefined();
  });
});
