import { ApiError, payErrors } from './errors.js';
import type { Excuse } from './misbehaviour.js';
import { refusal } from './refusals.js';

/** How WeChat Pay refuses because of a fault. */
export const payExcuse: Excuse = ({ operation, kind, code }) => {
  if (kind === 'error_500') return payErrors.system();
  if (kind === 'error_429') return payErrors.tooFrequent();
  return kind === 'refuse' && code !== undefined ? refusal(operation, code) : undefined;
};

/** How the mini-program API does. */
export const apiExcuse: Excuse = ({ kind }) => {
  if (kind === 'error_500') return new ApiError(-1, 'system error');
  return kind === 'error_429' ? new ApiError(45011, 'api minute-quota reach limit') : undefined;
};
