import { Controller, type Control, type FieldValues, type Path } from 'react-hook-form';
import type { RecipeParameter } from '../../../core/recipes/recipe';
import { Checkbox } from '../../ui/checkbox';
import { FormTextField } from '../../ui/form-field';
import { RadioGroup } from '../../ui/radio-group';

interface ParameterFieldProps<Values extends FieldValues & { readonly parameters: Record<string, string> }> {
  readonly parameter: RecipeParameter;
  readonly control: Control<Values>;
}

/** One of a recipe's own questions, drawn by its kind. */
export function ParameterField<Values extends FieldValues & { readonly parameters: Record<string, string> }>({
  parameter,
  control,
}: ParameterFieldProps<Values>) {
  const name = `parameters.${parameter.id}` as Path<Values>;
  switch (parameter.kind) {
    case 'text':
      return (
        <FormTextField
          control={control}
          name={name}
          label={parameter.label}
          help={parameter.help}
          placeholder={parameter.placeholder}
          mono
          maxLength={1024}
        />
      );
    case 'choice':
      return (
        <Controller
          control={control}
          name={name}
          render={({ field }) => (
            <RadioGroup<string>
              label={parameter.label}
              help={parameter.help}
              value={field.value}
              onChange={field.onChange}
              options={parameter.options}
            />
          )}
        />
      );
    case 'toggle':
      return (
        <Controller
          control={control}
          name={name}
          render={({ field }) => (
            <Checkbox
              isSelected={field.value === 'yes'}
              onChange={(isSelected) => field.onChange(isSelected ? 'yes' : 'no')}
              detail={parameter.help}
            >
              {parameter.label}
            </Checkbox>
          )}
        />
      );
  }
}
