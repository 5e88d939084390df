import type { Profile } from '../../../core/contract/sources';
import { useAsk } from '../../ipc/queries';
import { Card } from '../../ui/card';
import { ChoiceCard } from '../../ui/choice-card';
import { formatQuantity } from '../../ui/format';
import { Stack } from '../../ui/layout';
import { qualityWords } from './source-words';

export type NewSource = 'identity-center' | 'profile' | 'access-key' | 'environment';

interface AddSourceProps {
  readonly profiles: readonly Profile[] | undefined;
  readonly onChoose: (kind: NewSource) => void;
}

/** What Sallyport can call AWS with, the best first, each with why (aws-reference §9). */
export function AddSource({ profiles, onChoose }: AddSourceProps) {
  const environment = useAsk('sources', 'sources', 'findEnvironment', {});
  const keys = environment.data?.keys;
  return (
    <Card title="Add a source identity" subtitle="The best first" padding="md">
      <Stack gap="md">
        <ChoiceCard
          icon="users"
          title="IAM Identity Center"
          isSuggested
          needs={`${qualityWords.recommended}. Nothing in it lasts: you sign in, and it ends by itself.`}
          onPress={() => onChoose('identity-center')}
        >
          Sign in to your company’s access portal, and choose a role.
        </ChoiceCard>
        <ChoiceCard
          icon="file"
          title="A profile of your AWS files"
          needs={`${qualityWords.good}, and recommended where it signs in. Its secrets stay where they are.`}
          onPress={() => onChoose('profile')}
        >
          {profiles === undefined
            ? 'Looking into ~/.aws'
            : profiles.length === 0
              ? 'None is in ~/.aws yet.'
              : `${formatQuantity(profiles.length, 'profile')} in ~/.aws, also of aws login.`}
        </ChoiceCard>
        <ChoiceCard
          icon="key"
          title="An access key"
          needs={`${qualityWords['not-recommended']}. It never expires and works for whoever copies it.`}
          onPress={() => onChoose('access-key')}
        >
          Typed once, and kept in this computer’s keychain.
        </ChoiceCard>
        {keys !== undefined && (
          <ChoiceCard
            icon="terminal"
            title="The environment’s keys"
            needs={`${qualityWords['dev-only']}. Another terminal has others, and every program started from it reads them.`}
            onPress={() => onChoose('environment')}
          >
            {`Sallyport was started with access key ${keys.keyHint}.`}
          </ChoiceCard>
        )}
      </Stack>
    </Card>
  );
}
