import { describe, expect, it } from 'vitest';
import { contentSecurityPolicy } from '../../main/security/content-security-policy';

/** As a browser reads it: names and sources; a directive said twice counts once, the first time. */
function parsePolicy(policy: string): Map<string, readonly string[]> {
  const directives = new Map<string, readonly string[]>();
  for (const part of policy.split(';')) {
    const [name, ...sources] = part.trim().split(/\s+/);
    if (name !== undefined && name !== '' && !directives.has(name)) directives.set(name, sources);
  }
  return directives;
}

describe('S-06 the content security policy', () => {
  const directives = parsePolicy(contentSecurityPolicy);

  it.each([
    ['default-src', "'none'"],
    ['script-src', "'self'"],
    ['style-src', "'self'"],
    ['img-src', "'self'"],
    ['font-src', "'self'"],
    ['connect-src', "'none'"],
    ['object-src', "'none'"],
    ['base-uri', "'none'"],
    ['form-action', "'none'"],
    ['frame-ancestors', "'none'"],
  ])('%s is %s and nothing else', (name, source) => {
    expect(directives.get(name)).toEqual([source]);
  });

  it('has no unsafe source, no wildcard, no host, no scheme, and no directive that browsers do not know', () => {
    expect(contentSecurityPolicy).not.toMatch(/unsafe|\*|https?:|data:|blob:|filesystem:/);
    expect([...directives.keys()].every((name) => /^[a-z-]+$/.test(name))).toBe(true);
    expect(directives.size).toBe(contentSecurityPolicy.split(';').length);
  });
});
