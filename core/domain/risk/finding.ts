/** Something in a policy that somebody should look at before it is used. */
export type RiskFinding = {
  /** which rule, for tests and for keys */
  readonly id: string;
  /** `danger`: lets in, or lets do, more than anybody would agree to who saw it */
  readonly severity: 'warning' | 'danger';
  /** JSON pointer (RFC 6901) to the value that causes it: `/Statement/0/Action/2` */
  readonly pointer: string;
  /** where that value stands in the text as it is, from 1 */
  readonly line: number;
  /** why it matters, in one sentence */
  readonly message: string;
  /** how to narrow it, in one sentence */
  readonly narrow: string;
};
