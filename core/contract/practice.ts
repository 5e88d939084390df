import { z } from '../zod';
import { sandboxTroubleSchema } from '../domain/practice-trouble';
import { call, nothing } from './call';

const scenarioSummarySchema = z.strictObject({
  name: z.string().max(40),
  title: z.string().max(60),
  description: z.string().max(300),
});
export type ScenarioSummary = Readonly<z.infer<typeof scenarioSummarySchema>>;

/** The practice sandbox itself: what it began with, and what goes wrong in it. */
export const practice = {
  describe: call(
    nothing,
    z.strictObject({
      scenario: z.string().max(40),
      scenarios: z.array(scenarioSummarySchema).max(50),
      trouble: sandboxTroubleSchema,
    }),
  ),
  /** from the next request on; the seed counts from there */
  setTrouble: call(z.strictObject({ trouble: sandboxTroubleSchema }), nothing),
  /** empties the sandbox and everything kept for it, and begins with this scenario */
  begin: call(z.strictObject({ scenario: z.string().max(40) }), nothing),
  /** deletes the deployer's user and makes one by the same name: whoever trusted the old one trusts nobody now */
  recreateDeployer: call(nothing, nothing),
};
