/** What was filled in for an account that was not asked for yet. */
export interface AccountWish {
  readonly name: string;
  /** Undefined: what is proposed from the name. */
  readonly email: string | undefined;
  readonly unitId: string | undefined;
  readonly accessRoleName: string;
}

export const plainAccountWish: AccountWish = {
  name: '',
  email: undefined,
  unitId: undefined,
  accessRoleName: 'OrganizationAccountAccessRole',
};

let left: AccountWish = plainAccountWish;

/** It is there again when somebody comes back to the page. */
export function leftAccountWish(): AccountWish {
  return left;
}

/** Keeps it for as long as the window is open. */
export function leaveAccountWish(wish: AccountWish): void {
  left = wish;
}
