import { ApiError, payErrors } from './errors.js';
import type { Excuse } from './misbehaviour.js';
import { isNumbered, numberedRefusal, refusal } from './refusals.js';

/** How WeChat Pay refuses because of a fault. */
export const payExcuse: Excuse = ({ operation, kind, code }) => {
  if (kind === 'error_500') return payErrors.system();
  if (kind === 'error_429') return payErrors.tooFrequent();
  return kind === 'refuse' && code !== undefined && !isNumbered(code) ? refusal(operation, code) : undefined;
};

/** How the mini-program API does. */
export const apiExcuse: Excuse = ({ kind, code }) => {
  if (kind === 'error_500') return new ApiError(-1, 'system error');
  if (kind === 'error_429') return new ApiError(45011, 'api minute-quota reach limit');
  return kind === 'refuse' && code !== undefined && isNumbered(code) ? numberedRefusal(code) : undefined;
};
