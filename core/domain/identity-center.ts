import { z } from '../zod';
import { accountIdSchema, instantSchema, regionSchema } from './limits';
import { partitionById, partitionOfRegion } from './partitions';

/**
 * Addresses of IAM Identity Center. What AWS hands out to be opened in a browser is hostile until it was held against
 * these: whole host names, never a part of one.
 *
 * Sources: AWS's allow lists for content filters (IAM Identity Center user guide; for GovCloud its own guide), portals
 * `<directory>.awsapps.com/start`, `<instance>.portal.<region>.app.aws`, `<instance>.<region>.portal.<suffix>`,
 * `start[.<region>].us-gov-home.awsapps.com`, `start[.<region>].home.awsapps.cn`, and the issuer form
 * `identitycenter.amazonaws.com/ssoins-…` that AWS's console gives out for `sso_start_url`.
 */

/** One label of a host name. */
const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
/** An instance of Identity Center, where its ID is a label. */
const instance = /^ssoins-[0-9a-z]+$/;

/** Partitions whose portals have a dual-stack address of their own kind. */
const dualStackSuffixes: Readonly<Record<string, string>> = {
  aws: 'app.aws',
  'aws-us-gov': 'app.aws',
  'aws-cn': 'app.amazonwebservices.com.cn',
};

/** Where Identity Center's issuer form lives, by partition. */
const issuerHosts: Readonly<Record<string, string>> = {
  aws: 'identitycenter.amazonaws.com',
  'aws-us-gov': 'identitycenter.us-gov.amazonaws.com',
  'aws-cn': 'identitycenter.amazonaws.com.cn',
};

type Ground = { readonly partition: string; readonly region: string; readonly suffix: string };

function groundOf(region: string): Ground | undefined {
  const partition = regionSchema.safeParse(region).success ? partitionOfRegion(region) : undefined;
  return partition === undefined ? undefined : { partition: partition.id, region, suffix: partition.dnsSuffix };
}

/** Whether it is the host of an access portal in this Region's partition. */
function isPortalHost(host: string, { partition, region, suffix }: Ground): boolean {
  const [first = '', ...rest] = host.split('.');
  const tail = rest.join('.');
  if (partition === 'aws' && tail === 'awsapps.com') return label.test(first);
  if (partition === 'aws-us-gov' && first === 'start') {
    if (tail === 'us-gov-home.awsapps.com' || tail === `${region}.us-gov-home.awsapps.com`) return true;
  }
  if (partition === 'aws-cn' && first === 'start') {
    if (tail === 'home.awsapps.cn' || tail === `${region}.home.awsapps.cn`) return true;
  }
  if (!instance.test(first)) return false;
  const dualStack = dualStackSuffixes[partition];
  return tail === `${region}.portal.${suffix}` || (dualStack !== undefined && tail === `portal.${region}.${dualStack}`);
}

type Address = { readonly host: string; readonly path: string; readonly query: string };

/** Stricter than any browser: one reading is possible of what passes. No port, no name or password, nothing unprintable. */
function parsed(address: string): Address | undefined {
  const parts = /^https:\/\/([a-z0-9.-]{1,253})(\/[\x21-\x7e]*)?$/i.exec(address);
  const [host, rest = ''] = [parts?.[1]?.toLowerCase(), parts?.[2]];
  if (host === undefined || rest.includes('\\')) return undefined;
  const [path = '', query = ''] = rest.replace(/#.*$/, '').split(/\?(.*)/s);
  return { host, path, query };
}

/**
 * The start URL of an access portal as it is asked with: without the fragment and the slash that browsers add.
 * `undefined` for what is no portal of the Region's partition.
 */
export function readStartUrl(text: string, region: string): string | undefined {
  const ground = groundOf(region);
  const url = parsed(text.trim());
  if (ground === undefined || url === undefined || url.query !== '') return undefined;
  const path = url.path.replace(/\/+$/, '');
  const isIssuer = url.host === issuerHosts[ground.partition] && instance.test(path.slice(1));
  const isPortal = isPortalHost(url.host, ground) && /^(?:\/start|\/directory\/[A-Za-z0-9-]+)?$/.test(path);
  return isIssuer || isPortal ? `https://${url.host}${path}` : undefined;
}

/** The page that takes the code of a device: that of the Region, or the portal's own. */
export function mayBeVerificationPage(address: string, startUrl: string, region: string): boolean {
  const ground = groundOf(region);
  const url = parsed(address);
  if (ground === undefined || url === undefined) return false;
  if (url.host === `device.sso.${region}.${ground.suffix}`) return true;
  const portal = parsed(startUrl)?.host;
  if (url.host === portal) return true;
  // of the issuer form AWS answers with the portal, whose name cannot be told from it
  return portal === issuerHosts[ground.partition] && isPortalHost(url.host, ground);
}

/** Where signing in by browser begins, without its query. `undefined` for a Region of no known partition. */
export function authorizationPage(region: string): string | undefined {
  const ground = groundOf(region);
  return ground === undefined ? undefined : `https://oidc.${region}.${ground.suffix}/authorize`;
}

/** SECURITY(S-14): whether a host is one of Identity Center's own, in whatever Region and partition. */
export function isIdentityCenterHost(host: string): boolean {
  const regions = host.split('.').filter((part) => regionSchema.safeParse(part).success);
  const partitions = ['aws', 'aws-cn', 'aws-us-gov'].flatMap((id) => partitionById(id)?.defaultRegion ?? []);
  return [...regions, ...partitions].some((region) => {
    const ground = groundOf(region);
    if (ground === undefined) return false;
    const own = [`oidc.${region}.${ground.suffix}`, `device.sso.${region}.${ground.suffix}`];
    return own.includes(host) || isPortalHost(host, ground);
  });
}

/** A code that a person compares and types. What does not look like one is not shown. */
export const userCodeSchema = z.string().regex(/^[A-Z0-9]{3,8}(?:-[A-Z0-9]{3,8}){0,2}$/);

/** Letters that a permission set's name may have [model:sso-admin, PermissionSetName]. */
export const permissionSetSchema = z
  .string()
  .min(1)
  .max(32)
  .regex(/^[\w+=,.@-]+$/);

export const startUrlSchema = z.url({ protocol: /^https$/ }).max(512);

/** One sign-in to an access portal, which serves many sources. Its tokens are in the keychain under its ID. */
export const signInSchema = z.strictObject({
  id: z.string().max(64),
  startUrl: startUrlSchema,
  /** where Identity Center itself is, not where AWS is asked */
  region: regionSchema,
  /** when the access token ends, milliseconds since the epoch; absent when signed out */
  expiresAt: instantSchema.optional(),
  /** it is renewed without a person for as long as the portal's own session lasts */
  renews: z.boolean().optional(),
});
export type SignIn = Readonly<z.infer<typeof signInSchema>>;

/** An account that the signed-in person may enter. */
export const portalAccountSchema = z.strictObject({
  accountId: accountIdSchema,
  name: z.string().max(256),
  email: z.string().max(254),
});
export type PortalAccount = Readonly<z.infer<typeof portalAccountSchema>>;

/** `d-1234567890`, `acme`, `ssoins-…`: what tells portals apart on screen. */
export function portalName(startUrl: string): string {
  const { host = startUrl, path = '' } = parsed(startUrl) ?? {};
  const [first = host] = host.split('.');
  return ['start', 'identitycenter'].includes(first) ? (path.split('/').at(-1) ?? host) : first;
}
