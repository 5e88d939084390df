import type { CommandLine } from 'electron';

/** Chromium's ways to let another program look into pages and drive them. */
const switches = ['remote-debugging-port', 'remote-debugging-pipe'];

/**
 * Whether this start asks for a page to be opened to other programs. SECURITY(S-18): a packaged app does not start then.
 * The inspector of Node itself is off by a fuse.
 */
export function asksForDebugging(commandLine: Pick<CommandLine, 'hasSwitch'>): boolean {
  return switches.some((name) => commandLine.hasSwitch(name));
}
