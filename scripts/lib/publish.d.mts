import type { announcementSchema } from '../../core/domain/update';

type Environment = Readonly<Record<string, string | undefined>>;

export function publishPlace(environment: Environment): { readonly address: string; readonly key: string } | undefined;
export function announce(given: {
  readonly version: string;
  readonly notes: string;
  readonly files: readonly { readonly platform: string; readonly arch: string; readonly path: string }[];
  readonly privateKey: string;
  readonly schema: typeof announcementSchema;
}): string;
export function signingWords(platform: string, environment: Environment): string;
