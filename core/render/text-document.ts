/** A text for people, before it has a form: `document-html.ts` and `document-markdown.ts` write the same one. */
export type TextDocument = {
  readonly title: string;
  readonly lead: Words;
  readonly sections: readonly Section[];
  readonly foot: Words;
};

export type Section = { readonly title: string; readonly blocks: readonly Block[] };

/** What is said in one line. `code` is a name, an ARN, a command: to be read letter by letter. */
export type Words = readonly (string | { readonly code: string } | { readonly strong: string })[];

export type Block =
  | { readonly kind: 'paragraph'; readonly words: Words }
  | { readonly kind: 'list'; readonly isOrdered: boolean; readonly items: readonly Words[] }
  | { readonly kind: 'facts'; readonly facts: readonly { readonly term: string; readonly value: Words }[] }
  /** Something to look at before going on. */
  | { readonly kind: 'callout'; readonly title: string; readonly words: Words }
  /** To be copied whole: its text is never changed, not by a byte. With a file name it can be saved as well. */
  | {
      readonly kind: 'code';
      readonly label: string;
      readonly language: string;
      readonly text: string;
      readonly fileName?: string;
    }
  /** Closed at first, where the form can close it. */
  | { readonly kind: 'fold'; readonly title: string; readonly blocks: readonly Block[] };

export function paragraph(...words: Words): Block {
  return { kind: 'paragraph', words };
}

export function list(items: readonly Words[], isOrdered = false): readonly Block[] {
  return items.length === 0 ? [] : [{ kind: 'list', isOrdered, items }];
}

/** Control characters, direction marks, joiners and separators: what a reader does not see, or sees in another order. */
const unseen =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff\p{Surrogate}]/gu;

/** Words as a person can check them: what cannot be seen is named instead, and a line stays a line. */
export function visible(text: string): string {
  return text.replace(
    unseen,
    (character) => `‹U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}›`,
  );
}
