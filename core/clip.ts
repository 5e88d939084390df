/** A text of at most so many characters; where it is cut, an ellipsis says so. */
export function clip(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}
