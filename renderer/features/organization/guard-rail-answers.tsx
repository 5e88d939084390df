import {
  anyRoleSchema,
  guardRailFacts,
  guardRailKinds,
  guardRailSchema,
  type AnyRole,
  type GuardRail,
  type GuardRailKind,
} from '../../../core/domain/guard-rails';
import { regionSchema } from '../../../core/domain/limits';
import { RadioGroup } from '../../ui/radio-group';
import { TextField } from '../../ui/text-field';

/** What is in the fields, for every kind at once: choosing another one loses nothing. */
export interface GuardRailAnswers {
  readonly kind: GuardRailKind;
  readonly regions: string;
  readonly role: string;
  readonly exceptions: string;
}

interface Read {
  /** Undefined while something is wrong or missing. */
  readonly guardRail: GuardRail | undefined;
  readonly problems: Partial<Readonly<Record<'regions' | 'role' | 'exceptions', string>>>;
}

const words = (text: string): string[] => text.split(/[\s,;]+/).filter((word) => word !== '');

/** A role as one types it: `Name`, `path/Name` or its ARN. */
function roleOf(word: string): AnyRole | undefined {
  const plain = word.replace(/^arn:[^:]*:iam::[^:]*:role/, '').replace(/^\/?/, '/');
  const cut = plain.lastIndexOf('/') + 1;
  return anyRoleSchema.safeParse({ path: plain.slice(0, cut), name: plain.slice(cut) }).data;
}

/** The guard rail that the fields describe, or what is wrong with them. An empty field is not wrong yet. */
export function readAnswers({ exceptions, kind, regions, role }: GuardRailAnswers): Read {
  if (kind === 'regions') {
    const given = words(regions);
    const wrong = given.find((word) => !regionSchema.safeParse(word).success);
    if (wrong !== undefined) return problem('regions', `“${wrong}” is no Region. One looks like eu-west-1.`);
    return read({ kind, regions: given });
  }
  if (kind === 'role') {
    const [protectedRole, more] = words(role);
    const one = protectedRole === undefined ? undefined : roleOf(protectedRole);
    if (more !== undefined) return problem('role', 'One role at a time.');
    if (protectedRole !== undefined && one === undefined) return problem('role', 'That is no name of a role.');
    const given = words(exceptions).map((word) => ({ word, role: roleOf(word) }));
    const wrong = given.find((each) => each.role === undefined);
    if (wrong !== undefined) return problem('exceptions', `“${wrong.word}” is no name of a role.`);
    if (given.length > 5) return problem('exceptions', 'Five at most.');
    if (one === undefined) return { guardRail: undefined, problems: {} };
    return read({ kind, role: one, exceptions: given.flatMap((each) => (each.role === undefined ? [] : [each.role])) });
  }
  return read({ kind });
}

function read(guardRail: GuardRail): Read {
  return { guardRail: guardRailSchema.safeParse(guardRail).success ? guardRail : undefined, problems: {} };
}

function problem(field: 'regions' | 'role' | 'exceptions', message: string): Read {
  return { guardRail: undefined, problems: { [field]: message } };
}

interface GuardRailFieldsProps {
  readonly answers: GuardRailAnswers;
  readonly onChange: (answers: GuardRailAnswers) => void;
}

/** Which guard rail, and its own questions. */
export function GuardRailFields({ answers, onChange }: GuardRailFieldsProps) {
  const { exceptions, kind, regions, role } = answers;
  const { problems } = readAnswers(answers);
  const set = (part: Partial<GuardRailAnswers>) => onChange({ ...answers, ...part });
  return (
    <>
      <RadioGroup
        label="What it forbids"
        value={kind}
        options={guardRailKinds.map((value) => ({
          value,
          label: guardRailFacts[value].title,
          detail: guardRailFacts[value].denies,
        }))}
        onChange={(next) => set({ kind: next })}
      />
      {kind === 'regions' && (
        <TextField
          label="Allowed Regions"
          value={regions}
          onChange={(next) => set({ regions: next })}
          help="With commas between: eu-west-1, eu-central-1. Global services answer from everywhere."
          error={problems.regions}
          mono
          maxLength={400}
        />
      )}
      {kind === 'role' && (
        <>
          <TextField
            label="Role"
            value={role}
            onChange={(next) => set({ role: next })}
            help="Its name, with its path where it has one: deploy/Service. It is protected in every account below."
            error={problems.role}
            mono
            maxLength={600}
          />
          <TextField
            label="Roles that may change it"
            value={exceptions}
            onChange={(next) => set({ exceptions: next })}
            help="With commas between. They are protected too, or whoever can change them could get round it."
            error={problems.exceptions}
            mono
            maxLength={3000}
          />
        </>
      )}
    </>
  );
}
