/** What one chunk's signature must be; each follows from the one before. */
export type ChunkSigner = {
  chunk(previous: string, data: Uint8Array): string;
  trailer(previous: string, lines: string): string;
};

export type Chunked =
  | { readonly ok: true; readonly body: Buffer; readonly trailers: Readonly<Record<string, string>> }
  | { readonly ok: false; readonly fault: 'malformed' | 'signature' };

const malformed = { ok: false, fault: 'malformed' } as const;
const badSignature = { ok: false, fault: 'signature' } as const;

/**
 * Takes a body of `Content-Encoding: aws-chunked` apart (S3 API reference, "Signature calculations … multiple chunks"
 * and "trailing checksums"). With a `signer` every chunk and the trailer must be signed, from `seed` on.
 */
export function decodeChunked(
  bytes: Buffer,
  signing?: { readonly signer: ChunkSigner; readonly seed: string },
): Chunked {
  const parts: Buffer[] = [];
  let previous = signing?.seed ?? '';
  let offset = 0;
  for (;;) {
    const end = bytes.indexOf('\r\n', offset);
    if (end === -1) return malformed;
    const match = /^([0-9a-f]{1,8})(?:;chunk-signature=([0-9a-f]{64}))?$/i.exec(bytes.toString('latin1', offset, end));
    if (match === null) return malformed;
    const size = Number.parseInt(match[1] ?? '', 16);
    const data = bytes.subarray(end + 2, end + 2 + size);
    if (data.length !== size) return malformed;
    if (signing !== undefined) {
      const expected = signing.signer.chunk(previous, data);
      if (match[2]?.toLowerCase() !== expected) return badSignature;
      previous = expected;
    }
    offset = end + 2 + size;
    if (size === 0) break;
    if (bytes.toString('latin1', offset, offset + 2) !== '\r\n') return malformed;
    offset += 2;
    parts.push(data);
  }
  return readTrailers(bytes.toString('latin1', offset), Buffer.concat(parts), previous, signing?.signer);
}

function readTrailers(text: string, body: Buffer, previous: string, signer: ChunkSigner | undefined): Chunked {
  const trailers: Record<string, string> = {};
  let signature: string | undefined;
  let signed = '';
  for (const line of text.split(/\r?\n/).filter((item) => item !== '')) {
    const colon = line.indexOf(':');
    if (colon === -1) return malformed;
    const name = line.slice(0, colon).trim().toLowerCase();
    const value = line.slice(colon + 1).trim();
    if (name === 'x-amz-trailer-signature') signature = value;
    else {
      trailers[name] = value;
      signed += `${name}:${value}\n`;
    }
  }
  if (signer !== undefined && signed !== '' && signature !== signer.trailer(previous, signed)) return badSignature;
  return { ok: true, body, trailers };
}
