import { useState } from 'react';
import type { CreationWay } from '../../../core/domain/wizard';
import { previewPlan, type PlanPreview } from '../../../core/domain/plan-preview';
import { describeStep } from '../../../core/domain/plan-step';
import { identityName } from '../../../core/domain/trust-words';
import { findRecipe } from '../../../core/recipes/catalog';
import { useRemedy } from '../../app/use-remedy';
import { copyText } from '../../ipc/copy';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { Chip } from '../../ui/chip';
import { CopyButton } from '../../ui/copy-button';
import { ErrorPanel } from '../../ui/error-panel';
import { formatQuantity } from '../../ui/format';
import { Columns, Row, Stack } from '../../ui/layout';
import { Note } from '../../ui/note';
import { Page, WizardFooter } from '../../ui/page';
import { PolicyView } from '../../ui/policy-view';
import { RadioGroup } from '../../ui/radio-group';
import { Tabs } from '../../ui/tabs';
import { AccountId, Mono, Text } from '../../ui/text';
import { TrustDiagram } from '../../ui/trust-diagram';
import { AskOwner } from './ask-owner';
import { CanList } from './can-list';
import styles from './review-step.module.css';
import type { StepProps } from './step-props';

const acceptWords: Readonly<Record<CreationWay, string>> = {
  automatic: 'Accept and create',
  console: 'Accept, show the clicks',
  cli: 'Accept, show the script',
  cloudformation: 'Accept, show the template',
  terraform: 'Accept, show the configuration',
};

/** Everything that will exist, before any of it does: as a picture, in words, and to the byte. */
export function ReviewStep({ view, act, isBusy, error }: StepProps) {
  const { answers } = view.draft.state;
  const [way, setWay] = useState<CreationWay>(answers.creation?.way ?? 'automatic');
  const remedy = useRemedy({ editRole: () => void act({ kind: 'go-to', step: 'options' }) });
  const recipe = findRecipe(answers.recipeId ?? '');
  const { plan } = view;
  if (recipe === undefined || plan === undefined || answers.options === undefined || answers.trusted === undefined)
    return null;
  const preview = previewPlan(recipe, plan, answers.options, answers.trusted);
  const toWatch = preview.findings.length + preview.watchOut.length;

  return (
    <Page
      title="Review what will be created"
      lead={
        <>
          Nothing exists yet. {preview.sentence}, in {answers.account?.name} <AccountId id={plan.accountId} />.
        </>
      }
      actions={
        toWatch > 0 ? (
          <Chip tone="warning" icon="alert">
            {formatQuantity(toWatch, 'thing')} to watch
          </Chip>
        ) : (
          <Chip tone="success" icon="check-circle">
            Nothing to watch
          </Chip>
        )
      }
      focusKey="review"
      footer={
        <WizardFooter
          back={<Button onPress={() => void act({ kind: 'go-back' })}>Back</Button>}
          actions={
            <>
              {view.draft.origin === 'own' && <AskOwner draftId={view.draft.id} />}
              <Button
                variant="primary"
                trailingIcon="arrow-right"
                busy={isBusy ? { label: 'Saving' } : undefined}
                onPress={() => void act({ kind: 'accept-plan', way })}
              >
                {acceptWords[way]}
              </Button>
            </>
          }
        >
          Each step is written down first, and can be undone.
        </WizardFooter>
      }
    >
      <Stack gap="md">
        {error !== undefined && (
          <ErrorPanel error={error} onRemedy={remedy} onCopyDetail={copyText} emphasis="secondary" />
        )}
        <TrustDiagram
          label={`${identityName(answers.trusted.arn)} of account ${answers.trusted.accountId} may enter role ${answers.options.roleName} of account ${plan.accountId}, ${preview.conditions.map(({ text }) => text.toLowerCase()).join(', ')}.`}
          who={{
            name: identityName(answers.trusted.arn),
            accountId: answers.trusted.accountId,
            detail: 'the source identity',
          }}
          how={preview.conditions}
          role={{
            name: answers.options.roleName,
            accountId: plan.accountId,
            detail: `Sessions of ${answers.options.maxSessionDuration / 3600} h at most`,
          }}
          what={preview.permissions}
        />
        <Columns layout="side-left">
          <Card padding="md" fill>
            <Stack gap="lg">
              <CanList
                groups={[
                  { id: 'can', title: 'Can', icon: 'check-circle', tone: 'success', entries: preview.can },
                  { id: 'cannot', title: 'Cannot', icon: 'minus-circle', tone: 'muted', entries: preview.cannot },
                ]}
              />
              {preview.watchOut.map((text) => (
                <Note key={text} tone="warning" title="Watch out.">
                  {text}
                </Note>
              ))}
            </Stack>
          </Card>
          <Documents preview={preview} />
        </Columns>
        <RadioGroup<CreationWay>
          label="Create it"
          help={
            <>
              Five ways, one plan. The policies are the same to the byte: <Mono>sha256 {shortHash(view.planHash)}</Mono>
            </>
          }
          layout="cards"
          value={way}
          onChange={setWay}
          options={[
            {
              value: 'automatic',
              label: 'Automatically',
              icon: 'bolt',
              detail:
                answers.account?.subAccountId === undefined
                  ? 'with credentials of the target account'
                  : 'by its access role, then tested',
            },
            {
              value: 'console',
              label: 'In the console',
              icon: 'console',
              detail: 'guided clicks',
            },
            { value: 'cli', label: 'AWS CLI', icon: 'terminal', detail: 'a script for bash or PowerShell' },
            { value: 'cloudformation', label: 'CloudFormation', icon: 'stack', detail: 'one stack, or many' },
            { value: 'terraform', label: 'Terraform', icon: 'cube', detail: formatQuantity(plan.steps.length, 'step') },
          ]}
        />
        <Card title="To undo it" padding="md" plainHead>
          <Text as="p" tone="soft">
            {[...plan.steps]
              .reverse()
              .map((step) => undoWords(describeStep(step).title))
              .join(', then ')}
            . The receipt at the end does it for you.
          </Text>
        </Card>
      </Stack>
    </Page>
  );
}

/** What is looked at first. */
function gravest({ findings }: PlanPreview): PlanPreview['findings'][number] | undefined {
  return findings.find(({ severity }) => severity === 'danger') ?? findings[0];
}

function Documents({ preview }: { readonly preview: PlanPreview }) {
  const [selected, setSelected] = useState(gravest(preview)?.documentId ?? 'trust');
  const shown = preview.documents.find(({ id }) => id === selected);
  const tabs = [
    ...preview.documents.map(({ id, title, text }) => {
      const findings = preview.findings.filter(({ documentId }) => documentId === id);
      return {
        id,
        label: title,
        ...(findings.length > 0
          ? {
              mark: {
                icon: 'alert' as const,
                tone: 'warning' as const,
                label: formatQuantity(findings.length, 'finding'),
              },
            }
          : {}),
        content: (
          <div className={styles['document']}>
            <PolicyView label={title} text={text} findings={findings} fill />
          </div>
        ),
      };
    }),
    ...preview.attachments.map(({ name, arn }) => ({
      id: arn,
      label: name,
      content: (
        <div className={styles['attachment']}>
          <Text as="p">AWS keeps this policy and changes it when services change. It is attached, not copied.</Text>
          <Mono>{arn}</Mono>
        </div>
      ),
    })),
  ];
  return (
    <Card padding="none" fill>
      <Tabs
        label="Policies"
        tabs={tabs}
        selected={selected}
        onSelect={setSelected}
        actions={
          shown === undefined ? undefined : (
            <Row>
              <CopyButton what={shown.title} variant="ghost" onCopy={() => copyText(shown.text)} />
            </Row>
          )
        }
      />
    </Card>
  );
}

function shortHash(hash: string | undefined): string {
  return hash === undefined ? '' : `${hash.slice(0, 4)}…${hash.slice(-4)}`;
}

function undoWords(title: string): string {
  if (title.startsWith('Attached ')) return title.replace('Attached', 'detach');
  return `delete ${title.charAt(0).toLowerCase()}${title.slice(1)}`;
}
