import { codeOf } from './environment.mjs';
import { Trouble } from './say.mjs';

/** What to do when the system refuses a file. Everything we write is below DATA_DIR, the checkout or the temporary directory. */
const REMEDIES = {
  ENOENT: 'a directory above it is missing and cannot be made. Keep the data elsewhere: DATA_DIR=/another/place',
  EACCES: 'this user has no right to it. Change its owner, or keep the data elsewhere: DATA_DIR=/another/place',
  EPERM: 'this user has no right to it. Change its owner, or keep the data elsewhere: DATA_DIR=/another/place',
  EROFS: 'its disk can only be read. Keep the data elsewhere: DATA_DIR=/another/place',
  ENOSPC: 'the disk is full. Make room, then try again.',
  EDQUOT: "the user's share of the disk is used up. Make room, then try again.",
  ENOTDIR:
    'a part of it is a file, not a directory. Move that away, or keep the data elsewhere: DATA_DIR=/another/place',
  EEXIST: 'something else is in its place. Move that away, or keep the data elsewhere: DATA_DIR=/another/place',
  ENAMETOOLONG: 'its name is too long. Keep the data at a shorter one: DATA_DIR=/another/place',
};

/**
 * What a failure is told as: its message if a person can do something about it, the stack if it is the code's fault.
 *
 * @param {unknown} error
 */
export function complaintOf(error) {
  if (error instanceof Trouble) return error.message;
  if (!(error instanceof Error)) return String(error);
  const path = 'path' in error ? error.path : undefined;
  const remedy = Object.entries(REMEDIES).find(([code]) => code === codeOf(error))?.[1];
  return path && remedy ? `${String(path)} cannot be used: ${remedy}` : String(error.stack);
}
