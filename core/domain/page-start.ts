/** What the window's page is told in its address, so that its first drawing waits for no answer. */
export const themes = ['system', 'light', 'dark'] as const;
export const workspaces = ['practice', 'aws'] as const;

export type PageStart = {
  /** what the person chose; `system` follows the computer */
  readonly theme: (typeof themes)[number];
  /** undefined until one was chosen: then the page begins with the first run */
  readonly workspace?: (typeof workspaces)[number];
};

/** The query of the page's address, with its `?`. */
export function writePageStart({ theme, workspace }: PageStart): string {
  return `?theme=${theme}${workspace === undefined ? '' : `&workspace=${workspace}`}`;
}

const starts: readonly PageStart[] = themes.flatMap((theme) => [
  { theme },
  ...workspaces.map((workspace) => ({ theme, workspace })),
]);

/** The start that was written so, to the letter; undefined where none was. */
export function readPageStart(query: string): PageStart | undefined {
  return starts.find((start) => writePageStart(start) === query);
}
