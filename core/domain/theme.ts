import { z } from '../zod';

/** What the person chose; `system` follows the computer. Read before there is a window, so nothing else comes with it. */
export const themeSchema = z.enum(['system', 'light', 'dark']);
export type Theme = z.infer<typeof themeSchema>;
