import { describe, expect, test } from 'vitest';
import { checkReport, MARKER, passed, type SubgraphCheck } from './check-report.ts';

const NOTHING = { unchanged: 0, removed: [] };
const check = (name: string, tasks: object | undefined, error: SubgraphCheck['output']['error'] = null) => ({
  name,
  output: { data: { success: error === null, ...(tasks ? { tasks } : {}) }, error },
});
const operations = (...changes: [code: string, description: string, severity: string][]) => ({
  operations: {
    task_status: 'PASSED',
    target_url: 'http://registry/checks/1',
    operation_check_count: 3,
    changes: changes.map(([code, description, severity]) => ({ code, description, severity })),
  },
});
const FAILED = { message: 'The changes in the schema you proposed are incompatible', code: 'E043' };

describe('the verdict', () => {
  test('comes first, after the marker, and failed subgraphs before those that passed', () => {
    const report = checkReport(
      'shop@current',
      [check('a', operations()), check('b', operations(['FIELD_REMOVED', 'gone', 'FAIL']), FAILED)],
      { unchanged: 2, removed: [] },
    );
    expect(report.split('\n\n').slice(0, 2)).toEqual([`${MARKER}`, '## Schema check of `shop@current`']);
    expect(report).toContain('❌ `b` cannot be merged as it is.');
    expect(report.indexOf('### ❌ b')).toBeLessThan(report.indexOf('### ✅ a'));
    expect(report).toContain('2 other subgraphs did not change.');
  });

  test('says that nothing changed, and what was taken out without a check', () => {
    expect(checkReport('shop@current', [], NOTHING)).toContain('✅ No schema changed.');
    expect(checkReport('shop@current', [], { unchanged: 1, removed: ['old'] })).toMatch(
      /⚠️ `old` was taken out .* not checked: .*`rover subgraph delete shop@current --name old`/,
    );
  });

  test('is a failure when Rover names an error although it says success', () => {
    expect(passed({ name: 'a', output: { data: { success: true }, error: { message: 'no', code: 'E029' } } })).toBe(
      false,
    );
  });
});

describe('a subgraph', () => {
  test('shows its changes, lint, policies, contracts and the page', () => {
    const report = checkReport(
      'shop@current',
      [
        check(
          'a',
          {
            ...operations(['FIELD_REMOVED', 'field `A.b` was removed: breaks Q by web (2 requests)', 'FAIL']),
            lint: {
              diagnostics: [{ level: 'WARNING', message: 'say it', coordinate: 'A', rule: 'R', start_line: 4 }],
            },
            custom: { violations: [{ level: 'ERROR', message: 'never', rule: 'mine', coordinate: 'A.c' }] },
            downstream: { blocking_variants: ['mobile'] },
          },
          FAILED,
        ),
      ],
      NOTHING,
    );
    expect(report).toContain('| ❌ | `FIELD_REMOVED` | field `A.b` was removed: breaks Q by web (2 requests) |');
    expect(report).toContain('| ⚠️ | 4 | `R` | say it |');
    expect(report).toContain('| ❌ | `mine` | A.c | never |');
    expect(report).toContain('**Contracts that do not compose:** mobile');
    expect(report).toContain('(http://registry/checks/1)');
  });

  test('shows what does not compose, and a check that could not be made', () => {
    const builds = {
      ...FAILED,
      details: { build_errors: [{ message: 'a: Unknown type X', code: 'INVALID_GRAPHQL' }] },
    };
    const report = checkReport(
      'shop@current',
      [check('a', undefined, builds), check('b', undefined, { message: 'error sending request', code: 'E028' })],
      NOTHING,
    );
    expect(report).toContain('**It does not compose.**\n\n- a: Unknown type X');
    expect(report).toContain('**The check could not be made:** error sending request');
  });

  test('never says that nothing changes when its answer cannot be read or it failed', () => {
    const strange = checkReport('shop@current', [check('a', { operations: { changes: 'many' } })], NOTHING);
    expect(strange).toContain('does not know');
    const failed = checkReport('shop@current', [check('a', {}, FAILED)], NOTHING);
    expect(failed).toContain(FAILED.message);
    expect(strange + failed).not.toContain('Nothing that clients see changes');
  });

  test('cuts a long list', () => {
    const many = Array.from({ length: 60 }, (_, index): [string, string, string] => ['C', `change ${index}`, 'PASS']);
    const report = checkReport('shop@current', [check('a', operations(...many))], NOTHING);
    expect(report).toContain('… and 10 more.');
    expect(report).not.toContain('change 50');
  });
});
