/** Types of third-parties.mjs, for tests. */
export type ShippedPackage = {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly integrity: string;
  readonly folder: string;
};
export function shippedPackages(): ShippedPackage[];
export function writeNotices(path: string): void;
export function writeBill(path: string): void;
