/** An answer of AWS without a field it always has: something in between is not AWS. */
export class MissingField extends Error {
  constructor(field: string) {
    super(`The answer has no ${field}.`);
    this.name = 'MissingField';
  }
}

export function required<T>(value: T | undefined, field: string): T {
  if (value === undefined) throw new MissingField(field);
  return value;
}
