/** Every symbol of assets/icons.svg; a test keeps the two the same. */
export const iconNames = [
  'search', 'plus', 'minus', 'check', 'check-circle', 'x', 'x-circle', 'minus-circle', 'circle-dashed', 'alert', 'info',
  'copy', 'external', 'more', 'refresh', 'key', 'lock', 'user', 'users', 'account', 'role', 'shield', 'shield-check',
  'timer', 'link', 'calendar', 'tree', 'list', 'sliders', 'door-shut', 'door-open', 'door-half', 'sandbox', 'terminal',
  'file', 'folder', 'tag', 'filter', 'chevron-right', 'chevron-left', 'chevron-down', 'updown', 'arrow-right',
  'arrow-left', 'arrow-down', 'download', 'play', 'stop', 'diff', 'bell', 'stack', 'cube', 'console', 'bolt', 'send',
  'clock', 'eye', 'bucket', 'history', 'undo', 'trash', 'hourglass', 'edit', 'memory', 'question',
] as const;

export type IconName = (typeof iconNames)[number];
