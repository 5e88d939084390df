/** What an action does, as AWS's Service Authorization Reference sorts actions. `permissions` gives rights to others. */
export const accessLevels = ['list', 'read', 'write', 'permissions', 'tagging'] as const;
export type AccessLevel = (typeof accessLevels)[number];

export type ServiceActions = {
  /** as it begins the names of its actions: `s3` */
  readonly prefix: string;
  /** short, for people: “S3”, “IAM” */
  readonly name: string;
  /** names without the prefix, in order; no service has all levels */
  readonly actions: Readonly<Record<AccessLevel, readonly string[]>>;
};

/** `main/permissions/iam-actions.json`: for each service its name, then one front-coded text for each of `levels`. */
export type ActionFile = {
  readonly levels: readonly string[];
  readonly services: Readonly<Record<string, readonly string[]>>;
};

/** Undoes `frontCode` of scripts/trim-iam-actions.mjs. */
function readNames(text: string): readonly string[] {
  let before = '';
  return text === ''
    ? []
    : text.split(' ').map((coded) => {
        before = before.slice(0, Number.parseInt(coded.charAt(0), 36)) + coded.slice(1);
        return before;
      });
}

/** “AWS Identity and Access Management (IAM)” is IAM, “Amazon S3” is S3. */
function shortName(name: string): string {
  const abbreviation = /\(([A-Z][A-Za-z0-9]{1,11})\)$/.exec(name)?.[1];
  return abbreviation ?? name.replace(/^(?:Amazon|AWS) /, '');
}

/** Every service with its actions by level. */
export function readActionLevels({ levels, services }: ActionFile): readonly ServiceActions[] {
  return Object.entries(services).map(([prefix, [name = prefix, ...texts]]) => {
    const of = (level: AccessLevel) => readNames(texts[levels.indexOf(level)] ?? '');
    return {
      prefix,
      name: shortName(name),
      actions: {
        list: of('list'),
        read: of('read'),
        write: of('write'),
        permissions: of('permissions'),
        tagging: of('tagging'),
      },
    };
  });
}
