import { client } from './client';

/** Puts text that is on screen anyway on the clipboard, through main. The outcome is what a CopyButton shows. */
export async function copyText(
  text: string,
): Promise<{ readonly ok: true } | { readonly ok: false; readonly message: string }> {
  const answer = await client.app.copyText({ text });
  return answer.ok ? { ok: true } : { ok: false, message: answer.error.message };
}
