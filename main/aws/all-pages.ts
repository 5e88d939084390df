import { required } from './required';

/**
 * All items of one of the SDK's paginators, on the last page: it carries the evidence, and its server time is known by
 * the object that it is.
 */
export async function allOf<Page extends object, Item>(
  pages: AsyncIterable<Page>,
  itemsOf: (page: Page) => readonly Item[],
): Promise<Page & { items: Item[] }> {
  const items: Item[] = [];
  let last: Page | undefined;
  for await (const page of pages) {
    items.push(...itemsOf(page));
    last = page;
  }
  return Object.assign(required(last, 'page'), { items });
}
