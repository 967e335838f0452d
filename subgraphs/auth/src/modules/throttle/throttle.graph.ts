import { builder, problems } from '../../builder.ts';
import type { TooManyAttempts } from './throttle.policy.ts';

export const TooManyAttemptsError = builder.objectRef<TooManyAttempts>('TooManyAttemptsError').implement({
  description: 'There were too many failed attempts on this account or from this address, whatever is known of either.',
  interfaces: [problems.ErrorInterface],
  tag: ['public', 'mobile'],
  fields: (t) => ({
    retryAfterSeconds: t.exposeInt('retryAfterSeconds', { description: 'How long to wait before the next attempt.' }),
  }),
});
