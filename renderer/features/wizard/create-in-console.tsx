import { useState } from 'react';
import { consoleSteps } from '../../../core/render/console-steps';
import { client } from '../../ipc/client';
import { copyText } from '../../ipc/copy';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { Checkbox } from '../../ui/checkbox';
import { CopyButton } from '../../ui/copy-button';
import { Grow, Row, Stack } from '../../ui/layout';
import { Text } from '../../ui/text';
import { CreateByHandPage } from './create-by-hand-page';
import styles from './create-in-console.module.css';
import type { StepProps } from './step-props';
import { TrustedCard } from './trusted-card';

/** The same plan as clicks: each with what to copy and where to go. Ticks are for the person; AWS is asked in the test. */
export function CreateInConsole({ view, act, isBusy }: StepProps) {
  const { draft, plan } = view;
  const { trusted, options } = draft.state.answers;
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  if (plan === undefined || trusted === undefined || options === undefined) return null;
  const steps = consoleSteps(plan, trusted);
  return (
    <CreateByHandPage
      {...{ view, act, isBusy }}
      title="Create the role in the AWS console"
      lead={`${steps.length} steps, by somebody who may create roles in`}
      made="I made it"
    >
      <Stack gap="md">
        <TrustedCard
          trusted={trusted}
          externalId={options.useExternalId ? draft.externalId : undefined}
          onCopy={copyText}
        />
        <Card padding="none">
          <ol className={styles['steps']}>
            {steps.map((step, index) => (
              <li key={step.id} className={styles['step']}>
                <Checkbox
                  isSelected={ticked.has(step.id)}
                  onChange={(isTicked) => {
                    setTicked((before) => {
                      const after = new Set(before);
                      if (isTicked) after.add(step.id);
                      else after.delete(step.id);
                      return after;
                    });
                  }}
                >
                  {`${index + 1}. ${step.title}`}
                </Checkbox>
                <div className={styles['body']}>
                  <Row gap="sm" wrap>
                    <Grow>
                      <Text tone="muted">{step.text}</Text>
                    </Grow>
                    {step.copies.map(({ label, value }) => (
                      <CopyButton key={label} what={label} label={`Copy ${label}`} onCopy={() => copyText(value)} />
                    ))}
                    {step.linkId !== undefined && (
                      <Button
                        size="sm"
                        icon="external"
                        onPress={() =>
                          void client.app.openLink({
                            linkId: step.linkId ?? 'iam-console-roles',
                            partition: plan.partition,
                            roleName: step.roleName ?? options.roleName,
                          })
                        }
                      >
                        Open the page
                      </Button>
                    )}
                  </Row>
                </div>
              </li>
            ))}
          </ol>
        </Card>
      </Stack>
    </CreateByHandPage>
  );
}
