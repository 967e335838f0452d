import path from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Begins with the files of `tests/`, which run whole platforms for long and are short to read. Vitest takes long files for
 * long runs where it has not measured them yet, as in a fresh clone: these would come last, one core waiting for another.
 */
export class PlatformsFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const whole = path.resolve('tests') + path.sep;
    const runsPlatform = ({ moduleId }: TestSpecification) => path.normalize(moduleId).startsWith(whole);
    return [...sorted.filter(runsPlatform), ...sorted.filter((file) => !runsPlatform(file))];
  }
}
