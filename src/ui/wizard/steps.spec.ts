import { describe, expect, it } from 'vitest';
import { stepFrom } from './steps';

describe('the steps of a wizard', () => {
  it('are recognized by their names, and nothing else is', () => {
    expect(stepFrom('choose')).toBe('choose');
    expect(stepFrom('review')).toBe('review');
    expect(stepFrom('Review')).toBeNull();
    expect(stepFrom(undefined)).toBeNull();
  });

  it('of older links lead to the review', () => {
    expect(stepFrom('plan')).toBe('review');
    expect(stepFrom('confirm')).toBe('review');
  });
});
