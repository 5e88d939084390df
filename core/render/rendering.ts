/** A plan in the words of one tool. Every policy in it is the plan's own text, byte for byte. */
export type Rendering = {
  /** One for each account that something is made in, the target first; some tools need more. */
  readonly files: readonly RenderedFile[];
  /** What a person has to know before running them, a sentence each. */
  readonly notes: readonly string[];
};

export type RenderedFile = {
  /** Unique within the rendering, without a folder: `create-role.sh`. */
  readonly name: string;
  readonly text: string;
  readonly accountId: string;
  /** What is typed to use it, a line each; empty for a file that another one uses. */
  readonly commands: readonly string[];
};

export const renderingForms = ['bash', 'powershell', 'cloudformation', 'stackset', 'terraform'] as const;
export type RenderingForm = (typeof renderingForms)[number];
