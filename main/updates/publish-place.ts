import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { publishPlaceSchema, type PublishPlace } from './announcement';

/** As it was packed into `package.json` under `updates`; undefined where nothing was, or nothing that can be used. */
export function readPublishPlace(appFolder: string): PublishPlace | undefined {
  try {
    const { updates } = JSON.parse(readFileSync(join(appFolder, 'package.json'), 'utf8')) as { updates?: unknown };
    const place = publishPlaceSchema.safeParse(updates);
    return place.success && place.data.address.endsWith('/') ? place.data : undefined;
  } catch {
    return undefined;
  }
}
