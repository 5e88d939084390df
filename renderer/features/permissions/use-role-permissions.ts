import type { RolePermissions } from '../../../core/contract/permissions';
import { keepAnswer, useAct, useAsk, type Asked } from '../../ipc/queries';

export type Look = Asked<RolePermissions> & {
  /** looks at AWS anew, whatever is in memory */
  readonly look: () => void;
  readonly isLooking: boolean;
};

/** What the role of a connection may do; asked again after each test. Every card that needs it shares one answer. */
export function useRolePermissions(connectionId: string): Look {
  const asked = useAsk('connections', 'permissions', 'ofConnection', { connectionId });
  const act = useAct('permissions', 'ofConnection');
  return {
    ...asked,
    error: act.error ?? asked.error,
    isLooking: act.busy,
    look: () =>
      void act.run({ connectionId, again: true }).then((answer) => {
        if (answer === undefined) return;
        keepAnswer('connections', 'permissions', 'ofConnection', { connectionId }, answer);
      }),
  };
}
