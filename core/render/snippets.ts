import type { Recipe } from '../recipes/recipe';

export type Snippet = {
  readonly id: string;
  readonly title: string;
  readonly language: 'shell' | 'python' | 'javascript';
  readonly text: string;
};

/** What any tool can be tried with, whatever the recipe. */
const general: readonly Snippet[] = [
  {
    id: 'who-am-i',
    title: 'AWS CLI',
    language: 'shell',
    text: 'aws sts get-caller-identity --profile {{profile}}',
  },
  {
    id: 'boto3',
    title: 'Python, boto3',
    language: 'python',
    text: [
      'import boto3',
      '',
      'session = boto3.Session(profile_name="{{profile}}", region_name="{{region}}")',
      'print(session.client("sts").get_caller_identity()["Arn"])',
    ].join('\n'),
  },
  {
    id: 'sdk-js',
    title: 'JavaScript, AWS SDK v3',
    language: 'javascript',
    text: [
      'import { fromIni } from "@aws-sdk/credential-providers";',
      'import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";',
      '',
      'const client = new STSClient({',
      '  region: "{{region}}",',
      '  credentials: fromIni({ profile: "{{profile}}" }),',
      '});',
      'console.log((await client.send(new GetCallerIdentityCommand({}))).Arn);',
    ].join('\n'),
  },
];

/**
 * Commands for a session, those of its recipe first. `profile` and `region` are of the characters that our own profile
 * names and AWS's Regions have, so they need no quotes anywhere.
 */
export function renderSnippets(
  recipe: Recipe | undefined,
  { profile, region }: { readonly profile: string; readonly region: string },
): Snippet[] {
  const own = (recipe?.snippets ?? []).map((snippet, index) => ({ ...snippet, id: `recipe-${index}` }));
  return [...own, ...general].map((snippet) => ({
    ...snippet,
    text: snippet.text.replaceAll('{{profile}}', profile).replaceAll('{{region}}', region),
  }));
}
