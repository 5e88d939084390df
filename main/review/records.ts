import { z } from '../../core/zod';
import { instantSchema } from '../../core/domain/limits';
import {
  firstReviewPolicy,
  keySightSchema,
  reviewPolicySchema,
  reviewSchema,
  type KeySight,
  type Review,
} from '../../core/domain/review';
import type { Result } from '../../core/result';
import type { CollectionSpec, StoredCollection } from '../store/collection';
import type { DocumentSpec } from '../store/document';

/** Decisions that are kept; of more the oldest go, and stay in the audit log. */
export const mostReviews = 50_000;
/** As many may be decided about with one press: the oldest go only once that is written. */
const mostAtOnce = 20_000;

export const reviewsCollection: CollectionSpec<Review> = {
  ...{ name: 'reviews', record: reviewSchema, most: mostReviews + mostAtOnce, version: 1, migrations: [] },
};

export const mostKeySights = 20_000;

const formerSights = z.object({ 'key-sights': z.array(z.looseObject({ isOwn: z.boolean() })) });

/** Access keys that somebody saw, without their secrets: how old they are is known when the account is not read. */
export const keySightsCollection: CollectionSpec<KeySight> = {
  ...{ name: 'key-sights', record: keySightSchema, most: mostKeySights, version: 2 },
  // which keys are Sallyport’s own was kept, and went wrong when a source was removed: nobody needs it
  migrations: [
    (data) => ({ 'key-sights': formerSights.parse(data)['key-sights'].map(({ isOwn: _own, ...one }) => one) }),
  ],
};

const reviewSettingsSchema = z.strictObject({
  policy: reviewPolicySchema,
  /** what fell due until then was told by the system, or was there when it was first looked at */
  toldUntil: instantSchema.optional(),
});
export type ReviewSettings = Readonly<z.infer<typeof reviewSettingsSchema>>;

export const reviewSettingsDocument: DocumentSpec<ReviewSettings> = {
  ...{ name: 'review-policy', schema: reviewSettingsSchema, version: 1, migrations: [] },
  empty: { policy: firstReviewPolicy },
};

const none: readonly Review[] = [];

/** What was decided, found by what it was about. The one place where it changes. */
export class ReviewRecords {
  readonly #records: StoredCollection<Review>;
  #bySubject: Map<string, readonly Review[]> | undefined;

  constructor(records: StoredCollection<Review>) {
    this.#records = records;
  }

  all(): readonly Review[] {
    return this.#records.all();
  }

  /** In the order in which they were made; the same array until one of them changes. */
  of(subjectId: string): readonly Review[] {
    return this.#index().get(subjectId) ?? none;
  }

  /** One write, all of them or none. */
  put(reviews: readonly Review[]): Result<void> {
    const index = this.#index();
    const saved = this.#records.change({ put: reviews });
    if (!saved.ok) return saved;
    for (const review of reviews) {
      const known = index.get(review.subjectId) ?? none;
      const isKnown = known.some(({ id }) => id === review.id);
      index.set(
        review.subjectId,
        isKnown ? known.map((one) => (one.id === review.id ? review : one)) : [...known, review],
      );
    }
    return saved;
  }

  /** Of what could not be done as a whole. */
  takeBack(reviews: readonly Review[]): Result<void> {
    return this.#remove(reviews);
  }

  /** The oldest go where there are more than are kept. */
  trim(): void {
    const over = this.#records.all().length - mostReviews;
    if (over > 0) this.#remove(this.#records.all().slice(0, over));
  }

  #remove(reviews: readonly Review[]): Result<void> {
    const gone = new Set(reviews.map(({ id }) => id));
    const removed = this.#records.change({ remove: [...gone] });
    if (!removed.ok || this.#bySubject === undefined) return removed;
    for (const subjectId of new Set(reviews.map((one) => one.subjectId))) {
      const left = this.of(subjectId).filter(({ id }) => !gone.has(id));
      if (left.length === 0) this.#bySubject.delete(subjectId);
      else this.#bySubject.set(subjectId, left);
    }
    return removed;
  }

  #index(): Map<string, readonly Review[]> {
    if (this.#bySubject !== undefined) return this.#bySubject;
    const index = new Map<string, Review[]>();
    for (const review of this.#records.all()) {
      const known = index.get(review.subjectId);
      if (known === undefined) index.set(review.subjectId, [review]);
      else known.push(review);
    }
    this.#bySubject = new Map(index);
    return this.#bySubject;
  }
}
