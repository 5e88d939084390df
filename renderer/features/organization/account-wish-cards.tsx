import { useState } from 'react';
import { NewUnitDialog } from './new-unit-dialog';
import { PreflightCard } from './preflight-card';
import type { AccountToAskFor } from './use-account-wish';
import { WishFields } from './wish-fields';

/** What is wished for, and whether it can be had. */
export function AccountWishCards({ account }: { readonly account: AccountToAskFor }) {
  const { change, choice, preflight, view, wish } = account;
  const { sourceId } = choice;
  const [isNamingUnit, setNamingUnit] = useState(false);
  return (
    <>
      <WishFields
        form={account.form}
        onChange={change}
        proposedEmail={account.proposedEmail}
        managementEmail={account.managementEmail}
        view={view}
        unitId={account.unitId}
        choice={choice}
        onNewUnit={() => setNamingUnit(true)}
      />
      <PreflightCard preflight={preflight} canCheck={wish !== undefined && sourceId !== undefined} />
      {isNamingUnit && view !== undefined && sourceId !== undefined && (
        <NewUnitDialog
          view={view}
          sourceId={sourceId}
          parentId={view.rootId}
          onMade={(made) => change((known) => ({ ...known, unitId: made }))}
          onClose={() => setNamingUnit(false)}
        />
      )}
    </>
  );
}
