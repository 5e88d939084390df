import { useState } from 'react';
import { useNavigate } from 'react-router';
import { findRecipe, recipes } from '../../../core/recipes/catalog';
import { requestPath } from '../../app/places';
import { client } from '../../ipc/client';
import { Button } from '../../ui/button';
import { Facts } from '../../ui/card';
import { PickList } from '../../ui/pick-list';
import { ErrorPanel } from '../../ui/error-panel';
import { isIconName } from '../../ui/icon-names';
import { Columns, Row, Stack } from '../../ui/layout';
import { Note } from '../../ui/note';
import { Page, WizardFooter } from '../../ui/page';
import { PermissionMap } from '../../ui/permission-map';
import { ReachMeter } from '../../ui/sure-meter';
import { CanList } from './can-list';
import { Checklist } from './checklist';
import { RecipeCard } from './recipe-card';
import type { StepProps } from './step-props';

/** What they should be able to do: the recipes beside what the chosen one means. */
export function RecipeStep({ view, act, isBusy, error }: StepProps) {
  const [chosenId, setChosenId] = useState(view.draft.state.answers.recipeId ?? recipes[0]?.id ?? '');
  const recipe = recipes.find(({ id }) => id === chosenId);
  const [showsLegacy, setShowsLegacy] = useState(recipe?.legacy !== undefined);
  const offered = recipes.filter(({ legacy }) => legacy === undefined || showsLegacy);
  const navigate = useNavigate();
  const openRequest = async () => {
    // a wizard in which nothing was answered is nothing to come back to
    if (view.draft.state.answers.recipeId === undefined)
      await client.onboarding.discardDraft({ draftId: view.draft.id });
    void navigate(requestPath);
  };
  return (
    <Page
      title="What should they be able to do?"
      lead="A recipe decides the trust, the permissions and the checks. You can change any of it before something is created."
      actions={
        <Button icon="file" onPress={() => void openRequest()}>
          Open a request or a reply
        </Button>
      }
      focusKey="recipe"
      footer={
        <WizardFooter
          actions={
            <Button
              variant="primary"
              trailingIcon="arrow-right"
              busy={isBusy ? { label: 'Saving' } : undefined}
              disabledReason={
                recipe?.checklist === undefined ? undefined : 'This list makes nothing. Choose another recipe to go on'
              }
              onPress={() => void act({ kind: 'choose-recipe', recipeId: chosenId })}
            >
              Continue
            </Button>
          }
        >
          Nothing is created in this step.
        </WizardFooter>
      }
    >
      <Stack gap="md">
        {error !== undefined && <ErrorPanel error={error} onRemedy={() => undefined} />}
        <Columns layout="list-left">
          <Stack gap="sm">
            <PickList
              label="Recipes"
              selected={chosenId}
              onSelect={setChosenId}
              entries={offered.map(({ id, title, summary, icon, reach }) => ({
                id,
                title,
                detail: summary,
                icon: isIconName(icon) ? icon : 'role',
                end: <ReachMeter level={reach} label={`Reach ${reach} of 4`} />,
              }))}
            />
            <Row>
              <Button variant="link" onPress={() => setShowsLegacy(!showsLegacy)}>
                {showsLegacy ? 'Hide what AWS ended' : 'Show what AWS ended'}
              </Button>
            </Row>
          </Stack>
          {recipe !== undefined && (
            <RecipeCard title={recipe.title} description={recipe.description}>
              {recipe.legacy !== undefined && (
                <Note tone="warning" title="For what is there already.">
                  {recipe.legacy.text} For new work take “{findRecipe(recipe.legacy.insteadId)?.title}”.
                </Note>
              )}
              {recipe.checklist !== undefined && <Checklist recipeId={recipe.id} entries={recipe.checklist} />}
              {recipe.lets.length > 0 && (
                <CanList
                  groups={[
                    { id: 'can', title: 'Lets them', icon: 'check-circle', tone: 'success', entries: recipe.lets },
                    {
                      id: 'cannot',
                      title: 'Does not let them',
                      icon: 'minus-circle',
                      tone: 'muted',
                      entries: recipe.doesNotLet,
                    },
                  ]}
                  isSideBySide
                />
              )}
              {recipe.permissionMap.length > 0 && (
                <PermissionMap label={`What ${recipe.title} may do`} rows={recipe.permissionMap} order="inherit" />
              )}
              <Facts facts={recipe.facts.map(({ term, text }) => ({ term, value: text }))} />
              {recipe.watchOut.map((text) => (
                <Note key={text} tone="warning" title="Watch out.">
                  {text}
                </Note>
              ))}
              {recipe.corrections !== undefined && (
                <CanList
                  groups={[
                    {
                      id: 'corrections',
                      title: 'Put right, where common instructions go wrong',
                      icon: 'edit',
                      tone: 'accent',
                      entries: recipe.corrections.map(({ found, here }) => `${found}. Here: ${here}`),
                    },
                  ]}
                />
              )}
              {recipe.note !== undefined && (
                <Note tone="info" title={recipe.note.title}>
                  {recipe.note.text}
                </Note>
              )}
            </RecipeCard>
          )}
        </Columns>
      </Stack>
    </Page>
  );
}
