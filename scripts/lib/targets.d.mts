import type { PluginOption, UserConfig } from 'vite';

/** What is built of the page. */
export const targets: {
  readonly renderer: { readonly config: Omit<UserConfig, 'plugins'> & { plugins(): Promise<PluginOption[]> } };
};
