import { describe, expect, it } from 'vitest';
import { snippetSchema } from '../../../core/contract/handoff';
import { recipes } from '../../../core/recipes/catalog';
import { renderSnippets } from '../../../core/render/snippets';

describe('ready commands', () => {
  it.each(recipes.map((recipe) => [recipe.id, recipe] as const))(
    'of %s name the profile and the Region, and leave no placeholder of ours',
    (_id, recipe) => {
      const snippets = renderSnippets(recipe, { profile: 'acme-prod', region: 'eu-west-1' });
      for (const snippet of snippets) {
        snippetSchema.parse(snippet);
        expect(snippet.text).toContain('acme-prod');
        expect(snippet.text).not.toContain('{{');
      }
      expect(new Set(snippets.map(({ id }) => id)).size).toBe(snippets.length);
      expect(snippets).toHaveLength((recipe.snippets?.length ?? 0) + 3);
    },
  );

  it('of CodeDeploy and Zappa are what those tools are started with, before the general ones', () => {
    const first = (id: string) =>
      renderSnippets(
        recipes.find((recipe) => recipe.id === id),
        { profile: 'p', region: 'eu-west-1' },
      )[0]?.text;
    expect(first('cross-account-codedeploy')).toMatch(
      /^aws deploy create-deployment \\\n[^]*--profile p --region eu-west-1$/,
    );
    expect(recipes.some(({ id }) => /zappa|serverless/.test(id) && first(id)?.includes('zappa deploy') === true)).toBe(
      true,
    );
  });
});
