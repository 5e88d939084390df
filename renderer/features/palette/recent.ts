/** More are not looked through. */
const most = 6;

let recent: readonly string[] = [];

/** What was chosen in this run, the latest first: IDs of entries. */
export function recentIds(): readonly string[] {
  return recent;
}

export function keepRecent(id: string): void {
  recent = [id, ...recent.filter((other) => other !== id)].slice(0, most);
}
