export { ReviewsPage as Page } from './reviews-page';
export { ReviewCard } from './review-card';
export { SetReviewDialog } from './set-review-dialog';
