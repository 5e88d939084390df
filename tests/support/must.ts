/** The value of a result; fails the test with its message otherwise. */
export function must<T>(result: { ok: true; value: T } | { ok: false; error: { message?: string; kind: string } }): T {
  if (!result.ok) throw new Error(`${result.error.kind}: ${result.error.message ?? ''}`);
  return result.value;
}
