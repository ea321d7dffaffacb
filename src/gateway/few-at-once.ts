import { ProblemError } from './api/problem';

/** Lets so many calls run at a time, and refuses what comes beside them. @param what what would be too many */
export function fewAtOnce(most: number, what: string): <T>(call: () => Promise<T>) => Promise<T> {
  let underWay = 0;
  return async (call) => {
    if (underWay >= most)
      throw new ProblemError('too-many', `Too many ${what} right now; ask again in a minute`);
    underWay += 1;
    try {
      return await call();
    } finally {
      underWay -= 1;
    }
  };
}
