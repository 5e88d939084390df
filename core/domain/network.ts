import { z } from '../zod';

/** A proxy's address without a name or password in it: `http://` or `https://`, a host, a port if it is not the usual one. */
const proxyAddress =
  /^https?:\/\/(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?\/?$/;

/**
 * How AWS is reached from this computer, as the person set it. What is not set is as the environment says
 * (`HTTPS_PROXY`, `NO_PROXY`, `AWS_CA_BUNDLE`, `AWS_USE_FIPS_ENDPOINT`, `AWS_USE_DUALSTACK_ENDPOINT`) and the shared AWS
 * files say.
 */
export const networkSettingsSchema = z
  .strictObject({
    proxy: z.enum(['environment', 'none', 'address']),
    /** used with `address`, kept with the others */
    address: z
      .string()
      .max(300)
      // SECURITY(S-15): settings are plain text on the disk; a password is not kept there
      .refine((text) => !text.includes('@'), {
        error: 'A name and password would lie open in the settings. Put them into HTTPS_PROXY in the environment.',
        abort: true,
      })
      .regex(proxyAddress, 'A proxy looks like http://proxy.example.com:8080.')
      .optional(),
    /** hosts that are reached without the proxy, as in `NO_PROXY`; used with `address` */
    direct: z
      .string()
      .max(2000)
      .regex(/^[A-Za-z0-9.*:,\s[\]_/-]*$/, 'Hosts are separated by commas, as in .example.com, 10.0.0.5.')
      .optional(),
    /** absolute path of a PEM file with certificates that are trusted beside the usual ones */
    caFile: z
      .string()
      .min(1)
      .max(4096)
      .regex(/^[^\p{Cc}]+$/u, 'This is not the path of a file.')
      .optional(),
    useFips: z.boolean(),
    useDualStack: z.boolean(),
  })
  .refine(({ proxy, address }) => proxy !== 'address' || address !== undefined, {
    path: ['address'],
    error: 'Say which proxy.',
  });
export type NetworkSettings = Readonly<z.infer<typeof networkSettingsSchema>>;

/** What holds until the person sets something else. */
export const networkAsFound: NetworkSettings = { proxy: 'environment', useFips: false, useDualStack: false };
