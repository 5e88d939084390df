import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { consoleSteps } from '../../core/render/console-steps';
import { renderPlan } from '../../core/render/render-plan';
import { renderingForms, type RenderedFile, type Rendering, type RenderingForm } from '../../core/render/rendering';
import { recipes } from '../../core/recipes/catalog';
import { linkAddress } from '../security/external-links';
import { readPlan, type ReadPlan } from './read-plan';

const usage = `npm run render -- --recipe ID --form FORM --params FILE [--out FOLDER]

  --recipe ID    one of ${recipes
    .filter(({ checklist }) => checklist === undefined)
    .map(({ id }) => id)
    .join(', ')}
  --form FORM    one of ${renderingForms.join(', ')}, console; cli is bash
  --params FILE  JSON: account {accountId, region, name}, trusted {accountId, arn, partition}, externalId, onboardingId,
                 and if they differ from the recipe's own: options {roleName, path, …}, parameters {…}; - reads it from the input
  --out FOLDER   writes the files there instead of printing them
`;

type Arguments = Readonly<Partial<Record<'recipe' | 'form' | 'params' | 'out', string>>> & { readonly help?: boolean };

/** 0: rendered; 1: a file could not be read or written; 2: the input is not one that can be used. */
async function main(): Promise<number> {
  let given: Arguments;
  try {
    const text = { type: 'string' } as const;
    const options = { recipe: text, form: text, params: text, out: text, help: { type: 'boolean' } } as const;
    given = parseArgs({ options, strict: true }).values;
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
  if (given.help === true) {
    process.stdout.write(usage);
    return 0;
  }
  const { form, out, params, recipe } = given;
  if (recipe === undefined || form === undefined || params === undefined)
    return refuse(`Something is left out.\n\n${usage}`);
  const read = readPlan(recipe, await readFile(params === '-' ? '/dev/stdin' : params, 'utf8'));
  if (!read.ok) return refuse(read.error);
  const rendering = renderingOf(read.value, form);
  if (rendering === undefined)
    return refuse(`There is no form “${form}”: ${renderingForms.join(', ')}, console and cli.`);
  for (const note of rendering.notes) process.stderr.write(`note: ${note}\n`);
  if (rendering.files.length === 0) return 2;
  if (out === undefined) print(rendering.files);
  else await save(rendering.files, out);
  return 0;
}

function renderingOf({ plan, trusted }: ReadPlan, form: string): Rendering | undefined {
  if (form === 'console') {
    const text = consoleText({ plan, trusted });
    return { files: [{ name: 'console.txt', text, accountId: plan.accountId, commands: [] }], notes: [] };
  }
  const known: RenderingForm | undefined = form === 'cli' ? 'bash' : renderingForms.find((one) => one === form);
  return known === undefined ? undefined : renderPlan(plan, known);
}

function consoleText({ plan, trusted }: ReadPlan): string {
  return consoleSteps(plan, trusted)
    .map(({ copies, linkId, roleName, text, title }, index) => {
      const link =
        linkId === undefined
          ? undefined
          : linkAddress(linkId, { partition: plan.partition, ...(roleName === undefined ? {} : { roleName }) });
      return [
        `${String(index + 1)}. ${title}`,
        text,
        ...(link?.ok === true ? [link.value] : []),
        ...copies.map(({ label, value }) => `${label}:\n${value}`),
      ].join('\n');
    })
    .join('\n\n')
    .concat('\n');
}

/** One file alone is printed as it is, so that it can be piped; of several each is announced. */
function print(files: readonly RenderedFile[]): void {
  for (const { commands, name, text } of files) {
    if (files.length > 1) process.stdout.write(`==> ${name} <==\n`);
    process.stdout.write(text);
    for (const command of commands) process.stderr.write(`${name}: ${command}\n`);
  }
}

async function save(files: readonly RenderedFile[], folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const { commands, name, text } of files) {
    await writeFile(join(folder, name), text);
    process.stdout.write(`${join(folder, name)}\n`);
    for (const command of commands) process.stderr.write(`${name}: ${command}\n`);
  }
}

function refuse(message: string): number {
  process.stderr.write(`render: ${message}\n`);
  return 2;
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`render: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
