import type { NetworkSettings } from '../../core/domain/network';
import { NetworkSetupError } from './network-error';

/** Where a request goes first. `authorization` is secret: the value of a Proxy-Authorization header. */
export type Proxy = {
  /** without name and password: may be shown and logged */
  readonly address: string;
  readonly authorization?: string;
};

export type Variables = Readonly<Record<string, string | undefined>>;

/**
 * The proxy for a request to `url`, or undefined where it goes straight. As in AWS's own tools, `https_proxy` (or
 * `http_proxy`, by the request's scheme) counts in lower case first, and `no_proxy` takes a host with everything below it.
 * (proxy-from-env takes the exact host only, and reads no list but the environment's.) This computer itself is never asked
 * for through a proxy. Throws NetworkSetupError for a proxy that cannot be used.
 */
export function proxyFor(url: URL, settings: NetworkSettings, variables: Variables): Proxy | undefined {
  if (settings.proxy === 'none' || isThisComputer(url.hostname)) return undefined;
  if (settings.proxy === 'address') {
    if (settings.address === undefined || isExempt(url, settings.direct ?? '')) return undefined;
    return readProxy(settings.address, 'the settings');
  }
  const name = url.protocol === 'https:' ? 'https_proxy' : 'http_proxy';
  const value = variable(variables, name);
  if (value === undefined || isExempt(url, variable(variables, 'no_proxy') ?? '')) return undefined;
  return readProxy(value, name.toUpperCase());
}

function variable(variables: Variables, name: string): string | undefined {
  const value = (variables[name] ?? variables[name.toUpperCase()])?.trim();
  return value === '' ? undefined : value;
}

/** SECURITY(S-13): what cannot be read is not repeated, for there may be a password in it. */
function readProxy(value: string, place: string): Proxy {
  const text = value.includes('://') ? value : `http://${value}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || url.hostname === '' || !['http:', 'https:'].includes(url.protocol)) {
    throw new NetworkSetupError(
      `The proxy in ${place} cannot be used: it is not the address of an HTTP proxy.`,
      'An address looks like http://proxy.example.com:8080. Correct it, or choose another proxy in the settings.',
    );
  }
  const address = `${url.protocol}//${url.host}`;
  if (url.username === '' && url.password === '') return { address };
  const pair = `${decoded(url.username)}:${decoded(url.password)}`;
  return { address, authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
}

/** A percent sign that begins no code stands for itself. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function isThisComputer(hostname: string): boolean {
  return hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '[::1]' || /^127\./.test(hostname);
}

function isExempt(url: URL, list: string): boolean {
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .some((entry) => {
      if (entry === '*') return true;
      const [, host = '', only] = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(entry) ?? [];
      const suffix = host.replace(/^\*?\./, '');
      if (suffix === '' || (only !== undefined && only !== port)) return false;
      return url.hostname === suffix || url.hostname.endsWith(`.${suffix}`);
    });
}
