import * as zod from 'zod';
import { lazily } from './lazily';

export const array = lazily(zod.array);
export const base64 = lazily(zod.base64);
export const boolean = lazily(zod.boolean);
export const discriminatedUnion = lazily(zod.discriminatedUnion);
export const int = lazily(zod.int);
export const literal = lazily(zod.literal);
export const looseObject = lazily(zod.looseObject);
export const number = lazily(zod.number);
export const object = lazily(zod.object);
export const record = lazily(zod.record);
export const strictObject = lazily(zod.strictObject);
export const string = lazily(zod.string);
export const union = lazily(zod.union);
export const unknown = lazily(zod.unknown);
export const url = lazily(zod.url);
export const uuid = lazily(zod.uuid);

const enumeration = lazily(zod.enum);
export { enumeration as enum };

export { prettifyError, toJSONSchema } from 'zod';
export type * from 'zod';
