import { required } from './required';

/** IAM keeps documents percent-encoded on the wire (RFC 3986). */
export function decodeDocument(text: string | undefined): string {
  return decodeURIComponent(required(text, 'PolicyDocument'));
}
