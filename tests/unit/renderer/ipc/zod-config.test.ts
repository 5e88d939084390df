import { afterEach, expect, it, vi } from 'vitest';

afterEach(() => {
  vi.unstubAllGlobals();
});

it('S-06: zod compiles nothing from text in the page, though it is read long after what tells it so', async () => {
  await import('../../../../renderer/ipc/zod-config');
  const { z } = await import('../../../../core/zod');
  const compile = vi.fn<FunctionConstructor>();
  vi.stubGlobal('Function', compile);
  expect(z.strictObject({ name: z.string() }).safeParse({ name: 'a' }).success).toBe(true);
  expect(compile).not.toHaveBeenCalled();
});
