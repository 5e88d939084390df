/**
 * SECURITY(S-06): nothing from anywhere but our own origin, nothing inline, nothing evaluated, no connection at all
 * (the page talks to main over IPC only). React Aria would put a style element into the page; renderer/index.html
 * keeps it from that, so that no nonce or hash is needed.
 */
const directives: readonly (readonly [string, string])[] = [
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
  // No string becomes markup or script anywhere in the page, not even in a library.
  ['require-trusted-types-for', "'script'"],
  ['trusted-types', "'none'"],
];

export const contentSecurityPolicy = directives.map(([name, sources]) => `${name} ${sources}`).join('; ');
