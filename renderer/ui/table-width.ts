/** Rem that a column without a width of its own has at least: room for a few words. */
export const flexibleWidth = 11;

/** Rem that a table needs at least. Narrower than that it scrolls sideways: a column must not vanish. */
export function leastWidth(columns: readonly { readonly width?: number | undefined }[]): number {
  return columns.reduce((sum, { width }) => sum + (width ?? flexibleWidth), 0);
}
