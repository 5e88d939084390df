import { useNavigate } from 'react-router';
import type { Remedy } from '../../core/app-error';
import { linkOf } from '../../core/domain/links';
import { client } from '../ipc/client';
import { copyText } from '../ipc/copy';
import { settingsPath } from './settings-places';

/** What only the place of the error knows how to do. */
export type LocalRemedies = {
  readonly retry?: (() => void) | undefined;
  readonly editRole?: (() => void) | undefined;
  readonly setDuration?: ((seconds: number) => void) | undefined;
  readonly roleName?: string | undefined;
  readonly partition?: string | undefined;
};

/** Does what an error's button offers. */
export function useRemedy(local: LocalRemedies = {}): (remedy: Remedy) => void {
  const navigate = useNavigate();
  return (remedy) => {
    switch (remedy.kind) {
      case 'retry':
        local.retry?.();
        return;
      case 'choose-source':
      case 'replace-access-key':
      case 'sign-in':
        void navigate('/settings');
        return;
      case 'change-network':
        void navigate(settingsPath('network', 'network'));
        return;
      case 'use-memory':
        void client.app.useMemoryForSecrets({}).then((answer) => {
          if (answer.ok) local.retry?.();
        });
        return;
      case 'open-link': {
        const linkId = linkOf(remedy.linkId);
        if (linkId === undefined) return;
        const { roleName, partition } = local;
        void client.app.openLink({
          linkId,
          ...(roleName === undefined ? {} : { roleName }),
          ...(partition === undefined ? {} : { partition }),
        });
        return;
      }
      case 'copy-text':
        void copyText(remedy.text);
        return;
      case 'set-duration':
        local.setDuration?.(remedy.seconds);
        return;
      case 'edit-role':
        local.editRole?.();
        return;
    }
  };
}
