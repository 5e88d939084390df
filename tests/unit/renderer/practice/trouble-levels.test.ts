import { describe, expect, test } from 'vitest';
import { noTrouble, sandboxTroubleSchema, troubleWords } from '../../../../core/domain/practice-trouble';
import { loadScenario } from '../../../../main/sandbox/scenario-catalog';
import { levelOf, troubleControls } from '../../../../renderer/features/practice/trouble-levels';

describe('the panel that makes trouble', () => {
  test('offers every kind that scenarios know', () => {
    const offered = new Set(
      troubleControls.flatMap(({ levels }) => levels.flatMap(({ change }) => Object.keys(change))),
    );
    // How long an account takes is no trouble, and the seed only says which requests are met.
    const known = Object.keys(sandboxTroubleSchema.shape).filter(
      (key) => key !== 'seed' && key !== 'accountCreationMs',
    );
    expect([...offered].sort()).toEqual(known.sort());
  });

  test.each(troubleControls)('$label: the first is that all is well, and each other is told', (control) => {
    const [well, ...wrong] = control.levels;
    expect(levelOf(control, noTrouble)).toBe(well);
    expect(wrong.length).toBeGreaterThan(0);
    for (const level of wrong) {
      const trouble = sandboxTroubleSchema.parse({ ...noTrouble, ...level.change });
      expect(levelOf(control, trouble)).toBe(level);
      expect(troubleWords(trouble), level.label).toHaveLength(1);
    }
  });

  test.each([
    ['trouble-propagation', 'propagation', 'After 12 s'],
    ['trouble-throttling', 'throttling', 'Every second request'],
    ['trouble-network', 'timeouts', 'One request in eight'],
    ['trouble-network', 'torn', 'One request in eight'],
    ['trouble-clock', 'clock', '10 min ahead'],
    ['trouble-region', 'region', 'Off but for US East'],
    ['trouble-scp', 'scp', 'Denies sts:AssumeRole'],
    ['trouble-keychain', 'keychain', 'Is locked'],
  ] as const)('shows what %s has set: %s', async (scenario, id, label) => {
    const trouble = sandboxTroubleSchema.parse((await loadScenario(scenario)).trouble);
    const control = troubleControls.find((one) => one.id === id);
    expect(control === undefined ? undefined : levelOf(control, trouble)?.label).toBe(label);
  });
});
