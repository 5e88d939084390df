import { useState } from 'react';
import type { Plan } from '../../../core/domain/plan';
import { quickCreateLink, stackNameOf } from '../../../core/render/cloudformation';
import { copyText } from '../../ipc/copy';
import { Card } from '../../ui/card';
import { Stack } from '../../ui/layout';
import { ReadOnlyField, TextField } from '../../ui/text-field';

interface QuickCreateProps {
  readonly plan: Plan;
  readonly region: string;
}

/** A link that opens CloudFormation's page with everything filled in, for a template that lies where AWS can read it. */
export function QuickCreate({ plan, region }: QuickCreateProps) {
  const [templateUrl, setTemplateUrl] = useState('');
  const address = templateUrl.trim();
  const link =
    address === '' ? undefined : quickCreateLink(plan, { region, stackName: stackNameOf(plan), templateUrl: address });
  return (
    <Card title="Quick-create link" padding="md">
      <Stack gap="md">
        <TextField
          label="Address of the template"
          help="The https address of the template in S3. Whoever opens the link sees the stack filled in, and creates it with a click."
          placeholder="https://acme-templates.s3.eu-west-1.amazonaws.com/sallyport.json"
          value={templateUrl}
          onChange={setTemplateUrl}
          maxLength={1024}
          mono
          error={
            address !== '' && link === undefined ? 'This is not an https address that CloudFormation reads.' : undefined
          }
        />
        {link === undefined ? null : (
          <ReadOnlyField label="Link for the account’s owner" value={link} onCopy={() => copyText(link)} />
        )}
      </Stack>
    </Card>
  );
}
