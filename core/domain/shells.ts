import { z } from '../zod';

/** The shells that lines are made for; `bash` is zsh's too. */
export const shellSchema = z.enum(['bash', 'fish', 'powershell', 'cmd']);
export type Shell = z.infer<typeof shellSchema>;
