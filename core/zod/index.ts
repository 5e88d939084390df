/** zod by its own names. Its schemas are made when they are first used. */
export * as z from './z';
