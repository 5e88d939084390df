import type { Diagnosis } from '../check';

/** A message for whoever has to act, ready to be sent. No secret is in it: an external ID is none (aws-reference §2). */
export function messageFor(diagnosis: Diagnosis, roleArn: string, requestId: string | undefined): string {
  const needed = diagnosis.toldApart
    ? diagnosis.causes.filter(({ certainty }) => certainty !== 'guess')
    : diagnosis.causes;
  const [first] = needed;
  return [
    `Hello, the role ${roleArn} does not let us in yet.`,
    '',
    ...(diagnosis.toldApart
      ? needed.map((cause) => `- ${cause.title}. ${cause.reasoning} ${cause.remedy}`)
      : ['AWS does not say why. One of these is behind it:', ...needed.map((cause) => `- ${cause.title}`)]),
    ...(diagnosis.look === undefined
      ? []
      : ['', 'Would you run this in the account, and send us what it prints?', '', diagnosis.look.command]),
    ...(first?.command === undefined ? [] : ['', 'This line makes the change:', '', first.command]),
    ...(first?.correction === undefined ? [] : ['', 'The policy as it should be:', '', first.correction.after]),
    ...(requestId === undefined ? [] : ['', `Request ID: ${requestId}`]),
  ].join('\n');
}
