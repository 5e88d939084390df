import { z } from '../zod';
import { themes } from './page-start';

/** What the person chose; `system` follows the computer. Read before there is a window, so nothing else comes with it. */
export const themeSchema = z.enum(themes);
export type Theme = z.infer<typeof themeSchema>;
