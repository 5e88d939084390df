/** `2026-11-22 07:30 UTC`, of milliseconds since 1970: for files, which are read in every time zone. */
export function utcMinute(at: number): string {
  const iso = new Date(at).toISOString();
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}

/** The same to the second, where the order of things is told. */
export function utcSecond(at: number): string {
  const iso = new Date(at).toISOString();
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`;
}
