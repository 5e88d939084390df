import type { ReactNode } from 'react';

/** One of the ways to answer which account it is: what stands in the page, and below it. */
export interface AccountPart {
  readonly actions: ReactNode;
  readonly foot: ReactNode;
  readonly left: ReactNode;
  /** Above what is said of who is trusted. */
  readonly right: ReactNode;
}
