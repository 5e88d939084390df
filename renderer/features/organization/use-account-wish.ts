import { useEffect, useMemo, useState, type Dispatch, type SetStateAction } from 'react';
import { subAccountWishSchema, type SubAccountWish } from '../../../core/domain/sub-account';
import { useAsk, type Asked } from '../../ipc/queries';
import type { OrganizationView } from '../../../core/contract/organization';
import { leaveAccountWish, leftAccountWish, plainAccountWish, type AccountWish } from './left-account-wish';
import type { ManagementView } from './organization-tree';
import { plusAddress } from './plus-address';
import { usePreflight, type Preflight } from './use-preflight';
import type { SourceChoice } from './use-source-choice';

/** An account that is wished for, as far as it is filled in, and what AWS says of it. */
export interface AccountToAskFor {
  readonly choice: SourceChoice;
  readonly asked: Asked<OrganizationView>;
  /** Undefined where the source does not manage an organization, or it was not read yet. */
  readonly view: ManagementView | undefined;
  readonly form: AccountWish;
  readonly change: Dispatch<SetStateAction<AccountWish>>;
  readonly proposedEmail: string | undefined;
  readonly managementEmail: string | undefined;
  /** Undefined: it stays in the root. */
  readonly unitId: string | undefined;
  /** What would be sent; undefined until it is complete. */
  readonly wish: SubAccountWish | undefined;
  readonly preflight: Preflight;
  /** Why it cannot be asked for yet; undefined when it can. */
  readonly notYet: string | undefined;
  /** It was asked for: the next one begins anew. */
  readonly clear: () => void;
}

/** `unitAtStart`: the unit that it is wished for in. What was filled in before is there again. */
export function useAccountWish(choice: SourceChoice, unitAtStart?: string): AccountToAskFor {
  const { sourceId } = choice;
  const asked = useAsk(
    'organization',
    'organization',
    'view',
    { sourceId: sourceId ?? '' },
    { enabled: sourceId !== undefined },
  );
  const view = asked.data?.kind === 'management' ? asked.data : undefined;
  const [form, change] = useState<AccountWish>(() =>
    unitAtStart === undefined ? leftAccountWish() : { ...leftAccountWish(), unitId: unitAtStart },
  );
  const managementEmail = view?.accounts.find(({ isManagement }) => isManagement)?.email;
  const proposedEmail = managementEmail === undefined ? undefined : plusAddress(managementEmail, form.name);
  // the root is no unit, and one that is not there was left from another organization
  const isUnit = view?.units.some(({ id }) => id === form.unitId) ?? true;
  const unitId = isUnit ? form.unitId : undefined;
  const wish = useMemo(() => wishOf(form, proposedEmail, unitId), [form, proposedEmail, unitId]);
  const preflight = usePreflight(sourceId, wish);
  useEffect(() => leaveAccountWish(form), [form]);
  return {
    ...{ choice, asked, view, form, change, proposedEmail, managementEmail, unitId, wish, preflight },
    notYet: wish === undefined ? 'Name it and give it an e-mail address first' : preflight.notYet,
    clear: () => {
      change(plainAccountWish);
      leaveAccountWish(plainAccountWish);
    },
  };
}

/** What AWS would not take of it the preflight says. */
function wishOf(
  { accessRoleName, email, name }: AccountWish,
  proposed: string | undefined,
  unitId: string | undefined,
): SubAccountWish | undefined {
  const parsed = subAccountWishSchema.safeParse({
    name,
    email: email ?? proposed ?? '',
    accessRoleName,
    ...(unitId !== undefined && { unitId }),
  });
  return parsed.success ? parsed.data : undefined;
}
