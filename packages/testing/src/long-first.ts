import { statSync } from 'node:fs';
import path from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** A file that is shorter hands its cases on: it runs a suite that stands elsewhere, or is over in a moment. */
const SUITE_BYTES = 1_200;

/**
 * Begins with what runs long and is short to read: the files of `tests/`, which run whole platforms, then those that run a
 * suite of cases which several share. Vitest takes long files for long runs where it has not measured them yet, as in a
 * fresh clone: these would come last, one core waiting for another.
 */
export class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const whole = path.resolve('tests') + path.sep;
    const rank = ({ moduleId }: TestSpecification) => {
      if (path.normalize(moduleId).startsWith(whole)) return 0;
      return statSync(moduleId).size < SUITE_BYTES ? 1 : 2;
    };
    return (await super.sort(files)).sort((one, other) => rank(one) - rank(other));
  }
}
